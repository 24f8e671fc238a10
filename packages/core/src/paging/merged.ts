import {
  type AnyConnectivityError,
  ConnectivityError,
  type ErrorInfo,
  type ErrorKind,
} from '../errors/connectivity-error.js';
import { cancelledError } from '../errors/make-error.js';
import type { ProviderId } from '../identifiers/brand.js';
import { onAbort } from './on-abort.js';
import type { CallOptions } from './paged-list.js';
import { pulled } from './pull.js';

/** What a source has come up with: an item, its end, or an error. */
type Arrival<T> = { readonly id: ProviderId } & ({ readonly result: IteratorResult<T> } | { readonly error: unknown });

/** How to open one provider's collection. */
export type Sources<T> = Readonly<Record<ProviderId, (options: CallOptions) => AsyncIterable<T>>>;

/**
 * Several providers side by side, one item of each read ahead, in the order they come up with them (the quick ones do not keep the others waiting, and none is starved).
 *
 * A provider that fails stops alone. Its error goes to `onProviderError` as it happens, and the walk ends normally; without that function the walk
 * reads the others to their end and then fails as `partial` with all the failures. An error that is no `ConnectivityError` is a mistake in code and ends the walk at once.
 * Leaving the loop, or the caller's signal (`cancelled`), stops all of them at once, also one that hangs. Nothing is opened before the first item is asked for.
 */
export function merged<T>(
  sources: Sources<T>,
  options: CallOptions & { readonly onProviderError?: (error: AnyConnectivityError) => void } = {},
): AsyncGenerator<T, void, undefined> {
  const { signal: caller, deadlineMs } = options;
  const stopping = new AbortController();
  const running = new Map<ProviderId, AsyncIterator<T>>();
  const arrivals: Arrival<T>[] = [];
  const failures: ErrorInfo<Exclude<ErrorKind, 'partial'>>[] = [];
  let started = false;
  let wake = (): void => {};
  let forget = (): void => {};

  const arrive = (arrival: Arrival<T>): void => {
    arrivals.push(arrival);
    wake();
  };
  const cancel = (): void => {
    stopping.abort();
    wake();
  };
  const step = (id: ProviderId, iterator: AsyncIterator<T>): void => {
    // Not `Promise.race` over the sources: every race leaves a reaction on the promise of a source that takes its time.
    void promiseOf(() => iterator.next()).then(
      (result) => arrive({ id, result }),
      (error: unknown) => arrive({ id, error }),
    );
  };
  const start = (): void => {
    started = true;
    forget = onAbort(caller, cancel);
    for (const [id, open] of Object.entries(sources)) {
      const iterator = opened(() => open({ ...(deadlineMs !== undefined && { deadlineMs }), signal: stopping.signal }));
      running.set(id, iterator);
      step(id, iterator);
    }
  };
  /** One source has ended or failed; the others go on. */
  const end = (arrival: Arrival<T>): void => {
    running.delete(arrival.id);
    if (!('error' in arrival)) return;
    if (!ConnectivityError.is(arrival.error)) throw arrival.error;
    const error = named(arrival.error, arrival.id);
    if (options.onProviderError) options.onProviderError(error);
    else failures.push(...flattened(error));
  };

  return pulled<T>({
    take() {
      const first = arrivals[0];
      if (first === undefined || !('result' in first) || first.result.done || caller?.aborted) return null;
      arrivals.shift();
      step(first.id, running.get(first.id)!);
      return first.result;
    },
    async more() {
      if (caller?.aborted) throw cancelledError();
      if (!started) start();
      const first = arrivals[0];
      if (first === undefined && running.size > 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if (first === undefined) {
        if (failures.length > 0) throw partial(failures);
        return false;
      } else if ('error' in first || first.result.done) {
        arrivals.shift();
        end(first);
      }
      return true;
    },
    stop() {
      forget();
      // First abort, then return(): return() alone waits for a next() that hangs. Not awaited: a source may ignore its signal.
      cancel();
      for (const iterator of running.values()) promiseOf(async () => iterator.return?.()).catch(() => {});
    },
  });
}

function promiseOf<R>(work: () => Promise<R>): Promise<R> {
  try {
    return work();
  } catch (error) {
    return Promise.reject(error as Error);
  }
}

/** A source that cannot even be opened fails at its first step, like any other. */
function opened<T>(open: () => AsyncIterable<T>): AsyncIterator<T> {
  try {
    return open()[Symbol.asyncIterator]();
  } catch (error) {
    return { next: () => Promise.reject(error as Error) };
  }
}

/** Says whose failure it is where the error itself does not. */
function named(error: AnyConnectivityError, provider: ProviderId): AnyConnectivityError {
  if (error.provider !== null || error.kind === 'partial') return error;
  return new ConnectivityError(error.kind, error.message, {
    ...error.toJSON(),
    provider,
    cause: error,
  }) as AnyConnectivityError;
}

/** A merged list may itself be a source: its failures are told one by one. */
function flattened(error: AnyConnectivityError): readonly ErrorInfo<Exclude<ErrorKind, 'partial'>>[] {
  return error.kind === 'partial' ? error.details.failures : [error.toJSON()];
}

function partial(failures: readonly ErrorInfo<Exclude<ErrorKind, 'partial'>>[]): ConnectivityError<'partial'> {
  const names = [...new Set(failures.map((failure) => failure.provider))].join(', ');
  return new ConnectivityError('partial', `${names} could not be read to the end`, { details: { failures } });
}

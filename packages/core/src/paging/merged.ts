import {
  type AnyConnectivityError,
  ConnectivityError,
  type ErrorInfo,
  type ErrorKind,
} from '../errors/connectivity-error.js';
import type { ProviderId } from '../identifiers/brand.js';
import type { CallOptions } from './paged-list.js';

/** Several providers side by side. A failing one stops alone; the failures come at the end (`partial`) or at once to `onProviderError`. */
export async function* merged<T>(
  sources: Readonly<Record<ProviderId, (options: CallOptions) => AsyncIterable<T>>>,
  options: CallOptions & { readonly onProviderError?: (error: AnyConnectivityError) => void } = {},
): AsyncGenerator<T, void, undefined> {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  type Step =
    | { readonly id: ProviderId; readonly result: IteratorResult<T> }
    | { readonly id: ProviderId; readonly error: unknown };
  const iterators = new Map(
    Object.entries(sources).map(([id, open]) => [id, open({ signal })[Symbol.asyncIterator]()] as const),
  );
  const step = (id: ProviderId): Promise<Step> =>
    iterators
      .get(id)!
      .next()
      .then(
        (result) => ({ id, result }),
        (error: unknown) => ({ id, error }),
      );
  const running = new Map([...iterators.keys()].map((id) => [id, step(id)] as const));
  const failures: AnyConnectivityError[] = [];
  try {
    while (running.size > 0) {
      const done = await Promise.race(running.values());
      if ('error' in done) {
        running.delete(done.id);
        if (!ConnectivityError.is(done.error)) throw done.error; // a bug is not a provider failure
        if (options.onProviderError) options.onProviderError(done.error);
        else failures.push(done.error);
      } else if (done.result.done) running.delete(done.id);
      else {
        const { value } = done.result;
        running.set(done.id, step(done.id));
        yield value;
      }
    }
  } finally {
    stop.abort(); // D23 first abort, then return(): return() alone waits for a hanging vendor's next() (measured: 2 s of 2 s)
    await Promise.allSettled([...iterators.values()].map((iterator) => iterator.return?.()));
  }
  if (options.signal?.aborted) throw new ConnectivityError('cancelled', 'the caller stopped the list'); // not a provider failure
  if (failures.length > 0)
    throw new ConnectivityError(
      'partial',
      `${failures.map((f) => f.provider).join(', ')} could not be read to the end`,
      { details: { failures: failures.map((f) => f.toJSON() as ErrorInfo<Exclude<ErrorKind, 'partial'>>) } },
    );
}

import {
  type CallOptions,
  ConnectivityError,
  inputError,
  merged,
  type Page,
  type PagedList,
  type PageOptions,
  type ProviderId,
  pagedFrom,
} from '@carrierkit/core';
import type { MergeOptions } from '../fleet.js';
import { mapped } from './mapped.js';

/** A provider's part of a merged list. */
export interface Source<T> {
  readonly provider: ProviderId;
  list(options: CallOptions): PagedList<T>;
}

/** `null`: read to its end; absent: at its start. */
type Positions = Record<ProviderId, string | null>;

/** Several providers' lists as one. Each page is one provider's; its cursor holds the position of all. */
export function mergedList<T>(sources: readonly Source<T>[], options: MergeOptions = {}): PagedList<T> {
  const { onProviderError: _, ...call } = options;

  function walk(request: PageOptions): AsyncIterable<Page<T>> {
    const positions: Positions = request.cursor === undefined ? {} : readCursor(request.cursor);
    const open = sources.filter(({ provider }) => positions[provider] !== null);
    const totals = new Map<ProviderId, number | null>();
    const readers = open.map((source) => [source.provider, reader(source, positions[source.provider], request.size)]);
    return mapped(merged<Arrival>(Object.fromEntries(readers), options), ({ provider, page }) => {
      positions[provider] = page.next;
      totals.set(provider, page.total);
      const ended = sources.every((source) => positions[source.provider] === null);
      return { items: page.items, next: ended ? null : writeCursor(positions), total: totalOf(totals, sources.length) };
    });
  }

  interface Arrival {
    readonly provider: ProviderId;
    readonly page: Page<T>;
  }

  function reader({ provider, list }: Source<T>, cursor: string | null | undefined, size: number | undefined) {
    const asked = { ...(typeof cursor === 'string' && { cursor }), ...(size !== undefined && { size }) };
    return async function* read({ signal }: CallOptions): AsyncGenerator<Arrival> {
      for await (const page of list({ ...call, ...(signal && { signal }) }).pages(asked)) yield { provider, page };
    };
  }

  return pagedFrom(walk, call);
}

/** One provider's list as it is, with its own cursors; a failure goes where the caller wants it. */
export function ownList<T>({ list }: Source<T>, options: MergeOptions): PagedList<T> {
  const { onProviderError, ...call } = options;
  const own = list(call);
  if (!onProviderError) return own;
  return pagedFrom(
    (request) =>
      mapped(own.pages(request), (page) => page, {
        failed(error) {
          if (!ConnectivityError.is(error) || options.signal?.aborted) throw error;
          onProviderError(error);
        },
      }),
    call,
  );
}

/** A list whose source is known only after some asking. */
export function deferredList<T>(source: () => Promise<PagedList<T>>, options: CallOptions = {}): PagedList<T> {
  return pagedFrom(async function* (request) {
    yield* (await source()).pages(request);
  }, options);
}

function totalOf(totals: ReadonlyMap<ProviderId, number | null>, sources: number): number | null {
  const told = [...totals.values()].filter((total) => total !== null);
  return told.length === sources ? told.reduce((sum, total) => sum + total, 0) : null;
}

function writeCursor(positions: Positions): string {
  return Buffer.from(JSON.stringify(positions)).toString('base64url');
}

function readCursor(cursor: string): Positions {
  try {
    const positions: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (isPositions(positions)) return { ...positions };
  } catch {
    // Said below, as for a text that is JSON and something else.
  }
  throw inputError('cursor', 'is not one that this list gave; pass the `next` of an earlier page, or none');
}

function isPositions(value: unknown): value is Positions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((position) => position === null || typeof position === 'string');
}

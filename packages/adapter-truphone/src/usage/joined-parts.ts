import { foreignCursor, partialUsage, type SimFailure } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  cancelledError,
  type Page,
  type PagedList,
  type PageOptions,
  type ProviderId,
  pagedFrom,
  type UsageRecord,
} from '@carrierkit/core';
import type { UsagePart } from './usage-part.js';

/** Records of a page: what is in memory at once. */
const pageSize = 1000;

/**
 * The parts one after the other as one list. Leaving it stops what is under way, streams included. If SIMs could not be read, the records of all the others come first,
 * then the list ends with `partial`, naming them: what is missing is no zero.
 */
export function joinedParts(
  provider: ProviderId,
  partsOf: () => readonly UsagePart[],
  options: CallOptions,
): PagedList<UsageRecord> {
  return pagedFrom(
    (request, wanted) => ({
      [Symbol.asyncIterator]() {
        const stop = new AbortController();
        const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
        const pages = walk(provider, partsOf, request, wanted, { ...options, signal });
        return {
          next: () => pages.next(),
          return() {
            stop.abort();
            return pages.return(undefined);
          },
        };
      },
    }),
    options,
  );
}

async function* walk(
  provider: ProviderId,
  partsOf: () => readonly UsagePart[],
  { cursor, size = pageSize }: PageOptions,
  wanted: number,
  options: CallOptions,
): AsyncGenerator<Page<UsageRecord>, undefined, undefined> {
  const parts = partsOf();
  const failures: SimFailure[] = [];
  const start = parseCursor(cursor, parts.length);
  if (start.part >= parts.length) yield { items: [], next: null, total: null };
  for (let index = start.part; index < parts.length; index++) {
    const isLast = index === parts.length - 1;
    const request = {
      cursor: index === start.part ? start.cursor : '',
      size: Math.max(1, Math.min(size, wanted, pageSize)),
    };
    for await (const page of parts[index]!({ ...request, failures, options })) {
      if (options.signal?.aborted) throw cancelledError({ provider });
      const end = isLast && failures.length === 0 ? null : `${index + 1}:`;
      yield { ...page, next: page.next === null ? end : `${index}:${page.next}` };
    }
  }
  if (failures.length > 0) throw partialUsage(provider, failures);
}

function parseCursor(cursor: string | undefined, parts: number): { readonly part: number; readonly cursor: string } {
  if (cursor === undefined) return { part: 0, cursor: '' };
  const match = /^(\d):([\d.]*)$/.exec(cursor);
  if (match === null || Number(match[1]) > parts) throw foreignCursor();
  return { part: Number(match[1]), cursor: match[2]! };
}

/** The numbers of a part's own cursor, so many of them. @throws `input` */
export function cursorNumbers(cursor: string, count: number): readonly number[] {
  const numbers = cursor === '' ? Array.from({ length: count }, () => 0) : cursor.split('.').map(Number);
  if (numbers.length === count && numbers.every(Number.isSafeInteger)) return numbers;
  throw foreignCursor();
}

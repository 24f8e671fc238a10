import {
  type CallOptions,
  cancelledError,
  type ErrorInfo,
  inputError,
  type Provider,
  toErrorInfo,
} from '@carrierkit/core';
import { limited } from '../../routing/limited.js';
import type { ItemOutcome, Items } from '../runs.js';
import type { Work } from '../work/work.js';

/** An item of the input, checked and routed, or its outcome where it cannot be done. */
export type Entry<I> =
  | { readonly item: number; readonly provider: Provider; readonly what: I }
  | { readonly item: number; readonly error: ErrorInfo; readonly outcome: ItemOutcome };

const TAKEN_AT_ONCE = 64;

/** Checks the items in order, finds their providers, and sorts out what was there before. Asks vendors only where an ICCID belongs. */
export async function* takeIn<I>(
  work: Work<I>,
  items: Items<unknown>,
  options: CallOptions,
): AsyncGenerator<Entry<I>, void, undefined> {
  const seen = new Map<string, number>();
  let item = 0;
  let batch: { readonly item: number; readonly raw: unknown }[] = [];
  for await (const raw of items) {
    batch.push({ item: item++, raw });
    if (batch.length < TAKEN_AT_ONCE) continue;
    yield* await limited(batch, TAKEN_AT_ONCE, ({ item, raw }) => takeOne(work, item, raw, seen, options));
    batch = [];
  }
  yield* await limited(batch, TAKEN_AT_ONCE, ({ item, raw }) => takeOne(work, item, raw, seen, options));
}

async function takeOne<I>(
  work: Work<I>,
  item: number,
  raw: unknown,
  seen: Map<string, number>,
  options: CallOptions,
): Promise<Entry<I>> {
  const path = `items[${item}]`;
  try {
    const what = work.check(raw, path);
    const names = work.namesOf(what);
    const first = names.map((name) => seen.get(name)).find((found) => found !== undefined);
    if (first !== undefined) throw inputError(path, `repeats items[${first}]; it is done once`);
    seen.set(names[0]!, item);
    return { item, provider: await work.route(what, options), what };
  } catch (thrown) {
    // What could not be routed because the caller stopped has not been looked at: that is no outcome.
    if (options.signal?.aborted) throw cancelledError();
    const error = located({ ...toErrorInfo(thrown), effect: 'none' }, path);
    return { item, error, outcome: work.broken(raw, error.provider, error) };
  }
}

/** Says which item an error is about, where the error itself does not. */
function located(error: ErrorInfo, path: string): ErrorInfo {
  return error.message.includes(path) ? error : { ...error, message: `${path}: ${error.message}` };
}

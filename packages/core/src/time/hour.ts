import type { DateTime } from 'luxon';
import { toInstant } from '../instants/instant.js';
import type { TimeWindow } from '../instants/time-window.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/**
 * The hour that the clocks show. Where they are changed by less than an hour (Lord Howe Island, half an hour), the hour of the change is cut there:
 * hours never overlap, so that nothing is counted twice.
 */
export function hourOf(local: DateTime): TimeWindow {
  const at = local.toMillis();
  const offsetAt = (time: number): number => local.plus({ milliseconds: time - at }).offset;
  const sinceFull = (((at + local.offset * MINUTE) % HOUR) + HOUR) % HOUR;
  const from = at - sinceFull;
  const last = from + HOUR - 1;
  return {
    from: toInstant(offsetAt(from) === local.offset ? from : changeBetween(from, at, offsetAt)),
    to: toInstant(offsetAt(last) === local.offset ? last + 1 : changeBetween(at, last, offsetAt)),
  };
}

/** The first moment after the clocks were changed: `before` lies on one side of it, `after` on the other. */
function changeBetween(before: number, after: number, offsetAt: (time: number) => number): number {
  let [low, high] = [before, after];
  const old = offsetAt(low);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === old) low = middle;
    else high = middle;
  }
  return high;
}

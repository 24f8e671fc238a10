import { type Instant, instantFrom } from '@carrierkit/core';
import type { Counter, Period, SimStatistics } from '../operations/statistics.js';
import { monthStart } from './month.js';

/** A month that the vendor leaves out had no traffic: that is zero, and is told as such. */
export const noTraffic: Counter = { volume: 0, volume_rx: 0, volume_tx: 0 };

/** The two months that monthly statistics tell, by their first moment. A month's own label decides which one it is; without any, the clock does. */
export function monthsTold(statistics: SimStatistics | undefined, now: number): ReadonlyMap<Instant, Period> {
  const { last_month: last, current_month: current } = statistics ?? {};
  const lastLabel = labelOf(last);
  const present = labelOf(current) ?? (lastLabel === null ? monthStart(now) : monthStart(lastLabel, 1));
  return new Map([
    [present, current ?? {}],
    [lastLabel ?? monthStart(present, -1), last ?? {}],
  ]);
}

function labelOf(period: Period | null | undefined): Instant | null {
  const label = instantFrom(period?.data?.month ?? period?.sms?.month);
  return label === null ? null : monthStart(label);
}

import { addDecimals } from '@carrierkit/core';
import type { Counter } from '../operations/statistics.js';

/** Daily figures of one traffic type as one: the sum of what was told, `null` if nothing was. A cost in two currencies has no sum. */
export function sumCounters(counters: readonly Counter[]): Counter {
  const priced = counters.filter(({ cost, currency }) => cost != null && currency?.code != null);
  const codes = new Set(priced.map(({ currency }) => currency?.code));
  return {
    volume: sum(counters.map(({ volume }) => volume)),
    volume_rx: sum(counters.map((counter) => counter.volume_rx)),
    volume_tx: sum(counters.map((counter) => counter.volume_tx)),
    ...(codes.size === 1 && {
      cost: priced.map(({ cost }) => String(cost)).reduce(addDecimals),
      currency: priced[0]?.currency,
    }),
  };
}

function sum(figures: readonly Counter['volume'][]): number | null {
  const told = figures.filter((figure) => figure != null && figure !== '').map(Number);
  return told.length === 0 ? null : told.reduce((total, figure) => total + figure);
}

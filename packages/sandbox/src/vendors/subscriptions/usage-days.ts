import { DAY_MS, type Day, dayStart } from '../../world/days.js';
import type { UsageFact } from '../../world/usage.js';
import type { Organisation } from './organisation.js';

/** Where a fact is found again: the SIM, and its place in what the truth tells of that SIM and day. */
interface Entry {
  readonly startedAt: number;
  readonly sim: number;
  readonly place: number;
}

/** The facts of a UTC day over many SIMs, newest first. */
export interface UsageDays {
  /** `sims` left out: all. */
  newestFirst(day: Day, sims?: readonly number[]): Iterable<UsageFact>;
}

/** Sorting a day of a large fleet costs more than a page: the last few days are remembered. */
const REMEMBERED = 3;

export function createUsageDays({
  context,
  subscriptions,
}: Pick<Organisation, 'context' | 'subscriptions'>): UsageDays {
  const { clock, usage } = context;
  const remembered = new Map<string, readonly Entry[]>();

  const everySim = (day: Day): readonly Entry[] => {
    // Until its end a day has only what was added; afterwards it changes only by an addition.
    const key = `${day} ${clock.now() >= dayStart(day) + DAY_MS} ${usage.version}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const entries = sorted(Array(subscriptions.simCount).keys(), day);
    remembered.set(key, entries);
    for (const oldest of remembered.keys()) if (remembered.size > REMEMBERED) remembered.delete(oldest);
    return entries;
  };

  const sorted = (sims: Iterable<number>, day: Day): readonly Entry[] => {
    const entries: Entry[] = [];
    for (const sim of sims) {
      for (const [place, { startedAt }] of usage.facts(sim, day).entries()) entries.push({ startedAt, sim, place });
    }
    return entries.sort((a, b) => b.startedAt - a.startedAt || b.sim - a.sim || b.place - a.place);
  };

  return {
    newestFirst: function* (day, sims) {
      for (const { sim, place } of sims === undefined ? everySim(day) : sorted(sims, day)) {
        const fact = usage.facts(sim, day)[place];
        if (fact !== undefined) yield fact;
      }
    },
  };
}

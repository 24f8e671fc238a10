import type { Random } from './random.js';

/** An attempt's time in the campaign, and a delay that outlasts it: real time, as the timers of HTTP are real. */
export const TIMEOUT_MS = 250;
export const LATE_MS = 400;

/** A bad day by chance, for any call of any vendor: what the sandbox can play, before the effect and after it. */
export function randomFault(random: Random): Record<string, unknown> {
  const when = random.pick(['before', 'after'] as const);
  const common = { when, times: 1 + random.below(random.chance(0.1) ? 12 : 2), skip: random.below(4) };
  if (random.chance(0.02)) return { kind: 'delay', delayMs: LATE_MS, ...common, times: 1 };
  switch (random.below(6)) {
    case 0:
    case 1:
      return { kind: 'status', status: random.pick([500, 502, 503, 429]), ...common };
    case 2:
    case 3:
      return { kind: 'drop', ...common };
    case 4:
      return { kind: random.pick(['malformed', 'truncate']), ...common, when: 'after' };
    default:
      return { kind: 'bad-token', ...common, when: 'before', times: 1 };
  }
}

import { type Check, failed, passed } from './check.js';
import type { Probe } from './probe.js';

/** How much of the vendor's allowance is left, as far as its headers tell; others may draw on it beside us. */
export function limitsCheck(provider: string, probes: readonly Probe[]): Check {
  const refused = probes.find(({ error }) => error?.kind === 'rate-limited');
  if (refused !== undefined)
    return failed(
      provider,
      'limits',
      `${refused.operationId} was refused: the allowance is used up`,
      'Something else uses this account; give each process its part with rateShare, or share one budget.',
    );
  const told = probes.flatMap(({ reply }) => {
    const remaining = reply?.headers.get('x-ratelimit-remaining') ?? null;
    return remaining === null ? [] : [{ remaining, limit: reply?.headers.get('x-ratelimit-limit') ?? null }];
  });
  const last = told.at(-1);
  if (last === undefined)
    return passed(provider, 'limits', 'the vendor tells no count; our own lanes keep to its rules');
  const of = last.limit === null ? '' : ` of ${last.limit}`;
  return passed(provider, 'limits', `${last.remaining}${of} calls left in this window`);
}

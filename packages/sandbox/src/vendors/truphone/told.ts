import type { ToldUsage } from '../../framework/vendor.js';
import type { Day } from '../../world/days.js';
import { retainedSince } from './cdrs.js';
import type { Portal } from './portal.js';

/**
 * Data as the DATA_USAGE report by day tells it: one row, no country, no direction. SMS as the call detail records tell
 * them: one record per message with its country, as long as records are kept. Voice is told nowhere.
 */
export function toldOf(portal: Portal, index: number, day: Day): readonly ToldUsage[] {
  const facts = portal.context.usage.facts(index, day);
  const told: ToldUsage[] = [];
  const data = facts.filter(({ kind }) => kind === 'data');
  if (data.length > 0) {
    const bytes = data.reduce((sum, { bytesUp, bytesDown }) => sum + bytesUp + bytesDown, 0);
    told.push({ kind: 'data', country: null, records: 1, bytes, seconds: null, messages: null });
  }
  const oldest = retainedSince(portal);
  for (const { kind, network, messages, startedAt } of facts) {
    if (kind !== 'sms' || startedAt < oldest) continue;
    told.push({ kind: 'sms', country: network.country, records: messages, bytes: null, seconds: null, messages });
  }
  return told;
}

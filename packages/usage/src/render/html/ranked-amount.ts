import type { UsageFigures } from '../../report/usage-report.js';

/** The amount by which a page ranks: data, where any was told; else messages, else seconds. */
export function rankedAmount(totals: UsageFigures): 'bytes' | 'messages' | 'seconds' {
  if (totals.bytes !== null) return 'bytes';
  if (totals.messages !== null) return 'messages';
  return totals.seconds === null ? 'bytes' : 'seconds';
}

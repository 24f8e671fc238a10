import type { ErrorInfo, OutcomeCounts } from '@carrierkit/core';

/**
 * 0: all items applied, unchanged or accepted. 1: nothing done and nothing unknown. 2: wrong usage or config. 3: some failed or unknown, or a list
 * without some of its providers. 130: interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

export function exitCodeOf(error: ErrorInfo, interrupted: boolean): ExitCode {
  if (error.kind === 'cancelled' && interrupted) return 130;
  if (error.kind === 'input' || error.kind === 'damaged-identifier') return 2;
  return error.kind === 'partial' || error.effect === 'unknown' ? 3 : 1;
}

export function exitCodeOfCounts(counts: OutcomeCounts): ExitCode {
  const done = counts.applied + counts.unchanged + counts.accepted;
  if (counts.unknown > 0 || (counts.failed > 0 && done > 0)) return 3;
  return done > 0 ? 0 : 1;
}

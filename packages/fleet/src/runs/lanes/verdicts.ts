import type { ErrorInfo, ErrorKind } from '@carrierkit/core';
import type { ItemOutcome } from '../runs.js';

/** These say that the vendor cannot be worked with now, whichever item is tried. */
const DOWN: ReadonlySet<ErrorKind> = new Set(['unavailable', 'timeout', 'rate-limited', 'authentication']);
/** Neither do these say anything about what an earlier call with the same key did. */
const ABOUT_THE_CALL: ReadonlySet<ErrorKind> = new Set([...DOWN, 'permission', 'cancelled', 'contract', 'partial']);

export function saysDown({ kind }: ErrorInfo): boolean {
  return DOWN.has(kind);
}

/** The error of an item that was not done because the vendor was down; `null` for any other outcome. */
export function downOf(outcome: ItemOutcome): ErrorInfo | null {
  return 'error' in outcome && saysDown(outcome.error) ? outcome.error : null;
}

/** Whether the answer to a repeated call tells what became of the item: by then the first call may have done it. */
export function isVerdict(outcome: ItemOutcome): boolean {
  if (!('error' in outcome)) return true;
  return outcome.status !== 'unknown' && !ABOUT_THE_CALL.has(outcome.error.kind);
}

import type { RunOutcome } from './runs.js';

/** An outcome as the journal keeps it: without a recipient's number and without the message's text. */
export function withoutNumbers(outcome: RunOutcome, text: string | null): RunOutcome {
  if (!('to' in outcome) || outcome.to === null) return outcome;
  const number = 'msisdn' in outcome.to ? outcome.to.msisdn : null;
  const to = number === null ? outcome.to : null;
  if (!('error' in outcome)) return { ...outcome, to };
  const hidden = [number, text].filter((part) => part !== null && part.length > 3) as string[];
  const message = hidden.reduce((clean, part) => clean.replaceAll(part, '…'), outcome.error.message);
  return { ...outcome, to, error: { ...outcome.error, message } };
}

import type { RunOutcome } from '../runs.js';

/** Shorter texts would be hidden out of words that have nothing to do with them. */
const SHORTEST_HIDDEN = 4;

/** An outcome as the journal keeps it: without a recipient's number and without the message's text, also where an error repeats them. */
export function withoutNumbers(outcome: RunOutcome, text: string | null): RunOutcome {
  if (!('to' in outcome) || outcome.to === null) return outcome;
  const number = 'msisdn' in outcome.to ? outcome.to.msisdn : null;
  const to = number === null ? outcome.to : null;
  if (!('error' in outcome)) return { ...outcome, to };
  const hidden = [number, text].filter((part) => part !== null && part.length >= SHORTEST_HIDDEN) as string[];
  return { ...outcome, to, error: without(outcome.error, hidden) };
}

/** The same data with some texts taken out of every text in it. */
function without<T>(data: T, hidden: readonly string[]): T {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return hidden.reduce((rest, part) => rest.replaceAll(part, '…'), value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  return clean(data) as T;
}

import type { ProviderId } from '@carrierkit/core';
import type { ItemOutcome } from '../runs.js';
import type { Entry } from './intake.js';
import type { JobHead } from './job-head.js';

/** What the inputs of a run hold: the job, then one line an item. An item that cannot be done has its outcome from the start. */
export type InputLine<I> =
  | { readonly item: number; readonly provider: ProviderId; readonly what: I }
  | { readonly item: number; readonly outcome: ItemOutcome };

export function jobLine(head: JobHead): string {
  return JSON.stringify({ job: head });
}

export function inputLine<I>(entry: Entry<I>): string {
  const { item } = entry;
  const line: InputLine<I> =
    'outcome' in entry ? { item, outcome: entry.outcome } : { item, provider: entry.provider.id, what: entry.what };
  return JSON.stringify(line);
}

export async function readJob(lines: AsyncIterable<string>): Promise<JobHead | null> {
  for await (const line of lines) return (JSON.parse(line) as { readonly job: JobHead }).job;
  return null;
}

export async function* readInputs<I>(lines: AsyncIterable<string>): AsyncGenerator<InputLine<I>, void, undefined> {
  let first = true;
  for await (const line of lines) {
    if (!first) yield JSON.parse(line) as InputLine<I>;
    first = false;
  }
}

import type { ErrorInfo, ProviderId } from '@carrierkit/core';
import type { Entry } from './intake.js';
import type { JobHead } from './job-head.js';

/** What the inputs of a run hold: the job, then one line an item. */
export type InputLine<I> =
  | { readonly item: number; readonly provider: ProviderId; readonly what: I }
  | { readonly item: number; readonly provider: ProviderId | null; readonly error: ErrorInfo; readonly raw: unknown };

export function jobLine(head: JobHead): string {
  return JSON.stringify({ job: head });
}

export function inputLine<I>(entry: Entry<I>): string {
  const line: InputLine<I> =
    'error' in entry
      ? { ...entry, raw: entry.raw ?? null }
      : { item: entry.item, provider: entry.provider.id, what: entry.what };
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

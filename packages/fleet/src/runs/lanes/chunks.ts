import type { Provider } from '@carrierkit/core';
import { readInputs } from '../intake/inputs.js';
import type { RunningJob } from './running-job.js';
import type { Doable } from './waiting.js';

/** The items of one provider that have no outcome yet, as many together as it takes in a call. `inFlight` are left out. */
export async function* chunksFor<I>(
  { held, journal, work }: RunningJob<I>,
  provider: Provider,
  inFlight: ReadonlySet<number>,
): AsyncGenerator<Doable<I>[], void, undefined> {
  const size = work.sizeAt(provider.capabilities);
  let chunk: Doable<I>[] = [];
  for await (const line of readInputs<I>(held.inputs())) {
    if ('outcome' in line || line.provider !== provider.id) continue;
    if (journal.state.done[line.item] || inFlight.has(line.item)) continue;
    chunk.push(line);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

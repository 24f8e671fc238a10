import type { Provider, ProviderId } from '@carrierkit/core';
import { readInputs } from '../intake/inputs.js';
import type { RunReport } from '../runs.js';
import { brakeFor, untilAll } from './brake.js';
import { recordBroken } from './broken-items.js';
import { doLane, type OpenCalls } from './lane.js';
import type { RunningJob } from './running-job.js';
import type { Tried } from './waiting.js';

/** Every provider side by side; each begins with what a killed process left open there. */
export async function carryOut<I>(job: RunningJob<I>, providers: readonly Provider[]): Promise<RunReport['outages']> {
  const brake = brakeFor(job.options);
  const open = await openCallsOf(job);
  const lanes = providers.map((provider) => doLane(job, provider, brake, open.get(provider.id) ?? new Map()));
  const [, ...ends] = await untilAll([recordBroken(job, brake).then(() => null), ...lanes], brake);
  return Object.fromEntries(ends.flatMap((outage, index) => (outage ? [[providers[index]!.id, outage] as const] : [])));
}

/** The items of the calls whose answers are not known, by provider. */
async function openCallsOf<I>({ journal, held }: RunningJob<I>): Promise<ReadonlyMap<ProviderId, OpenCalls<I>>> {
  const { open } = journal.state;
  const calls = new Map<ProviderId, Map<number, Tried<I>[]>>();
  if (open.size === 0) return calls;
  const callOf = new Map([...open].flatMap(([call, { unsettled }]) => [...unsettled].map((item) => [item, call])));
  for await (const line of readInputs<I>(held.inputs())) {
    const call = callOf.get(line.item);
    if (call === undefined || !('what' in line)) continue;
    const ofProvider = getOrAdd(calls, line.provider, () => new Map<number, Tried<I>[]>());
    getOrAdd(ofProvider, call, () => []).push({ item: line.item, what: line.what, last: null });
  }
  return calls;
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

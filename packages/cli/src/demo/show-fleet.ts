import { type Sim, simStates } from '@carrierkit/core';
import type { Output } from '../output/output.js';
import type { View } from '../output/view.js';
import { simView } from '../views/sim-view.js';

const SHOWN_OF_EACH = 3;

/** Some SIMs of each provider, as `sims list` shows them, and how many there are in which state. */
export async function showFleet(output: Output, sims: readonly Sim[]): Promise<void> {
  const groups = byProvider(sims);
  await output.list(
    groups.flatMap((group) => group.slice(0, SHOWN_OF_EACH)),
    simView,
  );
  const left = groups.reduce((sum, group) => sum + Math.max(0, group.length - SHOWN_OF_EACH), 0);
  await output.text(`… and ${left} more:\n\n`);
  await output.list(groups, countView(sims));
}

export function byProvider(sims: readonly Sim[]): readonly (readonly Sim[])[] {
  return [...new Set(sims.map(({ provider }) => provider))].map((id) => sims.filter(({ provider }) => provider === id));
}

function countView(sims: readonly Sim[]): View<readonly Sim[]> {
  const seen = new Set(sims.map(({ state }) => state.value));
  return [
    { name: 'provider', value: ([sim]) => sim!.provider, whole: true },
    { name: 'SIMs', value: (group) => group.length, right: true },
    ...simStates
      .filter((state) => seen.has(state))
      .map((name) => ({
        name,
        right: true as const,
        value: (group: readonly Sim[]) => group.filter(({ state }) => state.value === name).length || null,
      })),
  ];
}

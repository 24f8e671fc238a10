import type { CoverageEntry } from '@carrierkit/usage';
import type { View } from '../output/view.js';

/** How far each source was read. */
export const coverageView: View<CoverageEntry> = [
  { name: 'provider', value: ({ provider }) => provider, whole: true },
  { name: 'source', value: ({ source }) => source, whole: true },
  { name: 'read', value: ({ sims }) => `${sims.read} of ${sims.expected ?? '?'} SIMs` },
  { name: 'failed', value: ({ sims }) => sims.failed || null, tone: () => 'bad' },
  { name: 'settledThrough', value: ({ settledThrough }) => settledThrough?.slice(0, 10) ?? null },
  {
    name: 'unit',
    value: ({ unit }) => (unit && unit.bytes !== 1 ? `${unit.name} = ${unit.bytes} bytes (${unit.basis})` : null),
  },
  { name: 'error', value: ({ error }) => error?.message ?? null, tone: () => 'bad' },
];

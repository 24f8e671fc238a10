import type { RunPlan } from '@carrierkit/fleet';
import type { View } from '../output/view.js';

export const planView: View<RunPlan> = [
  { name: 'items', value: ({ items }) => items },
  { name: 'problems', value: ({ problems }) => problems.map(({ message }) => message).join('; '), tone: () => 'bad' },
  { name: 'irreversible', value: ({ irreversible }) => irreversible },
  { name: 'billing', value: ({ billing }) => billing.join('; ') },
  {
    name: 'calls',
    value: ({ calls }) =>
      Object.entries(calls)
        .map(([provider, count]) => `${provider} ${count}`)
        .join(', '),
  },
];

import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

// What decides about writes, and what reads the vendors' words: a branch that no test takes is a behaviour that nobody has looked at.
const judged = [
  'packages/core/src/**/*.ts',
  'packages/adapter-kit/src/**/*.ts',
  'packages/adapter-{truphone,emnify,subscriptions}/src/mapping/**/*.ts',
];

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['packages/{core,adapter-kit,adapter-truphone,adapter-emnify,adapter-subscriptions}/test/**/*.test.ts'],
    coverage: {
      enabled: true,
      include: judged,
      reporter: ['text-summary', 'json'],
      thresholds: Object.fromEntries(judged.map((glob) => [glob, { branches: 90 }])),
    },
  },
});

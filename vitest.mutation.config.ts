import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

const [target = ''] = (process.env['CARRIERKIT_MUTATE'] ?? '').split('/');

// The tests of one package, without those that start processes or take long.
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: [`packages/${target}/test/**/*.test.ts`],
    exclude: ['**/memory.test.ts', '**/conformance.test.ts', '**/proxy*.test.ts', '**/process.test.ts'],
    maxWorkers: 1,
    // Each mutant runs its tests anew: loading the sources once for all files is most of what there is to save.
    isolate: false,
    setupFiles: ['scripts/fewer-examples.mjs'],
  },
});

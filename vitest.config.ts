import { defineConfig } from 'vitest/config';

// Tests run on sources: no build first, and coverage counts across packages.
const conditions = ['@carrierkit/source', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/{test,template/*/test}/**/*.test.ts', 'examples/*/test/**/*.test.ts'],
    globalSetup: ['scripts/vitest-setup.mjs'],
    testTimeout: 30_000,
    // Much of the time is spent waiting for the sandbox.
    maxWorkers: '100%',
    coverage: { include: ['packages/*/src/**/*.ts'] },
  },
});

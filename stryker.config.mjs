// Changes the sources one spot at a time and sees whether a test notices, in place: run it in a clean clone, after a build.
// CARRIERKIT_MUTATE=adapter-subscriptions/mapping npx pnpm run test:mutation
const [target = 'adapter-subscriptions', folder = ''] = (process.env.CARRIERKIT_MUTATE ?? '').split('/');

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: [`packages/${target}/src/${folder === '' ? '' : `${folder}/`}**/*.ts`],
  coverageAnalysis: 'perTest',
  inPlace: true,
  concurrency: 2,
  timeoutMS: 20_000,
  ignoreStatic: true,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  disableTypeChecks: false,
  tempDirName: 'node_modules/.cache/stryker',
  cleanTempDir: 'always',
};

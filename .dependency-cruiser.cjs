// Who may import whom: the table of docs/architecture.md, held by `npm test`.
const allowed = {
  core: [],
  'adapter-kit': ['core'],
  'adapter-truphone': ['core', 'adapter-kit'],
  'adapter-emnify': ['core', 'adapter-kit'],
  'adapter-subscriptions': ['core', 'adapter-kit'],
  fleet: ['core'],
  usage: ['core'],
  'vendor-apis': [],
  sandbox: ['vendor-apis'],
  conformance: ['core'],
  cli: [
    'core',
    'adapter-kit',
    'adapter-truphone',
    'adapter-emnify',
    'adapter-subscriptions',
    'fleet',
    'usage',
    'vendor-apis',
    'sandbox',
  ],
};

// npm packages by the packages that may load them; everything else is for nobody.
const libraries = {
  core: ['luxon', 'zod'],
  'adapter-kit': ['axios', 'zod', 'csv-parse', 'https-proxy-agent', 'ioredis', 'pino', '@opentelemetry/api'],
  'adapter-truphone': ['zod'],
  'adapter-emnify': ['zod'],
  'adapter-subscriptions': ['zod'],
  fleet: ['inversify', 'reflect-metadata', 'yaml', 'zod'],
  usage: ['@duckdb/node-api', 'luxon', 'echarts'],
  'vendor-apis': ['yaml'],
  sandbox: ['fastify', 'fastify-openapi-glue', 'ajv', 'ajv-formats', 'yaml'],
  conformance: ['vitest'],
  cli: ['commander', '@clack/prompts', 'cli-table3', 'picocolors', 'yaml'],
};

const packageRules = Object.entries(allowed).map(([name, others]) => ({
  name: `${name}-imports-only-its-layer`,
  severity: 'error',
  from: { path: `^packages/${name}/src/` },
  to: { path: '^packages/', pathNot: `^packages/(?:${[name, ...others].join('|')})/` },
}));

const libraryRules = Object.entries(libraries).map(([name, names]) => ({
  name: `${name}-loads-only-its-libraries`,
  severity: 'error',
  from: { path: `^packages/${name}/src/` },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
    pathNot: `node_modules/(?:${names.join('|')})/`,
  },
}));

module.exports = {
  forbidden: [
    ...packageRules,
    ...libraryRules,
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'core-main-entry-is-dependency-free',
      comment: 'luxon and zod live behind core/time and core/schema',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: '^packages/core/src/(?:time|schema)(?:\\.ts|/)' },
      to: { path: ['node_modules/(?:luxon|zod)/', '^packages/core/src/(?:time|schema)(?:\\.ts|/)'] },
    },
    {
      name: 'importing-an-adapter-stays-cheap',
      comment: 'HTTP, schemas and streams are loaded with the first call that needs them',
      severity: 'error',
      from: { path: '^packages/adapter-[^/]+/src/', pathNot: '^packages/adapter-kit/src/client/prepare\\.ts' },
      to: {
        path: 'node_modules/(?:zod|axios|csv-parse|https-proxy-agent)/',
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    },
    {
      name: 'making-a-client-loads-no-call',
      severity: 'error',
      from: { path: '^packages/adapter-kit/src/client/create-client\\.ts' },
      to: {
        path: '^packages/adapter-kit/src/(?:client|http|limits)/',
        pathNot: 'http/origin\\.ts',
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    },
    {
      name: 'an-adapter-of-a-third-party-needs-core-and-kit-only',
      severity: 'error',
      from: { path: '^(?:examples/adapter-[^/]+|packages/cli/template/[^/]+)/src/' },
      to: { path: '^packages/', pathNot: '^packages/(?:core|adapter-kit|cli/template/[^/]+)/' },
    },
    {
      name: 'a-played-vendor-stays-independent',
      comment: 'a mistake shared with the adapter must not hide',
      severity: 'error',
      from: { path: '^(?:examples/adapter-[^/]+|packages/cli/template/[^/]+)/test/vendor/' },
      to: { path: '^(?:packages|examples)/', pathNot: '/test/vendor/' },
    },
    {
      name: 'tests-of-the-sandbox-stay-independent',
      comment: 'a mistake shared with our adapters must not hide',
      severity: 'error',
      from: { path: '^packages/sandbox/' },
      to: { path: '^packages/(?:core|adapter-[^/]+)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@carrierkit/source', 'import', 'node', 'default', 'types'],
    },
  },
};

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Adapter, ConnectivityError, inputErrors, type ProviderFactory } from '@carrierkit/core';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createFleet, type FleetConfig, type FleetOptions, loadConfig } from '../src/index.js';
import { mini } from './support/mini.js';
import { temporaryFolder } from './support/runs.js';

const SECRET = 'f00dfeed0123456789';

/** An adapter that takes a token and a number, as strict as ours. */
const acme: Adapter = {
  specVersion: 1,
  name: 'acme',
  fromConfig(settings): ProviderFactory {
    const { token, ...rest } = settings as { readonly token?: unknown };
    const known = ['baseUrl', 'billingCycleDay', 'proxy', 'retries'];
    const issues = Object.keys(rest)
      .filter((key) => !known.includes(key))
      .map((path) => ({ path, message: 'is not a known key' }));
    if (typeof token !== 'string') issues.push({ path: 'token', message: 'has to be a text' });
    if ('retries' in rest && typeof rest.retries !== 'number')
      issues.push({ path: 'retries', message: `has to be a number beside ${String(token)}` });
    if (issues.length > 0) throw inputErrors(issues);
    return mini();
  },
};

const env = { ACME_TOKEN: SECRET, EMPTY: '' };
const good = { providers: { emea: { adapter: 'acme', token: '${ACME_TOKEN}' } } };

async function write(name: string, text: string): Promise<string> {
  const file = join(await temporaryFolder(), name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

async function errorOf(config: unknown, options: FleetOptions = {}): Promise<ConnectivityError<'input'>> {
  const error: unknown = await loadConfig(config as FleetConfig, { adapters: [acme], env, ...options }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!ConnectivityError.is(error, 'input')) throw new Error(`expected an input error, got ${String(error)}`);
  expect(JSON.stringify(error) + String(error.stack)).not.toContain(SECRET);
  return error;
}

/** [path, message] of every issue. */
const issuesOf = async (config: unknown, options?: FleetOptions) =>
  (await errorOf(config, options)).details.issues.map(({ path, message }) => [path, message]);

test('YAML, JSON and modules say the same, with paths relative to the file', async () => {
  const texts = {
    'a.yaml':
      'providers:\n  emea:\n    adapter: acme\n    token: ${ACME_TOKEN}\nrouting: { iccidPrefixes: { 894447: emea } }\n',
    'a.json': JSON.stringify({ ...good, routing: { iccidPrefixes: { 894447: 'emea' } } }),
    'a.mjs': `export const config = ${JSON.stringify({ ...good, routing: { iccidPrefixes: { 894447: 'emea' } } })};`,
    'b.mjs': `export default ${JSON.stringify({ ...good, routing: { iccidPrefixes: { 894447: 'emea' } } })};`,
  };
  for (const [name, text] of Object.entries(texts)) {
    const file = await write(name, text);
    for (const config of [file, pathToFileURL(file)]) {
      const loaded = await loadConfig(config, { adapters: [acme], env });
      expect(loaded).toMatchObject({
        facts: { emea: { adapter: 'acme', billingCycleDay: 1 } },
        routing: { iccidPrefixes: { 894447: 'emea' } },
        stateDir: join(dirname(file), '.carrierkit'),
        usage: { ledger: join(dirname(file), 'carrierkit.duckdb'), timezone: 'UTC' },
        file,
      });
      expect(JSON.stringify(loaded)).not.toContain(SECRET);
    }
  }
});

test('a config given as an object keeps nothing unless it says where', async () => {
  expect((await loadConfig(good, { adapters: [acme], env })).stateDir).toBeNull();
  const kept = await loadConfig({ ...good, stateDir: 'state' }, { adapters: [acme], env });
  expect(kept.stateDir).toBe(join(process.cwd(), 'state'));
  expect(await loadConfig(kept)).toBe(kept);
});

test('a variable that is not set, or empty, is told by name, place and remedy', async () => {
  const config = {
    providers: {
      emea: { adapter: 'acme', token: '${NOT_SET}' },
      iot: { adapter: 'acme', token: 'x${EMPTY}' },
      staff: { adapter: 'acme', token: '${ACME_TOKEN' },
    },
  };
  expect(await issuesOf(config)).toEqual([
    ['providers.emea.token', expect.stringMatching(/^the environment variable NOT_SET is not set; set it/)],
    ['providers.iot.token', expect.stringMatching(/^the environment variable EMPTY is empty; set it/)],
    ['providers.staff.token', 'holds a ${ without the name of an environment variable and } behind it'],
  ]);
});

test('a credential that is written out is refused, except on loopback', async () => {
  const withSettings = (settings: object) => ({ providers: { emea: { adapter: 'acme', ...settings } } });
  expect(await issuesOf(withSettings({ token: SECRET }))).toEqual([
    ['providers.emea.token', expect.stringContaining('write ${EMEA_TOKEN} here')],
  ]);
  expect(await issuesOf(withSettings({ token: SECRET, baseUrl: 'https://127.0.0.1.example' }))).toHaveLength(1);
  expect(await issuesOf(withSettings({ token: '${ACME_TOKEN}', proxy: `http://user:${SECRET}@proxy` }))).toEqual([
    ['providers.emea.proxy', expect.stringContaining('write ${EMEA_PROXY} here')],
  ]);
  for (const baseUrl of ['http://127.0.0.1:4010', 'http://localhost:4010', 'http://[::1]:4010'])
    await loadConfig(withSettings({ token: SECRET, baseUrl }), { adapters: [acme] });
});

test('unknown keys are told with the nearest known one, all at once', async () => {
  expect(await issuesOf({ ...good, rooting: {}, usage: { timezne: 'UTC' }, stateDir: '' })).toEqual(
    expect.arrayContaining([
      ['rooting', "is not a known key. Did you mean 'routing'?"],
      ['usage.timezne', "is not a known key. Did you mean 'timezone'?"],
      ['stateDir', 'is empty'],
    ]),
  );
  expect(await issuesOf({ providers: { emea: { adapter: 'acme', token: '${ACME_TOKEN}', tokn: 1 } } })).toEqual([
    ['providers.emea.tokn', 'is not a known key'],
  ]);
});

test('values that make no sense', async () => {
  const cases: readonly (readonly [unknown, string, string])[] = [
    [null, 'config', "has to be a map with the key 'providers'"],
    [[], 'config', "has to be a map with the key 'providers'"],
    [{}, 'providers', 'has to be a map'],
    [{ providers: {} }, 'providers', 'names no provider; add one, for example emea: { adapter: truphone, … }'],
    [{ providers: { emea: 'acme' } }, 'providers.emea', "has to be a map with the key 'adapter'"],
    [{ providers: { 'a b': good.providers.emea } }, 'providers.a b', 'a provider id has letters, digits, - and _ only'],
    [
      { ...good, usage: { timezone: 'Mars' } },
      'usage.timezone',
      'is not the name of a time zone, such as Europe/Berlin',
    ],
    [{ ...good, stateDir: 7 }, 'stateDir', 'has to be a text'],
    [
      { ...good, routing: { iccidPrefixes: { 89: 'emae' } } },
      'routing.iccidPrefixes.89',
      "names no provider of this config. Did you mean 'emea'?",
    ],
    [
      { ...good, routing: { iccidPrefixes: { '8.9883e+21': 'emea' } } },
      'routing.iccidPrefixes.8.9883e+21',
      'is no beginning of an ICCID: 1 to 22 digits, in quotes',
    ],
    [
      { providers: { emea: { ...good.providers.emea, billingCycleDay: 32 } } },
      'providers.emea.billingCycleDay',
      'has to be a day of the month, 1 to 31',
    ],
    [
      { providers: { emea: { adaptor: 'acme' } } },
      'providers.emea.adapter',
      'is missing; write adapter instead of adaptor',
    ],
    [{ providers: { emea: {} } }, 'providers.emea.adapter', 'is missing; write adapter: truphone, for example'],
    [
      { providers: { emea: { adapter: '../x y', token: '${ACME_TOKEN}' } } },
      'providers.emea.adapter',
      expect.stringContaining('failed to load') as unknown as string,
    ],
    [
      { providers: { emea: { adapter: 'a b', token: '${ACME_TOKEN}' } } },
      'providers.emea.adapter',
      "'a b' is no short name, package name or ./path",
    ],
    [
      { providers: { emea: { adapter: 'acmee', token: '${ACME_TOKEN}' } } },
      'providers.emea.adapter',
      expect.stringMatching(
        /^there is no adapter 'acmee' for .*Did you mean 'acme'\? Install it there/,
      ) as unknown as string,
    ],
    [
      { providers: { emea: { ...good.providers.emea, retries: 'two' } } },
      'providers.emea.retries',
      'has to be a number beside [secret]',
    ],
  ];
  for (const [config, path, message] of cases) expect(await issuesOf(config)).toEqual([[path, message]]);
});

test('several mistakes are told together, and the message names the file', async () => {
  const file = await write(
    'c.yaml',
    `providers:\n  emea: { adapter: acme, token: ${SECRET} }\n  iot: { token: "\${NOPE}" }\nx: 1\n`,
  );
  const error = await errorOf(file);
  expect(error.message.startsWith(`${file}: `)).toBe(true);
  expect(error.details.issues.map(({ path }) => path).sort()).toEqual([
    'providers.emea.token',
    'providers.iot.token',
    'x',
  ]);
});

test('files that cannot be read', async () => {
  const folder = await temporaryFolder();
  const message = async (config: string) => (await errorOf(config)).message;
  expect(await message(join(folder, 'no.yaml'))).toMatch(
    /there is no file .*no\.yaml; create it, or pass the path of another/,
  );
  await mkdir(join(folder, 'folder.yaml'));
  expect(await message(join(folder, 'folder.yaml'))).toMatch(/is a folder/);
  expect(await message(await write('a.toml', ''))).toMatch(/is none of \.yaml, \.yml, \.json and \.mjs/);
  expect(await message(await write('a.yaml', 'a: 1\nb: [2\n'))).toMatch(/is not valid YAML: .* at line [23]/);
  expect(await message(await write('a.yaml', ''))).toMatch(/has to be a map/);
  expect(await message(await write('a.json', '{\n"a": 1,\n}'))).toMatch(/is not valid JSON: see line 3/);
  expect(await message(await write('a.mjs', 'export const x = 1;'))).toMatch(/exports neither 'config' nor a default/);
});

test('no syntax error repeats what stands in the file', async () => {
  const texts = {
    'alias.yaml': `providers: { emea: { adapter: acme, token: *${SECRET} } }`,
    'tag.yaml': `providers: { emea: { adapter: acme, token: !${SECRET} x } }`,
    'quote.yaml': `providers: { emea: { adapter: acme, token: "${SECRET} } }`,
    'twice.yaml': `${SECRET}: 1\n${SECRET}: 2\n`,
    'quote.json': `{ "token": ${SECRET} }`,
    'name.mjs': `export const config = { providers: { emea: { token: ${SECRET} } } };`,
    'syntax.mjs': `export const config = { token: ${SECRET} 'x' };`,
    'number.mjs': `export const config = { token: 12${SECRET} };`,
  };
  for (const [name, text] of Object.entries(texts)) {
    const error = await errorOf(await write(name, text));
    expect(error.message, name).toMatch(/\.(yaml|json|mjs)/);
  }
  const { message } = await errorOf(await write('line.mjs', `\n\nexport const config = { token: ${SECRET} };`));
  expect(message).toMatch(/line\.mjs failed to load \(ReferenceError at line 3\)/);
  const thrown = await errorOf(await write('own.mjs', `throw new Error('no vault here')`));
  expect(thrown.message).toContain('no vault here');
});

test('whatever else is wrong, no credential gets into an error', async () => {
  const value = fc.oneof(fc.constant(SECRET), fc.string(), fc.integer(), fc.constant(null), fc.constant('${NOPE}'));
  const settings = fc.record(
    {
      adapter: fc.oneof(fc.constant('acme'), fc.string()),
      token: fc.constantFrom(SECRET, '${ACME_TOKEN}', '${ACME_TOKEN}${NOPE}'),
      retries: value,
      billingCycleDay: value,
      apiKey: fc.constantFrom(SECRET, [SECRET], { secret: SECRET }),
      proxy: fc.constant(`http://u:${SECRET}@host:3128`),
    },
    { requiredKeys: [] },
  );
  const config = fc.record(
    { providers: fc.dictionary(fc.string({ maxLength: 5 }), settings), routing: value, stateDir: value, usage: value },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(config, async (content) => {
      const error: unknown = await loadConfig(content as FleetConfig, { adapters: [acme], env }).catch(
        (e: unknown) => e,
      );
      if (!(error instanceof Error)) return;
      expect(ConnectivityError.is(error, 'input')).toBe(true);
      expect(`${error.message} ${JSON.stringify(error)} ${error.stack}`).not.toContain(SECRET);
    }),
  );
});

test("a third party's adapter is a path or a package of the config's folder", async () => {
  const source = (name: string, version = 1) =>
    `export const adapter = { specVersion: ${version}, name: '${name}', fromConfig: (settings) => ({ id }) => ({ specVersion: 1, id, adapter: '${name}', settings }) };`;
  const file = await write(
    'carrierkit.config.yaml',
    'providers:\n  a: { adapter: ./mine.mjs, zone: 1 }\n  b: { adapter: "@acme/carrier" }\n  c: { adapter: truphone }\n  d: { adapter: old }\n',
  );
  const folder = dirname(file);
  await writeFile(join(folder, 'mine.mjs'), source('mine'));
  const install = async (name: string, manifest: object, text: string) => {
    const root = join(folder, 'node_modules', name);
    await mkdir(join(root, 'lib'), { recursive: true });
    await writeFile(join(root, 'package.json'), JSON.stringify({ name, type: 'module', ...manifest }));
    await writeFile(join(root, 'lib', 'index.js'), text);
  };
  await install(
    '@acme/carrier',
    { exports: { '.': { types: './x.d.ts', import: './lib/index.js' } } },
    source('carrier'),
  );
  await install('@carrierkit/adapter-truphone', { exports: './lib/index.js' }, source('truphone'));
  await install('old', { main: 'lib/index.js' }, source('old'));
  const loaded = await loadConfig(file);
  expect(Object.values(loaded.facts).map(({ adapter }) => adapter)).toEqual(['mine', 'carrier', 'truphone', 'old']);
  expect(loaded.providers['a']!({ id: 'a' })).toMatchObject({ id: 'a', settings: { zone: 1 } });

  // As `import` does, not as `require`: packages in NODE_PATH belong to somebody else.
  const elsewhere = await temporaryFolder();
  await mkdir(join(elsewhere, 'foreign'));
  await writeFile(join(elsewhere, 'foreign', 'package.json'), '{}');
  await writeFile(join(elsewhere, 'foreign', 'index.js'), source('foreign'));
  vi.stubEnv('NODE_PATH', elsewhere);
  createRequire(import.meta.url)('node:module').Module._initPaths();
  expect(await issuesOf({ providers: { a: { adapter: 'foreign' } } })).toEqual([
    ['providers.a.adapter', expect.stringContaining("there is no adapter 'foreign'")],
  ]);
  vi.unstubAllEnvs();
  createRequire(import.meta.url)('node:module').Module._initPaths();

  await install('old', { main: 'lib/index.js' }, source('old', 2));
  await install('none', { main: 'lib/index.js' }, 'export const x = 1;');
  await symlink(join(folder, 'node_modules'), join(folder, 'linked'));
  const other = join(folder, 'other.json');
  await writeFile(
    other,
    JSON.stringify({ providers: { a: { adapter: './linked/old/index.js' }, b: { adapter: 'none' } } }),
  );
  expect(await issuesOf(other)).toEqual([
    ['providers.a.adapter', expect.stringContaining('failed to load')],
    ['providers.b.adapter', "'none' does not export 'adapter'; is it a CarrierKit adapter?"],
  ]);
});

test('an adapter or provider of another contract version is refused with the remedy', async () => {
  const later = { ...acme, specVersion: 2 } as unknown as Adapter;
  expect(await issuesOf(good, { adapters: [later] })).toEqual([
    [
      'providers.emea.adapter',
      expect.stringContaining(
        'version 2 of the adapter contract, this fleet speaks version 1: update @carrierkit/fleet',
      ),
    ],
  ]);
  const provider = mini();
  const old: ProviderFactory = (context) => ({ ...provider(context), specVersion: 0 as 1 });
  await expect(createFleet({ providers: { emea: old } })).rejects.toMatchObject({
    kind: 'input',
    message: expect.stringContaining('version 0'),
  });
});

test('a fleet that cannot be made closes what was made of it', async () => {
  let closed = 0;
  const made: ProviderFactory = (context) => ({ ...mini()(context), close: async () => void closed++ });
  const broken: ProviderFactory = () => {
    throw new Error('no');
  };
  await expect(createFleet({ providers: { emea: made, iot: broken } })).rejects.toThrow('no');
  expect(closed).toBe(1);
});

test('words of another validator that are no text are not shown as one', async () => {
  const theirs: Adapter = {
    ...acme,
    fromConfig() {
      throw Object.assign(new Error('invalid'), { issues: [{ path: ['pool', 0], message: { code: 7 } }] });
    },
  };
  expect(await issuesOf(good, { adapters: [theirs] })).toEqual([['providers.emea.pool.0', 'is not valid']]);
});

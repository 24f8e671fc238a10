import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { description, operations, vendorNames } from '@carrierkit/vendor-apis';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describedFile } from '../src/scaffold/description/described-file.js';
import { readDescription } from '../src/scaffold/description/read-description.js';
import { Workplace } from './support/cli.js';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('..', import.meta.url));
const root = join(cli, '..', '..');

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

const read = (...path: readonly string[]) => readFileSync(join(place.folder, ...path), 'utf8');

interface Manifest {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** What `npm install` would do: exactly the declared packages, as they are installed here. */
function install(folder: string): void {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(cli, 'node_modules', name), link, 'junction');
  }
}

it('writes a package that type-checks, builds and conforms, whatever its name', { timeout: 120_000 }, async () => {
  const made = await place.run(['adapter', 'new', 'acme-mobile-2', '--package', '@acme/carriers']);
  expect(made).toMatchObject({ code: 0, err: '' });
  const folder = join(place.folder, 'carrierkit-adapter-acme-mobile-2');
  expect(made.json()).toMatchObject({ package: '@acme/carriers', folder });
  install(folder);
  const programs = (name: string) => join(folder, 'node_modules', name);
  const node = (...args: readonly string[]) =>
    run(process.execPath, args, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
  await node(join(programs('typescript'), 'bin', 'tsc'));
  await node(join(programs('typescript'), 'bin', 'tsc'), '-p', 'tsconfig.build.json');
  expect(existsSync(join(folder, 'dist', 'index.d.ts'))).toBe(true);
  const { stdout } = await node(join(programs('vitest'), 'vitest.mjs'), 'run');
  expect(stdout).toContain('| acme-mobile-2 | declared | checks passed |');
  expect(stdout).toMatch(/Test Files\s+2 passed/);
  const { stdout: exported } = await node(
    '-e',
    "import('./dist/index.js').then((m) => console.log(Object.keys(m).join(), m.adapter.name))",
  );
  expect(exported.trim()).toBe('acmeMobile2,adapter,operations acme-mobile-2');

  // Installed beside a config that names it, it is a provider like any other.
  mkdirSync(join(place.folder, 'node_modules', '@acme'), { recursive: true });
  symlinkSync(folder, join(place.folder, 'node_modules', '@acme', 'carriers'), 'junction');
  place.write('carrierkit.config.yaml', `providers: { main: { adapter: '@acme/carriers', apiKey: "\${ACME_KEY}" } }`);
  const command = (...args: readonly string[]) => {
    const env = { ...process.env, NO_COLOR: '1', ACME_KEY: 'a-key' };
    return run(process.execPath, [join(cli, 'dist', 'main.js'), ...args], { cwd: place.folder, env });
  };
  expect((await command('providers')).stdout).toContain('acme-mobile-2');
  const refused = await command('call', 'main', 'listSimz').catch((error: { readonly stderr: string }) => error);
  expect(refused.stderr).toContain("no operation 'listSimz'; it has listSims, getSim, setSimStatus");
});

it('takes the operations of a description, which type-check beside the skeleton', { timeout: 120_000 }, async () => {
  const [first, ...others] = vendorNames.map((vendor) =>
    join(root, 'packages', 'vendor-apis', `${vendor}.openapi.yaml`),
  );
  const made = await place.run(['adapter', 'new', 'acme', '--folder', 'here', '--description', String(first)]);
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.json()).toMatchObject({ operations: operations(description('truphone')).length });
  expect(read('here', 'src/provider.ts')).toContain("origin: 'https://iot.truphone.com'");
  const folder = join(place.folder, 'here');
  for (const [index, file] of others.entries())
    writeFileSync(join(folder, 'src', `other${index}.ts`), describedFile(await readDescription(file), []).file.text);
  install(folder);
  await run(process.execPath, [join(folder, 'node_modules', 'typescript', 'bin', 'tsc')], { cwd: folder });
});

it('chooses operations by their path', async () => {
  const file = join(root, 'packages', 'vendor-apis', 'emnify.openapi.yaml');
  const made = await place.run([
    'adapter',
    'new',
    'acme',
    '--description',
    file,
    '--only',
    '/api/v1/sim',
    '--folder',
    'here',
  ]);
  expect(made.json<{ operations: number }>().operations).toBeGreaterThan(5);
  expect(read('here', 'src/operations/described.ts')).not.toContain('/api/v1/endpoint');
  const refused = await place.run(['adapter', 'new', 'other', '--only', '/sims']);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.error().message).toContain('--description');
});

it('says which file it cannot read, before anything is written', async () => {
  const made = await place.run(['adapter', 'new', 'acme', '--description', 'missing.yaml']);
  expect(made).toMatchObject({ code: 2, out: '' });
  expect(made.error().message).toContain('missing.yaml cannot be read');
  expect(existsSync(join(place.folder, 'carrierkit-adapter-acme'))).toBe(false);
});

it('leaves no name of the template behind', async () => {
  await place.run(['adapter', 'new', 'nuvo', '--folder', 'here']);
  for (const path of ['README.md', 'src/index.ts', 'src/provider.ts', 'src/settings.ts', 'test/conformance.test.ts'])
    expect(read('here', path), path).not.toMatch(
      /vendor-name|vendorName|VendorName|VENDOR_NAME|Vendor Name|PACKAGE_NAME/,
    );
  expect(read('here', 'README.md')).toContain('adapter: carrierkit-adapter-nuvo');
  expect(read('here', 'src/provider.ts')).toContain("export const adapterName = 'nuvo'");
});

it('overwrites nothing', async () => {
  place.write('notes.txt', 'mine');
  const made = await place.run(['adapter', 'new', 'nuvo', '--folder', '.']);
  expect(made).toMatchObject({ code: 2, out: '' });
  expect(made.error().message).toContain('is not empty');
  expect(existsSync(join(place.folder, 'package.json'))).toBe(false);
});

it.each(['Acme', 'acme mobile', '2acme', 'acme--mobile', '-acme', '../acme', 'class', 'emnify', 'a'.repeat(41)])(
  'refuses the name %j before anything is written',
  async (name) => {
    const made = await place.run(['adapter', 'new', '--', name]);
    expect(made).toMatchObject({ code: 2, out: '' });
    expect(made.error().message).toContain('NAME');
  },
);

it('refuses what npm would refuse as a name', async () => {
  const made = await place.run(['adapter', 'new', 'acme', '--package', 'Not A Name']);
  expect(made.error().message).toContain('--package');
});

it('depends on what this command was tested with', async () => {
  await place.run(['adapter', 'new', 'nuvo', '--folder', 'here']);
  const made = JSON.parse(read('here', 'package.json')) as Manifest;
  const own = JSON.parse(readFileSync(join(root, 'packages', 'cli', 'package.json'), 'utf8')) as Manifest;
  expect(own.dependencies).toMatchObject(made.dependencies);
  expect(own.devDependencies).toMatchObject(made.devDependencies);
});

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSandbox } from '@carrierkit/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The built programs, as a reader of the guides runs them: plain node, in a folder with a config.
const run = promisify(execFile);
const here = fileURLToPath(new URL('..', import.meta.url));
const built = join(here, 'dist');
const sandbox = await createSandbox({ sims: 60, days: 10, limits: false, now: '2026-11-15T12:00:00Z' });
const { baseUrls, credentials, senders } = sandbox.info;
let folder = '';

beforeAll(async () => {
  // Below the package, where its adapters are installed: as in a product.
  folder = await mkdtemp(join(here, 'node_modules', '.guides-'));
  const providers = {
    emea: { adapter: 'truphone', baseUrl: baseUrls.truphone, token: credentials.truphone?.['token'] },
    iot: {
      adapter: 'emnify',
      baseUrl: baseUrls.emnify,
      applicationToken: credentials.emnify?.['applicationToken'],
    },
    staff: {
      adapter: 'subscriptions',
      baseUrl: baseUrls.subscriptions,
      ...credentials.subscriptions,
      sender: senders[0],
    },
  };
  await writeFile(join(folder, 'carrierkit.config.yaml'), JSON.stringify({ providers }));
});

afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

async function output(program: string, ...args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    TRUPHONE_TOKEN: credentials.truphone?.['token'],
    TRUPHONE_URL: baseUrls.truphone,
    EMNIFY_APPLICATION_TOKEN: credentials.emnify?.['applicationToken'],
    EMNIFY_URL: baseUrls.emnify,
  };
  const { stdout } = await run(process.execPath, [join(built, `${program}.js`), ...args], { cwd: folder, env });
  return stdout;
}

async function sims(adapter: string): Promise<readonly { readonly iccid: string; readonly state: string }[]> {
  const response = await fetch(`${sandbox.baseUrl}/_sandbox/sims?adapter=${adapter}`);
  return (await response.json()) as { iccid: string; state: string }[];
}

describe('the programs of the guides', () => {
  it('do the main job', async () => {
    expect((await output('main-job')).match(/^\d{19,20} (?:applied|accepted)$/gm)).toHaveLength(3);
  });

  it('list the active SIMs of all three', async () => {
    const text = await output('first-list');
    for (const start of ['emea 894447', 'iot 8988303', 'staff 8931'])
      expect(text.split('\n').some((line) => line.startsWith(start))).toBe(true);
  });

  it('work without a config file, typed down to the vendor', async () => {
    expect((await output('plain-code')).trim().split('\n')).toHaveLength(3);
  });

  it('inject the ports', async () => {
    const text = await output('container');
    expect(text).toMatch(/rung: [1-9]/);
    expect(text).toContain('emea has 20 SIMs');
  });

  it('plan, refuse and move', async () => {
    const text = await output('lifecycle');
    expect(text).toContain('inventory -> active -> suspended');
    expect(text).toContain('not done:');
    expect(text.match(/^applied$/gm)).toHaveLength(5);
  });

  it('run in bulk, and run again without doing it twice', async () => {
    const active = (await sims('truphone')).filter(({ state }) => state === 'ACTIVE').slice(0, 4);
    await writeFile(join(folder, 'sims.txt'), [...active.map(({ iccid }) => iccid), '8.94447E+18'].join('\n'));
    const effects = async () =>
      ((await (await fetch(`${sandbox.baseUrl}/_sandbox/effects?adapter=truphone`)).json()) as unknown[]).length;
    const text = await output('bulk-run');
    expect(text).toContain('4 SIMs in');
    expect(text).toContain('problem:');
    expect(text).toContain('finished');
    const before = await effects();
    expect(await output('bulk-run')).toContain('finished');
    expect(await effects()).toBe(before);
  });

  it('send texts and ask what became of them', async () => {
    const text = await output('messaging');
    expect(text).toMatch(/^GSM-7 1$/m);
    expect(text).toMatch(/emea accepted \w+/);
    expect(text).toMatch(/iot accepted \w+/);
  });

  it('report the usage of a week', async () => {
    const text = await output('usage-report', '2026-11-06', '2026-11-13');
    for (const id of ['emea', 'iot', 'staff']) expect(text).toMatch(new RegExp(`${id} data \\{ bytes: [1-9]`));
  });

  it('tell errors apart', async () => {
    const text = await output('errors');
    expect(text).toContain("effect: 'none'");
    expect(text).toContain('60 SIMs of the providers that answered');
  });

  it('take a secret from where it is kept, and change nothing where they may not', async () => {
    const file = join(folder, 'token');
    await writeFile(file, `${credentials.emnify?.['applicationToken']}\n`);
    expect((await output('secrets', file, String(baseUrls.emnify))).trim()).toBe('permission');
  });

  it('log what they do, with one correlation id a call', async () => {
    const lines = (await output('observability'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const answers = lines.filter(({ msg }) => String(msg).endsWith('was answered 200'));
    expect(answers.map(({ operation }) => operation)).toEqual(['authenticate', 'listSims']);
    expect(new Set(answers.map(({ correlationId }) => correlationId)).size).toBe(2);
  });

  it('share the allowance with others', async () => {
    expect(await output('scale')).toMatch(/^40 SIMs; waited for/);
  });

  it('show each package by itself', async () => {
    expect(await output('packages/core')).toContain('damaged-identifier');
    expect(await output('packages/sandbox')).toContain('iccid');
    expect(await output('packages/truphone', String(baseUrls.truphone))).toMatch(/ applied$/m);
    expect(await output('packages/adapter-kit', String(baseUrls.truphone))).toMatch(/^200 \w/);
    const emnify = await output('packages/emnify', String(baseUrls.emnify), String(sandbox.info.bics.valid[0]));
    expect(emnify).toMatch(/10 SIMs can be registered\nsuspended failed .+\nactive applied/);
    expect(await output('packages/subscriptions', String(baseUrls.subscriptions))).toMatch(/status: 'applied'/);
    expect(await output('packages/vendor-apis')).toContain('POST /api/v1/authenticate authenticate');
  });
});

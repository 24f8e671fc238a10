import type { Sandbox } from '@carrierkit/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emnifyConfig, startSandbox, Workplace } from './support/cli.js';
import { control, type SandboxSim, simsOf } from './support/control.js';

interface ListedSim {
  readonly provider: string;
  readonly iccid: string;
  readonly state: { readonly value: string; readonly raw: string };
  readonly tags: readonly string[];
  readonly raw?: unknown;
}

let sandbox: Sandbox;
let place: Workplace;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await control(sandbox, 'reset', {});
  place = new Workplace();
  place.write('carrierkit.config.yaml', emnifyConfig(sandbox));
});
afterEach(() => place.remove());

describe('sims list', () => {
  it('gives every SIM of the vendor once, canonical, the vendor object only with --raw', async () => {
    const { code, err, json } = await place.run(['sims', 'list']);
    const truth = await control<readonly SandboxSim[]>(sandbox, 'sims?adapter=emnify');
    const listed = json<ListedSim[]>();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(listed.map(({ iccid }) => iccid).sort()).toEqual(
      truth
        .filter(({ state }) => state !== 'Deleted')
        .map(({ iccid }) => iccid)
        .sort(),
    );
    expect(listed.every((sim) => !('raw' in sim))).toBe(true);
    const [raw] = (await place.run(['sims', 'list', '--raw', '--limit', '1'])).json<ListedSim[]>();
    expect(raw?.raw).toMatchObject({ iccid: raw!.iccid.slice(0, 19) });
  });

  it('takes global options before and after the command', async () => {
    const before = await place.run(['--format', 'ndjson', '--provider', 'iot', 'sims', 'list', '--limit', '2']);
    const after = await place.run(['sims', 'list', '--limit', '2', '--provider', 'iot', '--format', 'ndjson']);
    expect(before.out).toBe(after.out);
    expect(
      before.out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as ListedSim).provider),
    ).toEqual(['iot', 'iot']);
  });

  it('filters by several states and tags', async () => {
    const wanted = [
      ...(await simsOf(sandbox, 'emnify', 'Activated')),
      ...(await simsOf(sandbox, 'emnify', 'Suspended')),
    ];
    const { json } = await place.run(['sims', 'list', '--state', 'active', '--state', 'suspended']);
    expect(
      json<ListedSim[]>()
        .map(({ iccid }) => iccid)
        .sort(),
    ).toEqual(wanted.map(({ iccid }) => iccid).sort());
    const tagged = (await place.run(['sims', 'list', '--tag', 'trackers'])).json<ListedSim[]>();
    expect(tagged.length).toBeGreaterThan(0);
    expect(tagged.every(({ tags }) => tags.includes('trackers'))).toBe(true);
  });

  it('lists a word nobody knows as unknown, with the word', async () => {
    const [sim] = await simsOf(sandbox, 'emnify', 'Activated');
    await fetch(`${sandbox.baseUrl}/_sandbox/sims/${sim!.iccid}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'Hibernating' }),
    });
    const listed = (await place.run(['sims', 'list'])).json<ListedSim[]>();
    expect(listed.find(({ iccid }) => iccid === sim!.iccid)?.state).toEqual({ value: 'unknown', raw: 'Hibernating' });
  });

  it('writes a CSV whose ICCIDs are whole, and a table that fits', async () => {
    const csv = await place.run(['sims', 'list', '--format', 'csv', '--limit', '2']);
    const [head, first] = csv.out.split('\n');
    expect(head).toMatch(/^provider,iccid,state,vendorState,msisdns,/);
    expect(first).toMatch(/^iot,\d{20},/);
    for (const width of [60, 100, 200]) {
      const { out } = await place.run(['sims', 'list', '--limit', '5'], { terminal: width });
      const lines = out.trimEnd().split('\n');
      expect(lines).toHaveLength(6);
      expect(lines[0]).toMatch(width === 200 ? /^Provider  ICCID {17}State .* MSISDNs / : /^Provider  ICCID /);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(lines.slice(1).every((line) => /^iot {7}\d{20} {2}/.test(line))).toBe(true);
    }
  });

  it('lets no vendor text steer the terminal', async () => {
    place.write('carrierkit.config.yaml', emnifyConfig(sandbox));
    const [sim] = await simsOf(sandbox, 'emnify', 'Activated');
    await fetch(`${sandbox.baseUrl}/_sandbox/sims/${sim!.iccid}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'Act\u001b[2Jivated' }),
    });
    const { out } = await place.run(['sims', 'get', sim!.iccid], { terminal: 120 });
    expect(out).not.toContain('\u001b');
    expect(out).toContain('Act [2Jivated');
  });

  it('closes the array of a list whose provider fails, and tells the failure in one line', async () => {
    await control(sandbox, 'faults', { adapter: 'emnify', operationId: 'listSims', kind: 'status', status: 403 });
    const run = await place.run(['sims', 'list', '--format', 'json']);
    expect(run.code).toBe(1);
    expect(run.json()).toEqual([]);
    expect(run.error()).toMatchObject({ kind: 'permission', provider: 'iot' });
  });

  it('is still one JSON value when it is interrupted', async () => {
    const interrupt = new AbortController();
    const run = await place.run(['sims', 'list'], {
      signal: interrupt.signal,
      onOut: (text) => text.length > 2 && interrupt.abort(),
    });
    expect(run.code).toBe(130);
    expect(Array.isArray(run.json())).toBe(true);
  });
});

describe('sims get', () => {
  it('reads one SIM, with the check digit or without', async () => {
    const sim = (await simsOf(sandbox, 'emnify', 'Activated')).find(({ iccid }) => !iccid.includes('0000'));
    const whole = await place.run(['sims', 'get', sim!.iccid]);
    expect(whole.json()).toMatchObject({ iccid: sim!.iccid, ref: sim!.vendorId, state: { value: 'active' } });
    const { json, err } = await place.run(['sims', 'get', sim!.iccid.slice(0, -1)]);
    expect(json()).toMatchObject({ iccid: sim!.iccid });
    expect(JSON.parse(err)).toMatchObject({ warning: { message: expect.stringContaining('check digit') } });
  });

  it('tells apart what is no ICCID and what nobody has', async () => {
    const malformed = await place.run(['sims', 'get', '12345']);
    expect(malformed).toMatchObject({ code: 2, out: '' });
    expect(malformed.error()).toMatchObject({ kind: 'input', message: expect.stringContaining('18 to 22 digits') });
    const damaged = await place.run(['sims', 'get', '8.94E+18']);
    expect(damaged.code).toBe(2);
    expect(damaged.error().kind).toBe('damaged-identifier');
    const unknown = await place.run(['sims', 'get', '89883030000000000015']);
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.error().kind).toBe('not-found');
  });
});

it('refuses to label SIMs where the provider cannot', async () => {
  const [sim] = await simsOf(sandbox, 'emnify', 'Activated');
  const run = await place.run(['sims', 'update', sim!.iccid, '--label', 'truck']);
  expect(run.code).toBe(1);
  expect(run.error()).toMatchObject({ kind: 'unsupported' });
  expect(await control(sandbox, 'effects')).toEqual([]);
  expect((await place.run(['sims', 'update', sim!.iccid])).code).toBe(2);
  expect((await place.run(['sims', 'update', sim!.iccid, '--dry-run', '--label', 'x'])).error()).toMatchObject({
    message: "--dry-run: 'sims update' does not take it",
  });
});

it('tells what each provider can do', async () => {
  const { json } = await place.run(['providers']);
  expect(json()).toMatchObject([
    {
      id: 'iot',
      adapter: 'emnify',
      capabilities: { supports: { 'inventory.list': 'native', 'inventory.update': 'none' } },
    },
  ]);
});

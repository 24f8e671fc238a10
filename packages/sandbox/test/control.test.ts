import { description, operations } from '@carrierkit/vendor-apis';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../src/framework/engine.js';
import { createSecretRegister } from '../src/framework/secrets.js';
import { emnify } from '../src/vendors/emnify/index.js';
import { subscriptions } from '../src/vendors/subscriptions/index.js';
import { truphone } from '../src/vendors/truphone/index.js';
import { call, control, emnifyUser, startFor, violations } from './support.js';

interface Effect {
  readonly seq: number;
  readonly subject: readonly string[];
  readonly state: string;
  readonly operationId: string;
  readonly requestId: number;
  readonly key: string | null;
}

describe('info', () => {
  it('tells where the vendors are and how to sign in', async () => {
    const sandbox = await startFor();
    const info = (await control(sandbox, 'info')).body as typeof sandbox.info;
    expect(info).toEqual(sandbox.info);
    expect(info.baseUrls).toEqual({
      truphone: `${sandbox.baseUrl}/truphone`,
      emnify: `${sandbox.baseUrl}/emnify`,
      subscriptions: `${sandbox.baseUrl}/subscriptions`,
    });
    expect(info.credentials.truphone?.['token']).toBe('0123456789abcdef0123456789abcdef01234567');
    expect(info.credentials.emnify?.['applicationToken']).toBe('sandbox-application-token');
    expect(info.credentials.subscriptions).toEqual({ clientId: 'sandbox-client', clientSecret: 'sandbox-secret' });
    expect(info.bics.valid.length).toBeGreaterThanOrEqual(2);
    expect(info.accounts.length * info.templates.length * info.senders.length).toBeGreaterThan(0);
  });

  it('listens on loopback only', async () => {
    const sandbox = await startFor();
    expect(new URL(sandbox.baseUrl).hostname).toBe('127.0.0.1');
  });
});

describe('vendors', () => {
  it.each([truphone, emnify, subscriptions])('have a handler for every described operation: $name', (module) => {
    const options = { sims: 3, days: 1, seed: 1, limits: true, now: undefined, ticking: true, switches: {} };
    const engine = createEngine(options, [module], createSecretRegister());
    const handlers = engine.vendors.get(module.name)?.vendor.handlers ?? {};
    const described = operations(description(module.name)).map(({ operationId }) => operationId);
    expect(described.filter((operationId) => !(operationId in handlers))).toEqual([]);
  });
});

describe('sims', () => {
  it('splits the fleet in thirds, with an ICCID prefix per vendor', async () => {
    const sandbox = await startFor({ sims: 100 });
    const sims = (await control(sandbox, 'sims')).body as { adapter: string; iccid: string }[];
    const count = (adapter: string) => sims.filter((sim) => sim.adapter === adapter).length;
    expect([count('truphone'), count('emnify'), count('subscriptions')]).toEqual([34, 33, 33]);
    const prefixes = { truphone: '894447', emnify: '8988303', subscriptions: '8931068' };
    for (const sim of sims) expect(sim.iccid.startsWith(prefixes[sim.adapter as keyof typeof prefixes])).toBe(true);
    expect(new Set(sims.map((sim) => sim.iccid)).size).toBe(100);
  });

  it('has the SIMs of each vendor in all its states', async () => {
    const sandbox = await startFor();
    const states = async (adapter: string) => {
      const sims = (await control(sandbox, `sims?adapter=${adapter}`)).body as { state: string }[];
      return [...new Set(sims.map((sim) => sim.state))].sort();
    };
    expect(await states('emnify')).toEqual(['Activated', 'Factory Test', 'Issued', 'Suspended']);
    expect(await states('subscriptions')).toEqual(['active', 'suspended', 'terminated']);
    expect((await states('truphone')).length).toBeGreaterThanOrEqual(8);
  });

  it('lets the vendor change a SIM, also to a state that nobody knows', async () => {
    const sandbox = await startFor();
    const user = await emnifyUser(sandbox);
    const [first] = (await control(sandbox, 'sims?adapter=emnify')).body as [{ iccid: string; vendorId: string }];
    const patched = await control(sandbox, `sims/${first.iccid}`, 'PATCH', { state: 'Hibernated', tags: ['a', 'b'] });
    expect(patched.body).toMatchObject({ state: 'Hibernated', tags: ['a', 'b'] });
    expect((await user(`/sim/${first.vendorId}`)).body).toMatchObject({
      status: { id: 99, description: 'Hibernated' },
    });
    expect((await user('/sim')).status).toBe(200);
    expect((await control(sandbox, 'effects')).body).toEqual([]);
    expect(await violations(sandbox)).toEqual([]);
  });

  it('answers in plain words what it cannot do', async () => {
    const sandbox = await startFor();
    expect(await control(sandbox, 'sims/8900000000000000000', 'PATCH', { state: 'x' })).toMatchObject({
      status: 404,
      body: { error: 'No vendor has a SIM 8900000000000000000' },
    });
    expect((await control(sandbox, 'sims?adapter=orange')).status).toBe(400);
    expect((await control(sandbox, 'nothing')).status).toBe(404);
    expect((await control(sandbox, 'clock', 'POST', { advance: 'soon' })).body).toMatchObject({
      error: expect.stringContaining('PT1H'),
    });
  });
});

describe('effects, requests, stats', () => {
  it('enters one effect per write that changed something, and none for the rest', async () => {
    const sandbox = await startFor();
    const user = await emnifyUser(sandbox);
    await user('/sim/1000003', 'PATCH', { status: { id: 1 } });
    await user('/sim/1000003', 'PATCH', { status: { id: 1 } });
    await user('/sim/1000003', 'PATCH', {});
    await user('/sim/1000003', 'PATCH', { status: { id: 0 } });
    await user('/sim/1000003');
    const effects = (await control(sandbox, 'effects')).body as Effect[];
    const [sim] = (
      (await control(sandbox, 'sims?adapter=emnify')).body as { iccid: string; vendorId: string }[]
    ).filter(({ vendorId }) => vendorId === '1000003');
    expect(effects).toMatchObject([
      { seq: 1, adapter: 'emnify', operationId: 'updateSim', subject: [sim?.iccid], state: 'done', key: null },
    ]);
    expect((await control(sandbox, 'effects?since=1')).body).toEqual([]);
    expect((await control(sandbox, 'effects?adapter=truphone')).body).toEqual([]);
  });

  it('settles a pending effect when the clock passes', async () => {
    const sandbox = await startFor();
    const user = await emnifyUser(sandbox);
    await user('/endpoint/12000001/sms', 'POST', { payload: 'state of charge' });
    const states = async () => ((await control(sandbox, 'effects')).body as Effect[]).map(({ state }) => state);
    expect(await states()).toEqual(['pending']);
    await control(sandbox, 'clock', 'POST', { advance: 'PT2S' });
    expect(await states()).toEqual(['done']);
  });

  it('logs every request with what it was answered, and counts them', async () => {
    const sandbox = await startFor();
    await call(`${sandbox.baseUrl}/emnify/api/v1/sim?page=2`, 'GET', undefined, {
      Authorization: 'Bearer x',
      'X-Mine': '1',
    });
    await call(`${sandbox.baseUrl}/emnify/api/v1/nowhere`);
    const requests = (await control(sandbox, 'requests')).body as object[];
    expect(requests).toMatchObject([
      {
        id: 1,
        adapter: 'emnify',
        operationId: 'listSims',
        method: 'GET',
        path: '/api/v1/sim?page=2',
        headers: { authorization: 'Bearer x', 'x-mine': '1' },
        status: 401,
        fault: null,
        replayed: false,
      },
      { id: 2, operationId: null, status: 401 },
    ]);
    expect((await control(sandbox, 'requests?since=1')).body).toHaveLength(1);
    expect((await control(sandbox, 'stats')).body).toMatchObject({
      rows: [
        { adapter: 'emnify', operationId: 'listSims', status: 401, count: 1 },
        { adapter: 'emnify', operationId: null, status: 401, count: 1 },
      ],
    });
  });

  it('keeps what must not be seen in outputs, over a reset too', async () => {
    const sandbox = await startFor();
    const user = await emnifyUser(sandbox);
    await user('/endpoint/12000001/sms', 'POST', { payload: 'code 4711-0815' });
    await control(sandbox, 'reset', 'POST');
    const secrets = (await control(sandbox, 'secrets')).body as string[];
    expect(secrets).toEqual(expect.arrayContaining(['sandbox-application-token', 'code 4711-0815']));
    expect(secrets.some((secret) => secret.split('.').length === 3)).toBe(true);
    expect(new Set(secrets).size).toBe(secrets.length);
  });
});

describe('clock and reset', () => {
  it('advances by durations and to instants, never back', async () => {
    const sandbox = await startFor();
    expect((await control(sandbox, 'clock')).body).toEqual({ now: '2026-10-15T12:00:00.000Z' });
    expect((await control(sandbox, 'clock', 'POST', { advance: 'P1DT1H' })).body).toEqual({
      now: '2026-10-16T13:00:00.000Z',
    });
    expect((await control(sandbox, 'clock', 'POST', { now: '2026-11-01T00:00:00Z' })).body).toEqual({
      now: '2026-11-01T00:00:00.000Z',
    });
    expect((await control(sandbox, 'clock', 'POST', { now: '2026-01-01T00:00:00Z' })).status).toBe(400);
    expect((await control(sandbox, 'clock', 'POST', { advance: 'P1M' })).status).toBe(400);
  });

  it('ticks by itself unless told not to', async () => {
    const sandbox = await startFor({ ticking: true });
    const read = async () => Date.parse(((await control(sandbox, 'clock')).body as { now: string }).now);
    const first = await read();
    await expect.poll(read).toBeGreaterThan(first);
  });

  it('goes back to the beginning at a reset', async () => {
    const sandbox = await startFor();
    const before = (await control(sandbox, 'sims')).text;
    const user = await emnifyUser(sandbox);
    await user('/sim/1000003', 'PATCH', { status: { id: 1 } });
    await control(sandbox, 'faults', 'POST', { kind: 'status' });
    await control(sandbox, 'clock', 'POST', { advance: 'P2D' });
    expect((await control(sandbox, 'sims')).text).not.toBe(before);
    await control(sandbox, 'reset', 'POST');
    expect((await control(sandbox, 'sims')).text).toBe(before);
    expect((await control(sandbox, 'clock')).body).toEqual({ now: '2026-10-15T12:00:00.000Z' });
    expect((await control(sandbox, 'faults')).body).toEqual([]);
    expect((await control(sandbox, 'effects')).body).toEqual([]);
    expect((await control(sandbox, 'stats')).body).toMatchObject({ rows: [] });
  });

  it('says what is wrong with its options', async () => {
    await expect(startFor({ sims: -1 })).rejects.toThrow('sims must be a whole number');
    await expect(startFor({ now: 'yesterday' })).rejects.toThrow('now must be an ISO 8601 instant');
  });
});

describe('usage', () => {
  const rows = async (sandbox: Awaited<ReturnType<typeof startFor>>, query: string) =>
    ((await control(sandbox, `usage?${query}`)).body as { rows: Record<string, number | string | null>[] }).rows;

  it('adds up to the same whatever it is grouped by', async () => {
    const sandbox = await startFor();
    const window = 'from=2026-09-01&to=2026-10-01';
    const [total] = await rows(sandbox, window);
    for (const by of ['adapter', 'kind', 'day', 'country', 'iccid', 'adapter,kind,day']) {
      const parts = await rows(sandbox, `${window}&by=${by}`);
      for (const figure of ['records', 'bytes', 'seconds', 'messages']) {
        expect(parts.reduce((sum, row) => sum + Number(row[figure] ?? 0), 0)).toBe(total?.[figure]);
      }
    }
  });

  it('excludes the end, and tells null where a vendor tells nothing', async () => {
    const sandbox = await startFor();
    const days = await rows(sandbox, 'from=2026-10-01&to=2026-10-03&by=day');
    expect(days.map((row) => row['day'])).toEqual(['2026-10-01', '2026-10-02']);
    const emnify = await rows(sandbox, 'adapter=emnify&by=adapter,kind,country');
    expect(emnify).toMatchObject([
      { kind: 'data', country: null, seconds: null, messages: null },
      { kind: 'sms', country: null, bytes: null, seconds: null },
    ]);
  });

  it('tells a day when it is over', async () => {
    const sandbox = await startFor();
    const today = 'from=2026-10-15&to=2026-10-16';
    expect(await rows(sandbox, today)).toEqual([]);
    await control(sandbox, 'clock', 'POST', { advance: 'PT12H' });
    expect(await rows(sandbox, today)).toHaveLength(1);
  });

  it('takes new, late, duplicate and corrected records', async () => {
    const sandbox = await startFor({ days: 0 });
    const [{ iccid }] = (await control(sandbox, 'sims?adapter=emnify')).body as [{ iccid: string }];
    const add = (part: object) =>
      control(sandbox, 'usage', 'POST', { iccid, kind: 'data', at: '2026-10-15T08:00:00Z', ...part });
    const total = async () => (await rows(sandbox, 'from=2026-10-01&to=2026-11-01'))[0]?.['bytes'] ?? 0;
    const added = await add({ bytes: 1000, how: 'new' });
    expect(added).toMatchObject({ status: 201, body: { bytes: 1000 } });
    expect(await total()).toBe(1000);
    await add({ bytes: 500, how: 'late', at: '2026-10-14T08:00:00Z' });
    expect(await total()).toBe(1500);
    await add({ how: 'duplicate' });
    expect(await total()).toBe(1500);
    const corrected = await add({ bytes: 700, how: 'corrected' });
    expect((corrected.body as { id: string }).id).toBe((added.body as { id: string }).id);
    expect(await total()).toBe(1200);
    expect(await add({ seconds: 5 })).toMatchObject({ status: 400 });
    expect(await add({ kind: 'voice' })).toMatchObject({ status: 400 });
  });
});

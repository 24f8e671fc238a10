import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { luhnCheckDigit } from '../src/world/luhn.js';
import { type Client, startClient } from './truphone-client.js';

let client: Client;
beforeAll(async () => {
  client = await startClient({ sims: 120 });
});
afterAll(async () => {
  expect(await client.violations()).toBe(0);
  await client.sandbox.close();
});

interface Sim {
  readonly iccid: string;
  readonly label: string;
  readonly imei: string | number | null;
  readonly primaryMsisdn: string;
  readonly primaryImsi: string;
  readonly subscription: { readonly subscriptionStatus: string; readonly servicePackId: string };
  readonly tags: readonly { readonly label: string }[];
  readonly attributes: readonly { readonly label: string; readonly value: string }[];
  readonly dates: Readonly<Record<string, string | null>>;
  readonly gsmKeys: Readonly<Record<string, string>>;
  readonly organization?: string;
}
const list = async (query = '', version = 'v2.2'): Promise<readonly Sim[]> =>
  (await client.get(`/api/${version}/sims/${query}`)) as readonly Sim[];
const iccids = (sims: readonly { readonly iccid: string }[]): readonly string[] => sims.map(({ iccid }) => iccid);

function linksOf(header: string | null): Readonly<Record<string, string>> {
  const found = [...(header ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)];
  return Object.fromEntries(found.map(([, target = '', relation = '']) => [relation, target]));
}

describe('paging', () => {
  test('a bare array of 50 in order of ICCID, and links to the other pages', async () => {
    const reply = await client.call('/api/v2.2/sims/');
    const sims = reply.body as readonly Sim[];
    expect(sims).toHaveLength(50);
    expect(iccids(sims)).toEqual(iccids(sims).toSorted());
    const links = linksOf(reply.headers.get('link'));
    expect(Object.keys(links)).toEqual(['first', 'next', 'last']);
    expect(links['last']).toBe(`${client.sandbox.baseUrl}/truphone/api/v2.2/sims/?page=3`);
    const all = [...sims];
    for (let next = links['next']; next !== undefined; ) {
      const page = await client.call(next);
      all.push(...(page.body as readonly Sim[]));
      next = linksOf(page.headers.get('link'))['next'];
    }
    expect(new Set(iccids(all)).size).toBe(120);
  });

  test('page=last, prev, and the filters kept in the links', async () => {
    const reply = await client.call('/api/v2.2/sims/?tags=Meters&page=last&per_page=15');
    expect(reply.body).toHaveLength(10);
    const links = linksOf(reply.headers.get('link'));
    expect(Object.keys(links)).toEqual(['first', 'prev', 'last']);
    expect(new URL(links['prev'] ?? '').searchParams.toString()).toBe('tags=Meters&page=2&per_page=15');
  });

  test('sizes are clamped to 500, odd ones ignored, pages that do not exist are 404', async () => {
    expect(await list('?per_page=9999')).toHaveLength(120);
    expect(await list('?per_page=0')).toHaveLength(50);
    for (const page of ['0', '4', '-1', 'next', '1.5']) {
      const reply = await client.call(`/api/v2.2/sims/?page=${page}`);
      expect([reply.status, reply.body]).toEqual([404, { detail: 'Invalid page.' }]);
    }
    expect(await list('?iccid=1')).toEqual([]);
  });
});

describe('filters and ordering', () => {
  const expectOnly = async (query: string, holds: (sim: Sim) => boolean): Promise<void> => {
    const all = await list('?per_page=500');
    const found = await list(`?per_page=500&${query}`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(all.length);
    expect(iccids(found)).toEqual(iccids(all.filter(holds)));
  };

  test('state in any spelling', async () => {
    const preActive = (sim: Sim) => sim.subscription.subscriptionStatus === 'PRE_ACTIVE';
    await expectOnly('subscriptionStatus=PRE_ACTIVE', preActive);
    await expectOnly('subscriptionStatus=pre-active', preActive);
  });
  test('label, whatever the case', () => expectOnly('label=unit%200001', (sim) => sim.label === 'Unit 0001'));
  test('tags', () => expectOnly('tags=meters', (sim) => sim.tags.some(({ label }) => label === 'Meters')));
  test('attributes as name:value pairs, also empty ones', async () => {
    const value = (sim: Sim, label: string) => sim.attributes.find((found) => found.label === label)?.value;
    await expectOnly('attributes=Site:Oslo', (sim) => value(sim, 'Site') === 'Oslo');
    await expectOnly('attributes=Site:', (sim) => value(sim, 'Site') === '');
    await expectOnly(
      'attributes=Site:Oslo,Contract:C-1001',
      (sim) => value(sim, 'Site') === 'Oslo' && value(sim, 'Contract') === 'C-1001',
    );
  });
  test('iccid, msisdn and imsi find one SIM each', async () => {
    const [, sim] = await list('?per_page=2');
    for (const query of [`iccid=${sim?.iccid}`, `primaryMsisdn=${sim?.primaryMsisdn}`, `imsis=${sim?.primaryImsi}`]) {
      expect(iccids(await list(`?${query}`))).toEqual([sim?.iccid]);
    }
  });
  test('date bounds are inclusive', async () => {
    const [sim] = await list('?per_page=1');
    const at = (sim?.dates['provisionDate'] ?? '').replace('T', ' ').slice(0, 19);
    const query = `provisionDate_from=${encodeURIComponent(at)}&provisionDate_to=${encodeURIComponent(at)}`;
    expect(iccids(await list(`?${query}`))).toContain(sim?.iccid);
    expect(iccids(await list('?provisionDate_from=2026-11-02%2000:00:00'))).toEqual([]);
  });
  test('a filter nobody knows is ignored', async () => {
    expect(await list('?colour=red&per_page=500')).toHaveLength(120);
  });
  test('ordering by several fields, descending with a minus', async () => {
    const found = await list('?per_page=500&ordering=-subscriptionStatus,label');
    const keys = found.map((sim) => [sim.subscription.subscriptionStatus, sim.label] as const);
    const sorted = keys.toSorted(([a, x], [b, y]) => (a === b ? (x < y ? -1 : Number(x > y)) : a > b ? -1 : 1));
    expect(keys).toEqual(sorted);
  });
});

describe('a SIM card', () => {
  test('has an ICCID with a right check digit, secrets that are registered, and blanks for null text', async () => {
    const sims = await list('?per_page=500');
    for (const { iccid } of sims) expect(luhnCheckDigit(iccid.slice(0, -1))).toBe(iccid.at(-1));
    const secrets = (await client.control('/secrets')) as readonly string[] | { secrets: readonly string[] };
    expect(JSON.stringify(secrets)).toContain(sims[0]?.gsmKeys['puk1']);
    expect(sims.some(({ label }) => label === '')).toBe(true);
    expect(sims.some(({ dates }) => dates['firstActivationDate'] === '' && dates['shippingDate'] === null)).toBe(true);
    expect(new Set(sims.map((sim) => sim.subscription.subscriptionStatus)).size).toBe(9);
  });

  test('differs between the versions', async () => {
    const [v20] = await list('?per_page=1', 'v2.0');
    const [v21] = await list('?per_page=1', 'v2.1');
    const [v22] = await list('?per_page=1', 'v2.2');
    expect(v20?.dates).not.toHaveProperty('testStateStartDate');
    expect(v21?.dates).toHaveProperty('testStateStartDate');
    expect([v20?.organization, v21?.organization]).toEqual([undefined, undefined]);
    expect(v22?.organization).toBe('Sandbox Connectivity');
    expect(await list('?per_page=1', 'v2.2')).toEqual(await client.get('/api/sims/?per_page=1'));
  });

  test('shows its IMEI as a bare number or null in the v2.0 list only', async () => {
    const [v20, v22] = [await list('?per_page=500', 'v2.0'), await list('?per_page=500')];
    expect(v20.some(({ imei }) => imei === null)).toBe(true);
    for (const [place, { imei }] of v20.entries()) {
      const text = v22[place]?.imei;
      expect(imei).toBe(text === '' ? null : Number(text));
      if (imei !== null) expect(String(imei)).toMatch(/^\d{14}$/);
    }
    const detail = (await client.get(`/api/v2.0/sims/${v20[0]?.iccid}/`)) as Sim;
    expect(typeof detail.imei).toBe('string');
  });

  test('is not found by another spelling of its ICCID', async () => {
    const iccid = (await list('?per_page=1'))[0]?.iccid ?? '';
    expect((await client.call(`/api/v2.2/sims/${iccid}/`)).status).toBe(200);
    for (const other of [iccid.slice(0, -1), `${iccid}F`, '8944470000000000000']) {
      const reply = await client.call(`/api/v2.2/sims/${other}/`);
      expect([reply.status, reply.body]).toEqual([404, { detail: 'Not found.' }]);
    }
  });

  test('tells its status as an object, as text in v2.0, with counters in v2.1', async () => {
    const iccid = await client.inState('PRE_ACTIVE');
    expect(await client.get(`/api/v2.2/sims/${iccid}/status/`)).toMatchObject({
      iccid,
      status: {
        sim_card_service: 'PRE-ACTIVE',
        data_service: 'ACTIVE',
        sms_mo_service: 'ACTIVE',
        sms_mt_service: 'ACTIVE',
      },
    });
    expect(await client.get(`/api/v2.0/sims/${iccid}/status/`)).toMatchObject({ status: 'PRE-ACTIVE' });
    expect(await client.get(`/api/v2.1/sims/${iccid}/status/`)).toMatchObject({
      status: 'PRE-ACTIVE',
      test_state_start_date: null,
      allowed_time: '',
    });
    const testing = await client.inState('TEST');
    expect(await client.get(`/api/v2.1/sims/${testing}/status/`)).toMatchObject({
      status: 'TEST',
      allowed_time: '43200',
      remaining_time: '43200',
      allowed_data: '20480',
      remaining_data: '20480',
    });
    const used = { iccid: testing, kind: 'data', at: '2026-11-02T09:30:00Z', bytes: 4096 };
    await client.control('/usage', { method: 'POST', body: used });
    expect(await client.get(`/api/v2.1/sims/${testing}/status/`)).toMatchObject({ remaining_data: '20476' });
    const statuses = await client.list('/api/v2.2/sims/status/?subscriptionStatus=PROVISIONED');
    expect(statuses.length).toBeGreaterThan(0);
    for (const { status } of statuses) expect(status).toMatchObject({ sim_card_service: 'PROVISION' });
  });

  test('is renamed and moved after the answer', async () => {
    const iccid = await client.inState('SUSPENDED');
    const path = `/api/v2.2/sims/${iccid}/`;
    const patch = (body: unknown) => client.call(path, { method: 'PATCH', body });
    const reply = await patch({ label: 'Renamed', organization: 'Sandbox Iberia' });
    expect([reply.status, reply.body]).toEqual([202, {}]);
    expect(await client.get(path)).not.toMatchObject({ label: 'Renamed' });
    client.sandbox.advance(2000);
    expect(await client.get(path)).toMatchObject({ label: 'Renamed', organization: 'Sandbox Iberia' });
    expect((await client.effects()).at(-1)).toMatchObject({
      operationId: 'updateSimCard',
      subject: [iccid],
      state: 'done',
    });
    const before = (await client.effects()).length;
    await patch({ label: 'Renamed' });
    expect(await client.effects()).toHaveLength(before);
    const unknown = await patch({ organization: 'Nobody' });
    expect([unknown.status, unknown.body]).toEqual([400, { detail: 'Organization "Nobody" does not exist!' }]);
  });
});

test('the last of two renamings wins', async () => {
  const iccid = await client.inState('PROVISIONED');
  const path = `/api/v2.2/sims/${iccid}/`;
  const { label } = (await client.get(path)) as Sim;
  await client.call(path, { method: 'PATCH', body: { label: 'Other' } });
  await client.call(path, { method: 'PATCH', body: { label } });
  client.sandbox.advance(2000);
  expect(await client.get(path)).toMatchObject({ label });
});

test('a SIM that the vendor changes shows the new words, known or not', async () => {
  const iccid = await client.inState('BLOCKED');
  await client.control(`/sims/${iccid}`, {
    method: 'PATCH',
    body: { state: 'FROZEN', services: { sms_mt_service: 'SUSPENDED' }, tags: ['Meters', 'Made now'] },
  });
  expect(await client.get(`/api/v2.2/sims/${iccid}/`)).toMatchObject({
    subscription: { subscriptionStatus: 'FROZEN', bearerServices: { smsMt: 'SUSPENDED' } },
    tags: [{ label: 'Made now' }, { label: 'Meters' }],
  });
});

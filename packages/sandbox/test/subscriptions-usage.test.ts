import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, type Client, list, startClient, texts } from './subscriptions-client.js';

let client: Client;
beforeEach(async () => {
  client = await startClient();
});
afterEach(async () => {
  const { violations } = (await client.control('/stats')) as { violations: unknown };
  await client.sandbox.close();
  expect(violations).toEqual([]);
});

interface Item {
  readonly id: string;
  readonly type: 'data' | 'voice' | 'sms';
  readonly direction: string;
  readonly quantity: number;
  readonly charged_quantity: number;
  readonly started_at: string;
  readonly processed_at: string;
  readonly location_country: string;
  readonly cost_type: string;
  readonly from_msisdn: unknown;
}
const items = async (query = ''): Promise<readonly Item[]> =>
  (await client.all(`/usage/items?limit=100${query}`, 'items')) as readonly Item[];
const only = (found: readonly Item[], type: string): readonly Item[] => found.filter((item) => item.type === type);
const total = (found: readonly Item[]): number => found.reduce((sum, item) => sum + item.quantity, 0);
const activeSim = async (): Promise<{ iccid: string; vendorId: string }> => {
  const sims = (await client.control('/sims')) as { iccid: string; vendorId: string; state: string }[];
  return sims.find(({ state }) => state === 'active') ?? { iccid: '', vendorId: '' };
};
const add = (usage: object): Promise<unknown> => client.control('/usage', { method: 'POST', body: usage });

describe('usage items', () => {
  it('come newest first, each once, at any page size', async () => {
    const all = await items();
    expect(all.length).toBeGreaterThan(300);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const starts = all.map(({ started_at }) => Date.parse(started_at));
    expect(starts).toEqual(starts.toSorted((a, b) => b - a));
    expect(await client.all('/usage/items?limit=17', 'items')).toEqual(all);
  });

  it('show numbers as JSON numbers, and data without the other party', async () => {
    const all = await items();
    for (const item of all) expect(typeof item.from_msisdn).toBe('number');
    for (const item of only(all, 'data')) {
      expect(item).toMatchObject({ unit: 'bytes', technology: '4G', direction: 'outbound' });
      expect(item).not.toHaveProperty('to_msisdn');
      expect(item).not.toHaveProperty('is_recorded');
    }
    for (const item of only(all, 'voice')) {
      expect(item).toMatchObject({
        unit: 'seconds',
        technology: 'cs',
        to_msisdn: expect.any(Number),
        is_recorded: expect.any(Boolean),
      });
    }
    expect(only(all, 'sms').length).toBeGreaterThan(0);
    expect(new Set(all.map(({ cost_type }) => cost_type)).size).toBeGreaterThan(1);
    for (const { processed_at } of all) expect(processed_at).toMatch(/\.\d{6}Z$/);
  });

  it('charge begun minutes and KiB', async () => {
    const all = await items();
    for (const call of only(all, 'voice')) expect(call.charged_quantity).toBe(Math.ceil(call.quantity / 60) * 60);
    for (const data of only(all, 'data')) expect(data.charged_quantity).toBe(Math.ceil(data.quantity / 1024) * 1024);
    expect(only(all, 'voice').some((call) => call.charged_quantity > call.quantity)).toBe(true);
  });

  it('show numbers as text behind a switch', async () => {
    const other = await startClient({ switches: { usageMsisdn: 'string' } });
    const { body } = await other.call('/usage/items?limit=1');
    expect(at(body, '_embedded', 'items', 0, 'from_msisdn')).toMatch(/^\d{11,15}$/);
    await other.sandbox.close();
  });

  it('lead to the product they were charged to', async () => {
    const { body } = await client.call('/usage/items?limit=1');
    const path = new URL(String(at(body, '_embedded', 'items', 0, '_links', 'product', 'href'))).pathname;
    expect(path).toMatch(/\/prd_/);
    expect((await client.call(path.replace('/subscriptions/enterprise', ''))).status).toBe(200);
  });
});

describe('filters', () => {
  it('take dates, both included, in UTC', async () => {
    const days = (found: readonly Item[]) => new Set(found.map(({ started_at }) => started_at.slice(0, 10)));
    expect(days(await items('&from-date=2026-10-30&to-date=2026-10-31'))).toEqual(
      new Set(['2026-10-30', '2026-10-31']),
    );
    expect(days(await items('&from-date=2026-10-31'))).toEqual(new Set(['2026-10-31', '2026-11-01']));
    expect(await items('&from-date=2026-10-31&to-date=2026-10-30')).toEqual([]);
    for (const query of ['from-date=31.10.2026', 'to-date=2026-02-30', 'from-date=2026-10-31T00:00:00Z']) {
      expect((await client.call(`/usage/items?${query}`)).status).toBe(400);
    }
  });

  it('take subscription, subscriber, number and account, and repeat them in the next link', async () => {
    const { vendorId } = await activeSim();
    const all = (await client.all('/usage/items?limit=100', 'items')) as readonly Item[];
    const mine = all.filter((item) => String(at(item, '_links', 'subscription', 'href')).endsWith(vendorId));
    expect(mine.length).toBeGreaterThan(0);
    expect(await items(`&subscription-id=${vendorId}`)).toEqual(mine);
    const last = (name: string) =>
      String(at(mine[0], '_links', name, 'href'))
        .split('/')
        .at(-1);
    expect(await items(`&subscriber-id=${last('subscriber')}`)).toEqual(mine);
    expect(await items(`&msisdn=${String(only(mine, 'data')[0]?.from_msisdn)}`)).toEqual(mine);
    const account = await items(`&account-id=${last('account')}`);
    expect(account.length).toBeGreaterThan(mine.length);
    expect(account.length).toBeLessThan(all.length);

    const query = `from-date=2026-10-25&account-id=${last('account')}&type=data&type=sms`;
    const { body } = await client.call(`/usage/items?${query}&limit=5`);
    const href = String(at(body, '_links', 'next', 'href'));
    expect(href.slice(href.indexOf('?'))).toMatch(new RegExp(`^\\?cursor=[^&]+&${query}&limit=5$`));
    expect(decodeURIComponent(/cursor=([^&]+)/.exec(href)?.[1] ?? '')).toBe(new URL(href).searchParams.get('cursor'));
  });

  it('take kinds and costs as repeated keys, and a direction', async () => {
    const all = await items();
    expect(await items('&type=voice&type=sms')).toEqual(all.filter(({ type }) => type !== 'data'));
    expect(await items('&direction=inbound')).toEqual(all.filter(({ direction }) => direction === 'inbound'));
    expect(await items('&cost-type=free')).toEqual(all.filter(({ cost_type }) => cost_type === 'free'));
    expect((await client.call('/usage/items?type=voice,sms')).status).toBe(400);
    expect((await client.call('/usage/items?cost-type=paid')).status).toBe(400);
  });

  it('ignore names in the wrong style', async () => {
    const { vendorId } = await activeSim();
    const wrong = `&from_date=2026-10-31&subscription_id=${vendorId}&cost_type=free`;
    expect(await items(wrong)).toEqual(await items());
  });

  it('cannot name a North American number or a malformed id', async () => {
    for (const query of [
      'msisdn=19172000021',
      'msisdn=%2B31610000000',
      'subscription-id=sub_1',
      'account-id=acc_045EAABBCCDD746VVV',
    ]) {
      expect((await client.call(`/usage/items?${query}`)).status).toBe(400);
    }
    expect(await items('&subscription-id=sub_01HTJA47C93ABKKR58T05JBAJB')).toEqual([]);
    expect(
      (await client.call('/usage/items?cursor=dWl0ZW1fMDFKRU5ZUTFIOUpBOFROTUtBODFDQzFEOVh8TmV4dA%3D%3D')).status,
    ).toBe(400);
  });
});

describe('the usage truth', () => {
  it('is what the items add up to, by kind, country and day', async () => {
    const from = '2026-10-24';
    const { rows } = (await client.control(`/usage?from=${from}&to=2026-11-02&by=kind,day,country`)) as {
      rows: {
        kind: string;
        day: string;
        country: string;
        records: number;
        bytes: number | null;
        seconds: number | null;
        messages: number | null;
      }[];
    };
    const all = await items(`&from-date=${from}&to-date=2026-11-01`);
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const found = all.filter(
        (item) =>
          item.type === row.kind && item.started_at.startsWith(row.day) && item.location_country === row.country,
      );
      expect(found).toHaveLength(row.records);
      expect(total(found)).toBe(row.bytes ?? row.seconds ?? row.messages);
    }
    expect(rows.reduce((sum, { records }) => sum + records, 0)).toBe(all.length);
  });

  it('shows late, corrected and doubled records', async () => {
    const { iccid, vendorId } = await activeSim();
    const mine = `&subscription-id=${vendorId}&from-date=2026-10-30&to-date=2026-10-30`;
    await items();
    await add({ iccid, kind: 'voice', at: '2026-10-30T10:00:00.250Z', seconds: 45, how: 'late' });
    const late = (await items(mine)).find(({ started_at }) => started_at === '2026-10-30T10:00:00.250Z');
    expect(late).toMatchObject({
      quantity: 45,
      charged_quantity: 60,
      processed_at: expect.stringMatching(/^2026-11-02T09:30/),
    });

    await add({ iccid, kind: 'voice', at: '2026-10-30T10:00:00.250Z', seconds: 30, how: 'corrected' });
    const corrected = (await items(mine)).find(({ id }) => id === late?.id);
    expect(corrected).toMatchObject({ quantity: 30 });

    await add({ iccid, kind: 'voice', at: '2026-10-30T10:00:00.250Z', how: 'duplicate' });
    for (const limit of [1, 2, 100]) {
      const listed = await client.all(`/usage/items?limit=${limit}${mine}`, 'items');
      expect(texts(listed, 'id').filter((id) => id === late?.id)).toHaveLength(2);
    }
    expect(
      texts(await client.all('/usage/items?limit=100', 'items'), 'id').filter((id) => id === late?.id),
    ).toHaveLength(2);
  });

  it('shows what is older than the first day', async () => {
    const { iccid } = await activeSim();
    await add({ iccid, kind: 'sms', at: '2026-01-05T10:00:00Z', messages: 1 });
    expect((await items()).at(-1)).toMatchObject({ type: 'sms', started_at: '2026-01-05T10:00:00Z', unit: 'messages' });
  });

  it('follows a subscription to its new SIM', async () => {
    const { iccid, vendorId } = await activeSim();
    const before = await items(`&subscription-id=${vendorId}`);
    const { body } = await client.call(`/subscriptions/${vendorId}`);
    await client.post('/orders', {
      type: 'change_sim_profile',
      account_id: String(at(body, '_links', 'account', 'href'))
        .split('/')
        .at(-1),
      subscription_id: vendorId,
      sim_profile: { sim_type: 'esim', delivery: { type: 'api' } },
    });
    client.sandbox.advance(3000);
    const sims = (await client.control('/sims')) as { iccid: string; vendorId: string }[];
    const swapped = sims.find((sim) => sim.vendorId === vendorId);
    expect(swapped?.iccid).not.toBe(iccid);
    await add({ iccid: swapped?.iccid, kind: 'data', at: '2026-11-02T09:00:00Z', bytes: 1000 });
    const after = await items(`&subscription-id=${vendorId}`);
    expect(after.slice(1)).toEqual(before);
    expect(after[0]).toMatchObject({ type: 'data', quantity: 1000, charged_quantity: 1024 });
    const truth = (await client.control('/usage?by=iccid&from=2026-10-01')) as {
      rows: { iccid: string; records: number }[];
    };
    expect(truth.rows.find((row) => row.iccid === swapped?.iccid)?.records).toBe(after.length);
  });

  it('grows with every day that ends, for active subscriptions only', async () => {
    const before = await items();
    client.sandbox.advance(24 * 3_600_000);
    await client.signIn();
    const after = await items();
    expect(after.slice(after.length - before.length)).toEqual(before);
    expect(after.length).toBeGreaterThan(before.length);
    const used = new Set(texts(after, '_links', 'subscription', 'href').map((href) => href.split('/').at(-1)));
    const sims = (await client.control('/sims')) as { vendorId: string; state: string }[];
    for (const { vendorId, state } of sims) if (state !== 'active') expect(used).not.toContain(vendorId);
  });
});

it('lists the usage of a large fleet page by page in good time', async () => {
  const large = await startClient({ sims: 33_000, days: 3 });
  let path = '/usage/items?limit=100';
  let previous = Number.POSITIVE_INFINITY;
  for (let page = 0; page < 50; page++) {
    const { body } = await large.call(path);
    for (const item of list(body, '_embedded', 'items')) {
      const startedAt = Date.parse(String(at(item, 'started_at')));
      expect(startedAt).toBeLessThanOrEqual(previous);
      previous = startedAt;
    }
    path = `/usage/items${new URL(String(at(body, '_links', 'next', 'href'))).search}`;
  }
  await large.sandbox.close();
});

import type { Iccid, TimeWindow } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { vendorFor } from './support.js';

const vendor = await vendorFor();
const limited = await vendorFor({}, { limits: true, sims: 900 });
const odd = await vendorFor({
  statusShape: 'text',
  changeStatusAnswer: 200,
  malformedResourceUrl: true,
  reportIccid: 'number',
  reportUsage: 'number',
  validUntilOffset: true,
  trailingSlash: 'strict',
});
const old = await vendorFor({ versions: ['v2.0'] });

const october = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' } as TimeWindow;

describe('a listing', () => {
  it('in pages of any size has every SIM once, whatever the links say', async () => {
    const provider = vendor.provider();
    await vendor.fault({ operationId: 'listSimCards', kind: 'foreign-next-link', when: 'after', times: 50 });
    const iccids: Iccid[] = [];
    for await (const { items } of provider.inventory.list().pages({ size: 6 }))
      iccids.push(...items.map(({ iccid }) => iccid));
    expect(iccids.toSorted()).toEqual((await vendor.sims()).map(({ iccid }) => iccid).toSorted());
    const past = provider.client.listSimCards({ page: 999, per_page: 6 });
    await expect(past).rejects.toMatchObject({ kind: 'not-found' });
    await provider.close();
  });

  it('ends where a page is gone that was there when the list began', async () => {
    const provider = vendor.provider();
    await vendor.fault({
      operationId: 'listSimCards',
      kind: 'status',
      status: 404,
      when: 'before',
      skip: 1,
      times: 50,
    });
    const seen: Iccid[] = [];
    for await (const { items } of provider.inventory.list().pages({ size: 6 }))
      seen.push(...items.map(({ iccid }) => iccid));
    expect(seen).toHaveLength(6);
    // The first page is not past any end: that it is missing is an error.
    await vendor.fault({ operationId: 'listSimCards', kind: 'status', status: 404, when: 'before' });
    await expect(provider.inventory.list().toArray({ limit: 1 })).rejects.toMatchObject({ kind: 'not-found' });
    await provider.close();
  });

  it('pushes down what the vendor filters, in the vendor words', async () => {
    const provider = vendor.provider();
    const [sim] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
    const filters = [
      [{ states: ['active'] as const }, 'subscriptionStatus'],
      [{ label: String(sim?.label) }, 'label'],
      [
        {
          tags: [
            String(
              (await provider.inventory.list().toArray({ limit: 100 })).find(({ tags }) => tags.length > 0)?.tags[0],
            ),
          ],
        },
        'tag',
      ],
      [{ msisdn: sim!.msisdns[0]! }, 'msisdn'],
      [{ imsi: sim!.imsis[0]! }, 'imsi'],
    ] as const;
    for (const [filter, name] of filters) {
      const before = (await vendor.requests()).length;
      const found = await provider.inventory.list(filter).toArray({ limit: 100 });
      expect(found.length, name).toBeGreaterThan(0);
      const paths = (await vendor.requests()).slice(before).map(({ path }) => path);
      expect(
        paths.some((path) => new RegExp(`[?&]\\w*${name}`, 'i').test(path)),
        `${name} in ${paths[0]}`,
      ).toBe(true);
    }
    await provider.close();
  });

  it('uses what the vendor allows, told by its headers, and is never throttled', async () => {
    const provider = limited.provider();
    let count = 0;
    // 300 pages of one: as many calls as a minute has.
    for await (const { items } of provider.inventory.list().pages({ size: 1 })) count += items.length;
    expect(count).toBe(300);
    const { rows } = await limited.control<{ rows: readonly { adapter: string; status: number }[] }>('stats');
    expect(rows.filter(({ adapter, status }) => adapter === 'truphone' && status === 429)).toEqual([]);
    await provider.close();
  });
});

describe('an account of an older version', () => {
  it('is refused with 401, and is told why', async () => {
    const provider = old.provider();
    const error: unknown = await provider.inventory
      .list()
      .toArray({ limit: 1 })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'authentication', message: expect.stringContaining('version') as string });
    await provider.close();
  });
});

describe('a vendor that does the other thing', () => {
  it('is served all the same: text status, 200 OK, strict slashes, a malformed URL', async () => {
    const provider = odd.provider();
    const [iccid] = await odd.iccids('ACTIVE');
    const [moved] = await provider.lifecycle.change({ sims: [iccid!], to: 'suspended' });
    if (moved?.status !== 'accepted') return expect.fail('expected accepted');
    expect(await provider.lifecycle.confirm([moved.pending])).toMatchObject([{ status: 'applied' }]);
    const [, other] = await odd.iccids('ACTIVE');
    const [sent] = await provider.messaging!.send({ to: [{ sim: other! }], text: 'hello' });
    if (sent?.status !== 'accepted') return expect.fail('expected accepted');
    expect(await provider.messaging!.delivery!(sent.message)).toMatchObject([{ to: { iccid: other } }]);
    await provider.close();
    return undefined;
  });

  it('reports the same usage, ICCIDs as numbers or not', async () => {
    const sumOf = async (of: typeof vendor) => {
      const provider = of.provider();
      const records = await provider.usage!.records({ window: october, kinds: ['data'] }).toArray({ limit: 100_000 });
      await provider.close();
      const known = new Set((await of.sims()).map(({ iccid }) => iccid));
      expect(records.every(({ iccid }) => iccid !== null && known.has(iccid))).toBe(true);
      return records.reduce((sum, { bytes }) => sum + (bytes?.total ?? 0), 0);
    };
    const sum = await sumOf(vendor);
    expect(sum).toBeGreaterThan(0);
    expect(await sumOf(odd)).toBe(sum);
  });
});

describe('usage', () => {
  it('of SMS comes from records or, by option, from the report, never from both', async () => {
    const read = async (smsUsage: 'records' | 'report') => {
      const provider = vendor.provider({ smsUsage });
      const records = await provider.usage!.records({ window: october, kinds: ['sms'] }).toArray({ limit: 100_000 });
      await provider.close();
      return {
        grains: [...new Set(records.map(({ grain }) => grain))],
        sum: records.reduce((sum, { messages }) => sum + (messages ?? 0), 0),
      };
    };
    const records = await read('records');
    expect(records).toMatchObject({ grains: ['event'] });
    expect(await read('report')).toEqual({ grains: ['day'], sum: records.sum });
  });

  it('of more than six months is asked for in parts that the vendor takes', async () => {
    const provider = vendor.provider();
    const window = { from: '2026-01-01T00:00:00.000Z', to: '2026-11-15T00:00:00.000Z' } as TimeWindow;
    const records = await provider.usage!.records({ window, kinds: ['data'] }).toArray({ limit: 100_000 });
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expect(
      (await vendor.requests()).filter(({ operationId, status }) => operationId === 'generateReport' && status !== 200),
    ).toEqual([]);
    await provider.close();
  });

  it('whose link has died on the way is asked for anew', async () => {
    const provider = vendor.provider();
    await vendor.fault({
      operationId: 'downloadReport',
      kind: 'status',
      status: 400,
      when: 'before',
      body: JSON.stringify({ detail: 'Report not available' }),
    });
    const records = await provider.usage!.records({ window: october, kinds: ['data'] }).toArray({ limit: 100_000 });
    expect(records.length).toBeGreaterThan(0);
    await provider.close();
  });
});

describe('a rate plan', () => {
  it('changes with the next cycle, and the change can be taken back', async () => {
    const provider = vendor.provider();
    const [iccid] = await vendor.iccids('ACTIVE');
    const before = (await provider.inventory.get(iccid!)).ratePlan;
    const plans = await provider.lifecycle.ratePlans!.list().toArray({ limit: 10 });
    const plan = plans.find(({ id }) => id !== before)!.id;
    const [outcome] = await provider.lifecycle.ratePlans!.change({ sims: [iccid!], plan });
    expect(outcome?.status).toBe('accepted');
    expect((await provider.inventory.get(iccid!)).ratePlan).toBe(before);
    const [cancelled] = await provider.lifecycle.ratePlans!.cancelChange({ sims: [iccid!] });
    expect(['applied', 'unchanged']).toContain(cancelled?.status);
    await vendor.advance(40 * 24 * 3_600_000);
    expect((await provider.inventory.get(iccid!)).ratePlan).toBe(before);
    await provider.close();
  });
});

describe('PIN and PUK', () => {
  it('come through one door', async () => {
    const provider = vendor.provider();
    const [iccid] = await vendor.iccids('ACTIVE');
    const sim = await provider.inventory.get(iccid!);
    const { pin1, puk1 } = await provider.inventory.secrets!(sim);
    expect([pin1, puk1]).toEqual([expect.stringMatching(/^\d{4,8}$/), expect.stringMatching(/^\d{8}$/)]);
    expect(JSON.stringify(sim)).not.toContain(String(puk1));
    await provider.close();
  });
});

import { ConnectivityError, type Iccid, plan, type TimeWindow, type UsageRecord } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { vendorFor } from './support.js';

const vendor = await vendorFor();
/** With the vendor's real limits. */
const limited = await vendorFor({}, { limits: true, sims: 2700 });

const november = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-15T00:00:00.000Z' } as TimeWindow;
const countOf = async (operationId: string) =>
  (await vendor.requests()).filter((request) => request.operationId === operationId).length;

describe('the allowance of an address', () => {
  it('is used up to 98 % and more by a long bulk read, and never overdrawn', async () => {
    const provider = limited.provider();
    const sims = await provider.inventory.list().toArray({ limit: 900 });
    const started = limited.time;
    let calls = 0;
    for await (const { items } of provider.usage!.records({ window: november, grain: 'month', sims }).pages())
      calls += items.length >= 0 ? 1 : 0;
    expect(calls).toBeGreaterThan(0);
    const { rows } = await limited.stats();
    expect(rows.filter(({ status }) => status === 429)).toEqual([]);
    const reads = rows
      .filter(({ operationId }) => operationId === 'getSimStats')
      .reduce((sum, { count }) => sum + count, 0);
    expect(reads).toBe(900);
    const seconds = (limited.time - started) / 1000;
    // 2,000 calls in 5 minutes; a lane of 10 a second is wider.
    expect(reads / seconds / (2000 / 300)).toBeGreaterThanOrEqual(0.98);
    await provider.close();
  });
});

describe('a ref', () => {
  it('that is no id of this vendor is refused before any call', async () => {
    const provider = vendor.provider();
    const [outcome] = await provider.lifecycle.change({
      sims: [{ iccid: '8988303042003100018' as Iccid, ref: '../user/1' }],
      to: 'suspended',
    });
    expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'input', effect: 'none' } });
    expect(await vendor.requests()).toEqual([]);
    await provider.close();
  });

  it('of another SIM than the ICCID beside it is a conflict, and neither is touched', async () => {
    const provider = vendor.provider();
    const [one, other] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 2 });
    const [outcome] = await provider.lifecycle.change({
      sims: [{ iccid: one!.iccid, ref: other!.ref! }],
      to: 'suspended',
    });
    expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'conflict', effect: 'none' } });
    expect(await vendor.effects()).toEqual([]);
    await provider.close();
  });
});

describe('a plan', () => {
  it('from issued to suspended goes through activated, and says what each step costs', () => {
    const provider = vendor.provider();
    const { path, steps } = plan(provider.capabilities.transitions, 'inventory', 'suspended');
    expect(path).toEqual(['inventory', 'active', 'suspended']);
    expect(steps.map(({ billing }) => billing)).toEqual([
      expect.stringMatching(/active SIM is billed/),
      expect.stringMatching(/billed to the end of the month/),
    ]);
  });
});

describe('the organisations of a SIM', () => {
  it('are changed by its issuer through the client, to the right kind of organisation only', async () => {
    const provider = vendor.provider();
    const sim_id = 1000004;
    await provider.client.updateSim({ sim_id, body: { reseller_org: { id: 7004 } } });
    expect((await provider.client.getSim({ sim_id })).data).toMatchObject({ reseller_org: { id: 7004 } });
    const wrongKind = provider.client.updateSim({ sim_id, body: { customer_org: { id: 9001 } } });
    await expect(wrongKind).rejects.toMatchObject({ status: 422, effect: 'none' });
    await provider.close();
  });

  it('are not the business of a customer', async () => {
    const provider = vendor.provider();
    const [sim] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
    const change = provider.client.updateSim({ sim_id: sim!.ref!, body: { reseller_org: { id: 7004 } } });
    await expect(change).rejects.toMatchObject({ kind: 'permission', effect: 'none' });
    expect(await vendor.effects()).toEqual([]);
    await provider.close();
  });
});

describe('usage', () => {
  it('of a SIM that cannot be read leaves the others whole, and ends by naming it', async () => {
    const provider = vendor.provider();
    const sims = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 6 });
    await vendor.fault({ operationId: 'getSimStats', kind: 'status', status: 404, when: 'before', skip: 2 });
    const records: UsageRecord[] = [];
    const failure = await (async () => {
      for await (const record of provider.usage!.records({ window: november, grain: 'month', sims }))
        records.push(record);
      return null;
    })().catch((error: unknown) => error);
    expect(ConnectivityError.is(failure, 'partial') && failure.details.failures).toMatchObject([
      { kind: 'not-found', message: expect.stringMatching(/^SIM 8988/) },
    ]);
    expect(new Set(records.map(({ iccid }) => iccid)).size).toBe(5);
    await provider.close();
  });

  it('ends at once where the next SIM would fail in the same way', async () => {
    const provider = vendor.provider();
    const sims = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 6 });
    await vendor.fault({ operationId: 'getSimStats', kind: 'status', status: 403, when: 'before', times: 20 });
    const read = provider.usage!.records({ window: november, grain: 'month', sims }).toArray({ limit: 100 });
    await expect(read).rejects.toMatchObject({ kind: 'permission' });
    expect(await countOf('getSimStats')).toBeLessThanOrEqual(6);
    await provider.close();
  });

  it('refuses a window that ends before it begins, and asks nothing for kinds or grains that are not told', async () => {
    const provider = vendor.provider();
    const [sim] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
    const backwards = { from: november.to, to: november.from };
    const read = (query: Partial<Parameters<NonNullable<typeof provider.usage>['records']>[0]>) =>
      provider.usage!.records({ window: november, sims: [sim!], ...query }).toArray({ limit: 10 });
    await expect(read({ window: backwards })).rejects.toMatchObject({ kind: 'input' });
    expect(await read({ kinds: ['voice'] })).toEqual([]);
    expect(await read({ grain: 'event' })).toEqual([]);
    expect(await read({ window: { from: november.from, to: november.from } })).toEqual([]);
    expect(await countOf('getSimStats')).toBe(0);
    await provider.close();
  });
});

describe('looking up many SIMs', () => {
  it('tells of each that the list does not have, after one complete pass', async () => {
    const provider = vendor.provider();
    const sims = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 4 });
    const unknown = ['8988303042003199919', '8988303042003199927'] as Iccid[];
    const outcomes = await provider.lifecycle.change({
      sims: [...sims.map(({ iccid }) => iccid), ...unknown],
      to: 'suspended',
    });
    expect(outcomes.map(({ status }) => status)).toEqual([
      'applied',
      'applied',
      'applied',
      'applied',
      'failed',
      'failed',
    ]);
    expect(outcomes.at(-1)).toMatchObject({ iccid: unknown[1], error: { kind: 'not-found', effect: 'none' } });
    await provider.close();
  });

  it('fails for all of them where the list cannot be read', async () => {
    const provider = vendor.provider();
    await vendor.fault({ operationId: 'listSims', kind: 'status', status: 403, when: 'before', times: 20 });
    const sims = Array.from({ length: 5 }, (_, index) => `898830304200319${1000 + index}` as Iccid);
    const outcomes = await provider.lifecycle.change({ sims, to: 'suspended' });
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['failed']));
    expect(outcomes[0]).toMatchObject({ error: { kind: 'permission' } });
    expect(await vendor.effects()).toEqual([]);
    await provider.close();
  });
});

describe('an SMS', () => {
  it.each([
    ['', /empty/],
    ['a'.repeat(161), /has 161 units; one SMS holds 160/],
    ['日'.repeat(71), /holds 70, since it has characters outside the GSM alphabet/],
  ])('that is no single message is refused before any call: %#', async (text, message) => {
    const provider = vendor.provider();
    const outcomes = await provider.messaging!.send({ to: [{ sim: '8988303042003100018' as Iccid }], text });
    expect(outcomes).toMatchObject([{ status: 'failed', error: { kind: 'input', effect: 'none' } }]);
    expect((outcomes[0] as { readonly error: { readonly message: string } }).error.message).toMatch(message);
    expect(await vendor.requests()).toEqual([]);
    await provider.close();
  });

  it('of other characters goes out as UCS-2', async () => {
    const provider = vendor.provider();
    const [sim] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
    const [outcome] = await provider.messaging!.send({ to: [{ sim: sim! }], text: '日本' });
    if (outcome?.status !== 'accepted') throw new Error(outcome?.status);
    const [endpoint_id = '', sms_id = ''] = outcome.message.id.split('/');
    const { data } = await provider.client.getEndpointSms({ endpoint_id, sms_id });
    expect(data).toMatchObject({ payload: '日本', dcs: '8' });
    await provider.close();
  });
});

describe('a cursor', () => {
  it('that is none of ours is refused', async () => {
    const provider = vendor.provider();
    const pages = provider.messaging!.list!({}).pages({ cursor: 'b29wcw' });
    await expect(pages[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'input' });
    await provider.close();
  });
});

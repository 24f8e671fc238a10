import { ConnectivityError, type Iccid, type SimOutcome } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { vendorFor } from './support.js';

const vendor = await vendorFor();
const applying = await vendorFor({ batchStatus: 'applied' });
const shortLived = await vendorFor({ tokenSeconds: 60 });
/** With the vendor's real limits, and more SIMs than one page of ours. */
const limited = await vendorFor({}, { limits: true, sims: 900 });

const countOf = async (of: typeof vendor, operationId: string) =>
  (await of.requests()).filter((request) => request.operationId === operationId).length;

function failed(outcome: SimOutcome | undefined) {
  if (outcome?.status !== 'failed') throw new Error(`was ${outcome?.status}`);
  return outcome.error;
}

describe('a listing', () => {
  it('ends at the last page, though every page behind it is that page again', async () => {
    const provider = vendor.provider();
    const { data, headers } = await provider.client.listSims({ per_page: 10, page: 1 });
    const last = Number(headers.get('x-total-pages'));
    const past = await provider.client.listSims({ per_page: 10, page: last + 3 });
    expect(past.data).toEqual((await provider.client.listSims({ per_page: 10, page: last })).data);
    expect(data).toHaveLength(10);
    const iccids: Iccid[] = [];
    for await (const { items } of provider.inventory.list().pages({ size: 7 }))
      iccids.push(...items.map(({ iccid }) => iccid));
    expect(iccids.toSorted()).toEqual((await vendor.sims()).map(({ iccid }) => iccid).toSorted());
    await provider.close();
  });

  it('goes on over a token that is rejected on the way, and over one that lives a minute', async () => {
    const provider = vendor.provider();
    await vendor.fault({ operationId: 'listSims', kind: 'bad-token', when: 'before', skip: 1 });
    let count = 0;
    for await (const { items } of provider.inventory.list().pages({ size: 5 })) count += items.length;
    expect(count).toBe((await vendor.sims()).length);
    expect(await countOf(vendor, 'authenticate')).toBe(2);
    await provider.close();

    const brief = shortLived.provider();
    let seen = 0;
    for await (const { items } of brief.inventory.list().pages({ size: 5 })) {
      seen += items.length;
      await shortLived.advance(40_000);
    }
    expect(seen).toBe((await shortLived.sims()).length);
    await brief.close();
  });

  it('pushes its filters down, sorted by id', async () => {
    const provider = vendor.provider();
    const sims = await provider.inventory.list({ states: ['suspended'] }).toArray({ limit: 100 });
    expect(sims.length).toBeGreaterThan(0);
    const query = new URLSearchParams(
      (await vendor.requests()).find(({ operationId }) => operationId === 'listSims')!.path.split('?')[1],
    );
    expect([query.get('q'), query.get('sort')]).toEqual(['status:2', 'id']);
    await provider.close();
  });

  it('uses what the lanes allow, and is never throttled', async () => {
    const provider = limited.provider();
    const sims = await provider.inventory.list().toArray({ limit: 1000 });
    expect(sims).toHaveLength(300);
    const { from, to } = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-15T00:00:00.000Z' } as const;
    const records = await provider
      .usage!.records({ window: { from, to } as never, sims: sims.slice(0, 120) })
      .toArray({ limit: 20_000 });
    expect(records.length).toBeGreaterThan(0);
    const { rows } = await limited.stats();
    expect(rows.filter(({ status }) => status === 429)).toEqual([]);
    await provider.close();
  });
});

describe('signing in', () => {
  it('with a wrong token is tried once, whatever is asked: three failures in a row would lock the account out', async () => {
    const provider = vendor.provider({ applicationToken: 'wrong' });
    for (let round = 0; round < 5; round++)
      await expect(provider.inventory.get('8988303042003100018' as Iccid)).rejects.toMatchObject({
        kind: 'authentication',
      });
    expect(await countOf(vendor, 'authenticate')).toBe(1);
    await provider.close();
  });
});

describe('a bare ICCID', () => {
  it('is looked up by a filter, many by one pass over the list, and a SIM with its ref by nothing', async () => {
    const provider = vendor.provider();
    const sims = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 100 });
    const calls = async (work: () => Promise<unknown>) => {
      const before = await countOf(vendor, 'listSims');
      await work();
      return (await countOf(vendor, 'listSims')) - before;
    };
    const suspend = (targets: readonly Parameters<typeof provider.lifecycle.change>[0]['sims'][number][]) => () =>
      provider.lifecycle.change({ sims: targets, to: 'suspended' });
    expect(await calls(suspend(sims.slice(0, 2)))).toBe(0);
    expect(await calls(suspend([sims[2]!.iccid]))).toBe(1);
    expect(await calls(suspend(sims.slice(3, 12).map(({ iccid }) => iccid)))).toBeLessThan(4);
    await provider.close();
  });
});

describe('a move', () => {
  it('outside the table is refused before any call, with what may follow and the way', async () => {
    const provider = vendor.provider();
    const [issued] = await provider.inventory.list({ states: ['inventory'] }).toArray({ limit: 1 });
    const [outcome] = await provider.lifecycle.change({ sims: [issued!], to: 'suspended' });
    expect(failed(outcome)).toMatchObject({
      kind: 'illegal-transition',
      effect: 'none',
      details: { legal: ['active', 'test', 'retired'], via: ['inventory', 'active', 'suspended'] },
    });
    expect(await vendor.effects()).toEqual([]);
    expect(await countOf(vendor, 'updateSim')).toBe(0);
    await provider.close();
  });

  it('to the end is refused while an endpoint is assigned, with the order of a release', async () => {
    const provider = vendor.provider();
    const [sim] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
    const [outcome] = await provider.lifecycle.change({ sims: [sim!], to: 'retired', irreversible: true });
    const error = failed(outcome);
    expect(error.kind).toBe('conflict');
    for (const word of ['suspend', 'disable', 'release', 'delete']) expect(error.message.toLowerCase()).toContain(word);
    expect(await vendor.effects()).toEqual([]);
    await provider.close();
  });

  it('to the end needs to be meant', async () => {
    const provider = vendor.provider();
    const [sim] = await provider.inventory.list({ states: ['inventory'] }).toArray({ limit: 1 });
    const [outcome] = await provider.lifecycle.change({ sims: [sim!], to: 'retired' });
    expect(failed(outcome)).toMatchObject({ kind: 'input', effect: 'none' });
    expect(await vendor.effects()).toEqual([]);
    await provider.close();
  });
});

describe('a batch', () => {
  it('that cannot be registered says why', async () => {
    const provider = vendor.provider();
    const { valid, registered, foreign } = vendor.sandbox.info.bics;
    const reasonOf = async (code: string) => {
      const { registrable, reason, quantity } = await provider.inventory.batches!.validate({ code });
      return { registrable, reason, counted: quantity !== null && quantity > 0 };
    };
    expect(await reasonOf(String(valid[0]))).toEqual({ registrable: true, reason: null, counted: true });
    expect(await reasonOf(registered)).toMatchObject({ registrable: false, reason: 'already-registered' });
    expect(await reasonOf(foreign)).toMatchObject({ registrable: false, reason: 'foreign-sims' });
    expect(await reasonOf('9999999999999999')).toMatchObject({ registrable: false, reason: 'unknown-code' });
    for (const code of [registered, foreign, '9999999999999999']) {
      const error: unknown = await provider.inventory
        .batches!.register({ code, state: 'inventory' })
        .catch((thrown: unknown) => thrown);
      expect(ConnectivityError.is(error) && [error.effect, error.message.length > 20]).toEqual(['none', true]);
    }
    await provider.close();
  });

  it.each([
    ['applied', applying, 'active'],
    ['ignored by the vendor', vendor, 'inventory'],
  ] as const)('tells the state that each SIM has: %s', async (_, of, state) => {
    const provider = of.provider();
    const { outcomes } = await provider.inventory.batches!.register({
      code: String(of.sandbox.info.bics.valid[0]),
      state: 'active',
    });
    expect(outcomes.length).toBeGreaterThan(0);
    const stateById = new Map((await of.sims()).map((sim) => [sim.iccid, sim.state]));
    for (const outcome of outcomes)
      expect(stateById.get(outcome.iccid)).toBe(state === 'active' ? 'Activated' : 'Issued');
    // Asked for active and still issued is not a success.
    expect(new Set(outcomes.map(({ status }) => status === 'applied'))).toEqual(new Set([state === 'active']));
    await provider.close();
  });
});

describe('the events of a SIM', () => {
  it('that nobody has are an empty list, which proves nothing', async () => {
    const provider = vendor.provider();
    expect((await provider.client.listSimEvents({ sim_id: 999_999_999 })).data).toEqual([]);
    await expect(provider.client.getSim({ sim_id: 999_999_999 })).rejects.toMatchObject({ kind: 'not-found' });
    await provider.close();
  });
});

describe('a month', () => {
  it('without traffic is zero, a failed call is not', async () => {
    const provider = vendor.provider();
    const [issued] = await provider.inventory.list({ states: ['inventory'] }).toArray({ limit: 1 });
    const window = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' } as never;
    const records = await provider.usage!.records({ window, grain: 'month', sims: [issued!] }).toArray({ limit: 10 });
    expect(records.every(({ bytes, messages }) => (bytes?.total ?? 0) === 0 && (messages ?? 0) === 0)).toBe(true);
    expect(records.length).toBeGreaterThan(0);
    await vendor.fault({ operationId: 'getSimStats', kind: 'status', status: 500, when: 'before', times: 20 });
    await expect(
      provider.usage!.records({ window, grain: 'month', sims: [issued!] }).toArray({ limit: 10 }),
    ).rejects.toMatchObject({ kind: 'unavailable' });
    await provider.close();
  });
});

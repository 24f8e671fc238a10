import type { Iccid } from '@carrierkit/core';
import { expect, it } from 'vitest';
import { vendorFor } from './support.js';

const vendor = await vendorFor({}, { sims: 1200 });

/** Calls by operation since the last time. */
async function calls(): Promise<Readonly<Record<string, number>>> {
  const requests = await vendor.requests();
  const counts: Record<string, number> = {};
  for (const { operationId } of requests) counts[operationId] = (counts[operationId] ?? 0) + 1;
  return counts;
}

const active = async (): Promise<readonly Iccid[]> => (await vendor.sims('active')).map(({ iccid }) => iccid);

it('SIMs that are changed one by one, by ICCID alone, do not take a walk over the list each', async () => {
  const provider = vendor.provider();
  const sims = (await active()).slice(-60);
  for (const sim of sims) {
    const [outcome] = await provider.lifecycle.change({ sims: [sim], to: 'suspended' });
    expect(outcome).toMatchObject({ status: 'accepted' });
  }
  const { listSubscriptions, getSubscription, createOrder } = await calls();
  // Four pages of a hundred: one search, one walk to the end, and from then on each where it was seen.
  expect(listSubscriptions).toBeLessThanOrEqual(8);
  expect([getSubscription, createOrder]).toEqual([59, 60]);
});

it('SIMs that are changed side by side wait for one walk', async () => {
  const provider = vendor.provider();
  const sims = (await active()).slice(-20);
  await provider.inventory.get(sims[0] as Iccid);
  await Promise.all(sims.map((sim) => provider.lifecycle.change({ sims: [sim], to: 'suspended' })));
  expect((await calls())['listSubscriptions']).toBeLessThanOrEqual(8);
});

it('a SIM whose card was replaced is not taken for the one that was seen', async () => {
  const provider = vendor.provider();
  const [old] = (await active()).slice(-1) as [Iccid];
  const before = await provider.inventory.get(old);
  await provider.inventory.list().toArray({ limit: 1000 });
  await vendor.provider().lifecycle.orders!.place({
    type: 'replace-sim',
    account: before.account ?? '',
    sim: { iccid: old, ref: before.ref },
    delivery: { by: 'api' },
  });
  await vendor.advance(60_000);
  await expect(provider.inventory.get(old)).rejects.toMatchObject({ kind: 'not-found' });
  const all = await vendor.provider().inventory.list().toArray({ limit: 1000 });
  const replaced = all.find(({ ref }) => ref === before.ref);
  expect(replaced?.iccid).not.toBe(old);
  expect(await provider.inventory.get(replaced!.iccid)).toMatchObject({ ref: before.ref });
});

import { ConnectivityError, type Iccid, type OrderRequest } from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { memoryStore } from '../src/orders/memory-store.js';
import { type Vendor, vendorFor } from './support.js';

const vendors = {
  'told by the status': await vendorFor(),
  'known from our own orders': await vendorFor({ suspendedReads: 'active' }),
};

const step = fc.oneof(
  fc.record({ type: fc.constantFrom('suspend' as const, 'resume' as const, 'replace-sim' as const), sim: fc.nat(3) }),
  fc.record({ type: fc.constant('activate' as const) }),
  fc.record({ type: fc.constant('time' as const), ms: fc.constantFrom(500, 2_000, 10_000) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What the vendor would say of its SIMs: ICCID and whether it is suspended. */
async function truthOf(vendor: Vendor): Promise<Record<string, string>> {
  return Object.fromEntries((await vendor.sims()).map(({ iccid, state }) => [iccid, state]));
}

async function play(vendor: Vendor, steps: readonly Step[]): Promise<void> {
  vendor.reset();
  const { accounts, templates } = vendor.sandbox.info;
  const account = String(accounts[0]);
  const provider = vendor.provider({}, { store: memoryStore() });
  // Suspended before we came: where the status does not tell it, nobody can know.
  const before = await truthOf(vendor);
  const active = await provider.inventory.list({ states: ['active'], account }).toArray({ limit: 100 });
  const start = active.filter(({ iccid }) => before[iccid] === 'active').slice(-4);
  /** The ICCIDs of four subscriptions; a replacement changes them. */
  const iccids: Iccid[] = start.map(({ iccid }) => iccid);
  const refs = start.map(({ ref }) => ref);
  const placed: { readonly provider: string; readonly id: string }[] = [];
  for (const next of steps) {
    if (next.type === 'time') {
      await vendor.advance(next.ms);
      const known = await provider.inventory.list().toArray({ limit: 1000 });
      for (const [index, ref] of refs.entries())
        iccids[index] = known.find((sim) => sim.ref === ref)?.iccid ?? iccids[index]!;
      continue;
    }
    try {
      const order = await provider.lifecycle.orders!.place(requestOf(next, account, String(templates[0]), iccids));
      placed.push({ provider: order.provider, id: order.id });
    } catch (error) {
      // The vendor refuses what its state forbids; then nothing was done.
      if (!ConnectivityError.is(error) || error.effect !== 'none') throw error;
    }
  }
  await vendor.advance(60_000);

  const effects = new Map((await vendor.effects()).map((effect) => [String(effect.seq), effect]));
  const states = await Promise.all(
    placed.map(async (order) => (await provider.lifecycle.orders!.wait(order)).state.value),
  );
  const done = [...effects.values()]
    .filter(({ operationId }) => operationId === 'createOrder')
    .map(({ state }) => state);
  expect(states.map((state) => (state === 'completed' ? 'done' : state))).toEqual(done);

  const listed = await provider.inventory.list().toArray({ limit: 1000 });
  const ours = listed.filter(({ iccid }) => before[iccid] !== 'suspended');
  const truth = Object.entries(await truthOf(vendor)).filter(([iccid]) => before[iccid] !== 'suspended');
  const seen = ours.map(({ iccid, state }) => [iccid, state.value === 'retired' ? 'terminated' : state.value] as const);
  expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(truth));
  await provider.close();
}

function requestOf(
  next: Exclude<Step, { type: 'time' }>,
  account: string,
  template: string,
  iccids: readonly Iccid[],
): OrderRequest {
  const delivery = { by: 'email', to: ['driver@example.com'] } as const;
  switch (next.type) {
    case 'activate': {
      const subscriber = { firstName: 'Test', lastName: 'Driver', email: 'driver@example.com' };
      return { type: 'activate', account, template, subscriber, delivery };
    }
    case 'replace-sim':
      return { type: 'replace-sim', account, sim: iccids[next.sim]!, delivery };
    case 'suspend':
    case 'resume':
      return { type: next.type, account, sim: iccids[next.sim]! };
  }
}

for (const [name, vendor] of Object.entries(vendors))
  test.prop([fc.array(step, { minLength: 1, maxLength: 12 })], { numRuns: 25 })(
    `after any sequence of orders our view is the vendor's truth, suspension being ${name}`,
    (steps) => play(vendor, steps),
    120_000,
  );

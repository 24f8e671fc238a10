import type { Iccid, OrderRequest } from '@carrierkit/core';
import { expect, test } from 'vitest';
import { createFleet, type FleetConfig, type RunOutcome, type RunProblem } from '../src/index.js';
import { iccidAt, mini, miniVendor } from './support/mini.js';
import { outcomesOf, temporaryFolder } from './support/runs.js';
import { startVendors } from './support/vendors.js';

const vendors = await startVendors({ sims: 30 });

async function stage(more: object = {}) {
  const stateDir = await temporaryFolder();
  return createFleet({ providers: vendors.blocks(), stateDir } as FleetConfig, { ...vendors.options, ...more });
}

async function activeSims(adapter: string, provider: string) {
  const sims = await vendors.sims();
  return sims
    .filter((sim) => sim.adapter === adapter && sim.state.toLowerCase() === 'active')
    .map(({ iccid }) => ({ iccid: iccid as Iccid, provider }));
}

test('what vendors had only accepted is asked about once they have done it, and kept', async () => {
  await using fleet = await stage();
  const sims = [...(await activeSims('truphone', 'emea')), ...(await activeSims('subscriptions', 'staff'))];
  const done = await fleet.runs.start({ type: 'change', sims, to: 'suspended' }, { id: 'r1' });
  expect(done.counts).toMatchObject({ accepted: sims.length, applied: 0 });
  const heard: RunOutcome[] = [];
  const report = await fleet.runs.confirm('r1', { onOutcome: (outcome) => heard.push(outcome) });
  expect(report).toMatchObject({ finished: true, counts: { accepted: 0, applied: sims.length } });
  expect(await fleet.runs.list()).toEqual([report]);
  expect(heard).toHaveLength(sims.length);
  const outcomes = await outcomesOf(fleet.runs, 'r1');
  expect(outcomes.map(({ item, status }) => [item, status])).toEqual(sims.map((_, item) => [item, 'applied']));
  // Nothing is left to ask about.
  expect(await fleet.runs.confirm('r1')).toEqual(report);
  expect(await fleet.runs.resume('r1')).toMatchObject({ finished: true, counts: report.counts });
});

test('orders are waited for', async () => {
  await using fleet = await stage();
  const sims = (await activeSims('subscriptions', 'staff')).slice(0, 3);
  const orders = await Promise.all(
    sims.map(async (sim): Promise<OrderRequest> => {
      const { account } = await fleet.inventory.get(sim);
      return { type: 'suspend', account: account ?? '', sim };
    }),
  );
  await fleet.runs.start({ type: 'orders', orders }, { id: 'r1' });
  const first = await fleet.runs.confirm('r1');
  expect(first.counts).toMatchObject({ accepted: 0, applied: 3 });
});

test('what cannot be read, or is not done by the deadline, stays accepted and can be asked about again', async () => {
  await using fleet = await stage();
  const sims = await activeSims('truphone', 'emea');
  await fleet.runs.start({ type: 'change', sims, to: 'suspended' }, { id: 'r1' });
  const early = await fleet.runs.confirm('r1', { deadlineMs: 1 });
  expect(early.counts).toMatchObject({ accepted: sims.length });
  await vendors.control('faults', { adapter: 'truphone', kind: 'status', status: 403, when: 'before' });
  const heard: RunOutcome[] = [];
  const refused = await fleet.runs.confirm('r1', { onOutcome: (outcome) => heard.push(outcome) });
  expect(refused.counts).toMatchObject({ accepted: sims.length });
  expect(new Set(heard.map(({ status }) => status))).toEqual(new Set(['unknown']));
  await vendors.clearFaults();
  expect((await fleet.runs.confirm('r1')).counts).toMatchObject({ applied: sims.length, accepted: 0 });
});

test('what cannot be done is told before the first call, and may stop the run there', async () => {
  const vendor = miniVendor('iot', { sims: 3 });
  const stateDir = await temporaryFolder();
  await using fleet = await createFleet({ providers: { iot: mini({ sims: 3 }, vendor) }, stateDir });
  const first = iccidAt('8988', 0);
  const sims = [first, 'not an ICCID', first, iccidAt('8988', 1)];
  const told: (RunProblem & { readonly writes: number })[] = [];
  const job = { type: 'change', sims, to: 'suspended' } as const;
  const onProblem = (problem: RunProblem) => told.push({ ...problem, writes: vendor.effects.length });
  expect((await fleet.runs.start(job, { id: 'r1', onProblem })).counts).toMatchObject({ applied: 2, failed: 2 });
  expect(told).toMatchObject([
    { item: 1, writes: 0, error: { message: expect.stringContaining('items[1]') } },
    { item: 2, writes: 0, error: { kind: 'input', message: expect.stringContaining('repeats items[0]') } },
  ]);
  const refuse = () => {
    throw new Error('not with bad lines');
  };
  await expect(fleet.runs.start(job, { id: 'r2', onProblem: refuse })).rejects.toThrow('not with bad lines');
  expect(vendor.effects).toHaveLength(2);
  expect(await fleet.runs.list()).toHaveLength(1);
});

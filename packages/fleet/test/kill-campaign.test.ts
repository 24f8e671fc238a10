import type { Iccid, OrderRequest, Sim } from '@carrierkit/core';
import { expect, test } from 'vitest';
import { createFleet, type FleetConfig, type Job, type RunOutcome } from '../src/index.js';
import { killedRun } from './campaign/killed-run.js';
import { Random } from './campaign/random.js';
import { adapters, type ControlSim, type Effect, startVendors } from './support/vendors.js';

const vendors = await startVendors({ sims: 150, ticking: true });
const seed = Number(process.env['CARRIERKIT_SEED'] ?? 20261115);
const rounds = Number(process.env['CARRIERKIT_KILLS'] ?? 10);

const PROVIDERS: Readonly<Record<string, string>> = { truphone: 'emea', emnify: 'iot', subscriptions: 'staff' };
const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  change: ['changeSimCardStatus', 'updateSim', 'createOrder'],
  services: ['changeDataStatus'],
  ratePlan: ['updateSimCardSubscriptionV22'],
  orders: ['createOrder'],
  send: ['sendSms', 'sendEndpointSms', 'sendMessage'],
};

interface Round {
  readonly job: Job;
  readonly subjects: readonly string[];
  /** Whether a SIM is as it was wanted. */
  readonly shows: (sim: ControlSim) => boolean;
}

const KINDS = ['change', 'send', 'orders', 'services', 'ratePlan'] as const;
/** Only these vendors have it. */
const ONLY: Readonly<Record<string, string>> = {
  services: 'truphone',
  ratePlan: 'truphone',
  orders: 'subscriptions',
};
const PLAN = 'Global Pool 500MB';

/** Each kind in its turn, over most of the SIMs. */
function roundOf(random: Random, number: number, sims: readonly ControlSim[], before: ReadonlyMap<string, Sim>): Round {
  const type = KINDS[number % KINDS.length] as (typeof KINDS)[number];
  const chosen = sims.filter(({ adapter }) => adapter === (ONLY[type] ?? adapter)).filter(() => random.chance(0.8));
  const subjects = chosen.map(({ iccid }) => iccid);
  const targets = chosen.map(({ iccid, adapter }) => ({
    iccid: iccid as Iccid,
    provider: PROVIDERS[adapter] as string,
  }));
  const about = { subjects, shows: () => false };
  switch (type) {
    case 'change': {
      const to = random.pick(['active', 'suspended'] as const);
      const words = { active: ['active', 'activated'], suspended: ['suspended'] }[to];
      return { job: { type, sims: targets, to }, subjects, shows: ({ state }) => words.includes(state.toLowerCase()) };
    }
    case 'services':
      return {
        job: { type, sims: targets, services: { data: 'disabled' } },
        subjects,
        shows: ({ services }) => services['data_service'] === 'SUSPENDED',
      };
    case 'ratePlan':
      return {
        job: { type, sims: targets, plan: PLAN },
        subjects,
        // Some have had it before.
        shows: ({ iccid }) => before.get(iccid)?.ratePlan === PLAN,
      };
    case 'orders':
      return { ...about, job: { type, orders: targets.map((sim) => suspension(sim, before)) } };
    case 'send':
      return { ...about, job: { type, to: targets.map((sim) => ({ sim })), text: 'kill -9' } };
  }
}

function suspension(sim: { readonly iccid: Iccid }, before: ReadonlyMap<string, Sim>): OrderRequest {
  return { type: 'suspend', account: before.get(sim.iccid)?.account ?? '', sim };
}

/** The SIMs as the library reads them. */
async function simsByIccid(): Promise<ReadonlyMap<string, Sim>> {
  const fleet = await createFleet({ providers: vendors.blocks() } as FleetConfig, { adapters });
  const sims = await fleet.inventory.list().toArray({ limit: 1000 });
  await fleet.close();
  return new Map(sims.map((sim) => [sim.iccid, sim]));
}

function untruth(
  subject: string,
  outcome: RunOutcome | undefined,
  made: readonly Effect[],
  right: boolean,
): string | null {
  const tell = (what: string) =>
    `${subject}: ${what}; told ${JSON.stringify(outcome)}; effects ${JSON.stringify(made)}`;
  if (outcome === undefined) return tell('lost');
  if (made.length > 1) return tell('done twice');
  if (outcome.status === 'failed' || outcome.status === 'unchanged')
    return made.length === 0 ? null : tell('denied, and done');
  if (outcome.status === 'unknown') return null;
  return made.length === 1 || right ? null : tell('claimed, and not done');
}

test(`runs of three vendors, killed at instants of chance and resumed: nothing twice, nothing lost (${rounds} runs, seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  const random = new Random(seed);
  const found: string[] = [];
  const sums = { runs: 0, kills: 0, items: 0 };
  for (let round = 0; round < rounds; round++) {
    vendors.reset();
    const { job, subjects, shows } = roundOf(random, round, await vendors.sims(), await simsByIccid());
    const { outcomes, kills } = await killedRun(vendors, random, job, 3);
    vendors.sandbox.advance(60_000);
    const after = new Map((await vendors.sims()).map((sim) => [sim.iccid, sim]));
    const effects = (await vendors.effects()).filter(({ operationId }) => OPERATIONS[job.type]?.includes(operationId));
    expect(outcomes.map(({ item }) => item)).toEqual(subjects.map((_, index) => index));
    for (const [index, subject] of subjects.entries()) {
      const made = effects.filter((effect) => effect.subject.includes(subject));
      const sim = after.get(subject);
      const wrong = untruth(subject, outcomes[index], made, sim !== undefined && shows(sim));
      if (wrong !== null) found.push(`round ${round}, ${job.type}, ${wrong}`);
    }
    sums.runs += 1;
    sums.kills += kills;
    sums.items += subjects.length;
  }
  console.log(`kill campaign: seed ${seed},`, sums);
  expect(found).toEqual([]);
  expect(sums.kills).toBeGreaterThanOrEqual(rounds);
});

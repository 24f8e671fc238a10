import type { Iccid } from '@carrierkit/core';
import { expect, test } from 'vitest';
import type { Job, RunOutcome } from '../src/index.js';
import { killedRun } from './campaign/killed-run.js';
import { Random } from './campaign/random.js';
import { type ControlSim, type Effect, startVendors } from './support/vendors.js';

const vendors = await startVendors({ sims: 150, ticking: true });
const seed = Number(process.env['CARRIERKIT_SEED'] ?? 20261115);
const rounds = Number(process.env['CARRIERKIT_KILLS'] ?? 8);

const PROVIDERS: Readonly<Record<string, string>> = { truphone: 'emea', emnify: 'iot', subscriptions: 'staff' };
const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  change: ['changeSimCardStatus', 'updateSim', 'createOrder'],
  services: ['changeDataStatus'],
  send: ['sendSms', 'sendEndpointSms', 'sendMessage'],
};

interface Round {
  readonly job: Job;
  readonly subjects: readonly string[];
  /** Whether a SIM is as it was wanted. */
  readonly shows: (sim: ControlSim) => boolean;
}

function roundOf(random: Random, sims: readonly ControlSim[]): Round {
  const type = random.pick(['change', 'services', 'send'] as const);
  const chosen = sims
    .filter(({ adapter }) => type !== 'services' || adapter === 'truphone')
    .filter(() => random.chance(0.8));
  const subjects = chosen.map(({ iccid }) => iccid);
  const targets = chosen.map(({ iccid, adapter }) => ({
    iccid: iccid as Iccid,
    provider: PROVIDERS[adapter] as string,
  }));
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
    case 'send':
      return { job: { type, to: targets.map((sim) => ({ sim })), text: 'kill -9' }, subjects, shows: () => false };
  }
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
    const { job, subjects, shows } = roundOf(random, await vendors.sims());
    const { outcomes, kills } = await killedRun(vendors, random, job, 2);
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

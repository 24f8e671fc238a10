import {
  type Ability,
  ConnectivityError,
  type Lifecycle,
  type Provider,
  type Sim,
  type SimOutcome,
  type SimTarget,
  spellingsOf,
  type WriteOptions,
} from '@carrierkit/core';
import type { Scope } from '../../ports/scope.js';
import { simSpread } from '../../ports/write-sims.js';
import { partsOf } from '../../routing/router.js';
import { callOne } from '../../routing/spread.js';
import { unsupported } from '../../routing/team.js';
import type { JobHead } from '../intake/job-head.js';
import { cutOff } from '../run-errors.js';
import { checkTarget } from './check-target.js';
import type { Work } from './work.js';

type SimJob = Extract<JobHead, { type: 'change' | 'services' | 'ratePlan' }>;

interface SimMove {
  readonly ability: Ability;
  readonly keyed: boolean;
  write(
    lifecycle: Lifecycle,
  ): ((sims: readonly SimTarget[], options: WriteOptions) => Promise<readonly SimOutcome[]>) | undefined;
  /** Whether a SIM, or that it is gone, shows the wanted; `null`: that cannot be seen. */
  shows(sim: Sim | null): boolean | null;
}

/** Work on SIMs: states, services, rate plans. */
export function simWork(scope: Scope, job: SimJob): Work<SimTarget> {
  const move = moveOf(job);
  const spreadFor = (options: WriteOptions) =>
    simSpread(scope, move.ability, [], ({ lifecycle }) => {
      const write = move.write(lifecycle);
      return write && ((sims) => write(sims, options));
    });
  const without = spreadFor({});
  return {
    keyed: move.keyed,
    check: checkTarget,
    namesOf: (target) => spellingsOf(partsOf(target).iccid),
    async route(target, options) {
      const provider = await scope.router.route(target, options);
      if (!move.write(provider.lifecycle)) throw unsupported(move.ability, [provider.id]);
      return provider;
    },
    sizeAt: ({ simsPerCall }) => simsPerCall.change,
    call: (provider, targets, options) => callOne(spreadFor(options), provider, targets),
    broken: (given, provider, error) => without.broken(given as SimTarget, provider, error),
    async readBack(provider, target, _, options) {
      const { iccid } = partsOf(target);
      const sim = await find(provider, target, options);
      const shows = move.shows(sim);
      if (shows) return { provider: provider.id, iccid, status: 'applied' };
      if (shows === false && provider.capabilities.changesApplyAtOnce) return 'again';
      const what = shows === null ? 'the SIM does not show whether it took place' : 'it may still be under way';
      return { provider: provider.id, iccid, status: 'unknown', error: cutOff(provider, what) };
    },
  };
}

async function find(provider: Provider, target: SimTarget, options: WriteOptions): Promise<Sim | null> {
  try {
    return await provider.inventory.get(target, options);
  } catch (error) {
    if (ConnectivityError.is(error, 'not-found')) return null;
    throw error;
  }
}

function moveOf(job: SimJob): SimMove {
  switch (job.type) {
    case 'change': {
      const { to, irreversible } = job;
      const request = { to, ...(irreversible && { irreversible }) };
      return {
        ability: 'lifecycle.change',
        keyed: true,
        write: (lifecycle) => (sims, options) => lifecycle.change({ ...request, sims }, options),
        // Some vendors delete what is retired.
        shows: (sim) => (sim === null ? to === 'retired' : sim.state.value === to),
      };
    }
    case 'services': {
      const { services } = job;
      return {
        ability: 'lifecycle.setServices',
        keyed: true,
        write: (lifecycle) =>
          lifecycle.setServices && ((sims, options) => lifecycle.setServices!({ sims, services }, options)),
        shows: (sim) =>
          sim !== null &&
          Object.entries(services).every(
            ([name, wanted]) => sim.services[name as keyof typeof sim.services] === wanted,
          ),
      };
    }
    case 'ratePlan': {
      const { plan } = job;
      return {
        ability: 'lifecycle.ratePlans',
        keyed: false,
        write: ({ ratePlans }) => ratePlans && ((sims, options) => ratePlans.change({ sims, plan }, options)),
        // A vendor may show a plan's name where its id was sent: another text proves nothing.
        shows: (sim) => sim !== null && (sim.ratePlan === plan ? true : null),
      };
    }
  }
}

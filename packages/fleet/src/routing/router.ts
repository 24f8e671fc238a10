import type { AnyConnectivityError, CallOptions, Iccid, Provider, ProviderId, Sim, SimTarget } from '@carrierkit/core';
import { ConnectivityError, inputError, parseIccid } from '@carrierkit/core';
import { providerError } from '../errors.js';
import { longestPrefix } from './prefixes.js';
import type { Place, SimDirectory } from './sim-directory.js';
import type { Team } from './team.js';

/** Finds the provider of a SIM, and remembers what lists and reads have shown. */
export interface Router {
  /** Throws `input` where none is found, `conflict` where two hold it. */
  route(target: SimTarget, options?: CallOptions): Promise<Provider>;
  /** These SIMs were read; awaited by those who read many, so that remembering keeps pace. */
  seen(sims: readonly Sim[]): Promise<void>;
  /** The provider said that it has no such SIM: what was remembered about it is out of date. */
  missed(target: SimTarget, provider: ProviderId): void;
  /** The providers at which SIMs of an account were seen. */
  providersOf(account: string): Promise<readonly ProviderId[]>;
  /** Resolves when all that was remembered is stored. */
  stored(): Promise<void>;
}

/** Every target goes to the one provider; a target that names another is an `input` error. What is seen is told to the fleet's router. */
export function singleRouter(provider: Provider, fleet?: Router): Router {
  return {
    async route(target) {
      const { iccid, provider: named } = partsOf(target);
      if (named === undefined || named === provider.id) return provider;
      throw inputError('provider', `SIM ${iccid} belongs to provider '${named}', but only '${provider.id}' was asked`);
    },
    seen: async (sims) => fleet?.seen(sims),
    missed: (target, id) => fleet?.missed(target, id),
    providersOf: async () => [provider.id],
    stored: async () => fleet?.stored(),
  };
}

/** So many SIMs may be remembered and not yet stored. */
const BACKLOG = 10_000;

/** By provider, `ref`, prefix (final), directory, and then by asking. */
export function fleetRouter(
  team: Team,
  prefixes: Readonly<Record<string, ProviderId>>,
  directory: SimDirectory,
): Router {
  const prefixOf = longestPrefix(prefixes);

  async function route(target: SimTarget, options: CallOptions = {}): Promise<Provider> {
    const { iccid, provider: named, ref } = partsOf(target);
    if (named !== undefined) return team.get(named);
    const places = await directory.find(iccid);
    const byRef = ref === undefined ? [] : places.filter((place) => place.ref === ref);
    if (byRef.length === 1 && team.has(byRef[0]!.provider)) return team.get(byRef[0]!.provider);
    const fixed = prefixOf(iccid);
    if (fixed !== undefined) return team.get(fixed);
    const known = places.filter((place) => team.has(place.provider));
    return known.length === 1 ? team.get(known[0]!.provider) : ask(iccid, known, options);
  }

  /** Two remembered places are asked about as well: one of them may be out of date. */
  async function ask(iccid: Iccid, known: readonly Place[], options: CallOptions): Promise<Provider> {
    const asked = team.providers.filter((provider) => provider.capabilities.supports['inventory.get'] === 'native');
    const answers = await Promise.all(asked.map((provider) => has(provider, iccid, options)));
    const found = asked.filter((_, index) => answers[index] === true);
    const failure = answers.find((answer) => ConnectivityError.is(answer));
    const holders = known.filter(
      ({ provider }) => !asked.some((one, index) => one.id === provider && answers[index] === false),
    );
    const ids = [...new Set([...found.map(({ id }) => id), ...holders.map(({ provider }) => provider)])];
    if (ids.length === 1) return team.get(ids[0]!);
    if (ids.length > 1)
      throw new ConnectivityError(
        'conflict',
        `SIM ${iccid} is at ${ids.join(' and ')}: name the provider that is meant`,
      );
    if (failure) throw failure;
    throw inputError('iccid', unknownSim(iccid, asked));
  }

  async function has(provider: Provider, iccid: Iccid, options: CallOptions): Promise<boolean | AnyConnectivityError> {
    try {
      await seen([await provider.inventory.get(iccid, options)]);
      return true;
    } catch (thrown) {
      if (!ConnectivityError.is(thrown, 'not-found')) return providerError(thrown, provider.id, 'none');
      directory.forget(iccid, provider.id);
      return false;
    }
  }

  function unknownSim(iccid: Iccid, asked: readonly Provider[]): string {
    const others = team.providers.filter((provider) => !asked.includes(provider)).map(({ id }) => id);
    const answer =
      asked.length > 0
        ? `${asked.map(({ id }) => id).join(' and ')} ${asked.length === 1 ? 'does' : 'do'} not have SIM ${iccid}`
        : `SIM ${iccid} was not listed yet`;
    const silent = others.length > 0 ? `, and ${others.join(' and ')} cannot be asked for one SIM` : '';
    return `${answer}${silent}; check the number, name its provider, or list the fleet once`;
  }

  async function seen(sims: readonly Sim[]): Promise<void> {
    for (const sim of sims) {
      // Where the prefix says it, there is nothing to remember.
      if (prefixOf(sim.iccid) !== sim.provider) directory.learn(sim);
      if (sim.account) directory.learnAccount(sim.account, sim.provider);
    }
    if (directory.backlog > BACKLOG) await directory.stored();
  }

  return {
    route,
    seen,
    missed: (target, provider) => directory.forget(partsOf(target).iccid, provider),
    providersOf: (account) => directory.providersOf(account),
    stored: () => directory.stored(),
  };
}

interface TargetParts {
  readonly iccid: Iccid;
  readonly provider?: ProviderId;
  readonly ref?: string;
}

/** Callers in plain JavaScript may pass a number or a text with spaces. */
export function partsOf(target: SimTarget): TargetParts {
  if (typeof target !== 'object' || target === null) return { iccid: parseIccid(target) };
  const { iccid, provider, ref } = target;
  return { iccid: parseIccid(iccid), ...(provider !== undefined && { provider }), ...(ref !== undefined && { ref }) };
}

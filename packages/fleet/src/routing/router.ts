import type { AnyConnectivityError, CallOptions, Iccid, Provider, ProviderId, Sim, SimTarget } from '@carrierkit/core';
import { ConnectivityError, inputError, inspectIccid, parseIccid } from '@carrierkit/core';
import { providerError } from '../errors.js';
import { longestPrefix } from './prefixes.js';
import type { Place, SimDirectory } from './sim-directory.js';
import { Surveys } from './surveys.js';
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

const AND = new Intl.ListFormat('en-GB');

/** After so many questions of one kind of bulk work a look at all SIMs takes fewer calls than to go on asking for each. */
const ASKED_ONE_BY_ONE = 100;

/** So many SIMs may be remembered and not yet stored. */
const BACKLOG = 10_000;

/** By provider, `ref`, prefix (final), directory, and then by asking; where bulk work has many SIMs that nobody knows, by one listing of each provider instead. */
export function fleetRouter(
  team: Team,
  prefixes: Readonly<Record<string, ProviderId>>,
  directory: SimDirectory,
  clock: () => number,
): Router {
  const prefixOf = longestPrefix(prefixes);
  const surveys = new Surveys(seen, clock);

  async function route(target: SimTarget, options: CallOptions = {}): Promise<Provider> {
    const { iccid, provider: named, ref } = partsOf(target);
    if (named !== undefined) return team.get(named);
    const places = await directory.find(iccid);
    const byRef = ref === undefined ? [] : places.filter((place) => place.ref === ref);
    if (byRef.length === 1 && team.has(byRef[0]!.provider)) return team.get(byRef[0]!.provider);
    const fixed = prefixOf(iccid);
    if (fixed !== undefined) return team.get(fixed);
    const known = places.filter((place) => team.has(place.provider));
    if (known.length === 1) return team.get(known[0]!.provider);
    const isBulk = options.priority === 'bulk';
    if (known.length === 0 && isBulk && surveys.countStranger() > ASKED_ONE_BY_ONE)
      return lookUp(iccid, team.providers, options);
    const holder = await ask(iccid, known, options);
    if (holder) return holder;
    const silent = team.providers.filter((provider) => !canBeAsked(provider));
    if (isBulk && silent.length > 0) return lookUp(iccid, silent, options);
    throw inputError('iccid', unknownSim(iccid, silent));
  }

  /** All SIMs of some providers are listed once, also of those that cannot be asked for one. */
  async function lookUp(iccid: Iccid, at: readonly Provider[], options: CallOptions): Promise<Provider> {
    const failures = await Promise.all(at.map((provider) => surveys.listed(provider, options)));
    const failure = failures.find((one) => one !== null);
    const known = (await directory.find(iccid)).filter((place) => team.has(place.provider));
    if (known.length === 1) return team.get(known[0]!.provider);
    const holder = known.length > 1 || failure ? await ask(iccid, known, options) : null;
    if (holder) return holder;
    throw failure ?? inputError('iccid', unknownSim(iccid, []));
  }

  /** Two remembered places are asked about as well: one of them may be out of date. `null`: nobody who can be asked has it. */
  async function ask(iccid: Iccid, known: readonly Place[], options: CallOptions): Promise<Provider | null> {
    const asked = team.providers.filter(canBeAsked);
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
    return null;
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

  /** @param silent Providers that may have it all the same */
  function unknownSim(iccid: Iccid, silent: readonly Provider[]): string {
    const told = namesOf(team.providers.filter((provider) => !silent.includes(provider)));
    const answer =
      told.length > 0
        ? `${AND.format(told)} ${told.length === 1 ? 'does' : 'do'} not have SIM ${iccid}`
        : `SIM ${iccid} was not listed yet`;
    const odd = inspectIccid(iccid).warnings.map(({ message }) => `${message}; `);
    if (silent.length === 0) return `${answer}; ${odd.join('')}check the number, or name its provider`;
    const others = AND.format(namesOf(silent));
    return `${answer}, and ${others} cannot be asked for one SIM; ${odd.join('')}check the number, name its provider, or list the fleet once`;
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

function canBeAsked({ capabilities }: Provider): boolean {
  return capabilities.supports['inventory.get'] === 'native';
}

function namesOf(providers: readonly Provider[]): readonly string[] {
  return providers.map(({ id }) => id);
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

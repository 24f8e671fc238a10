import { type Ability, ConnectivityError, inputError, type Provider, type ProviderId } from '@carrierkit/core';
import { suggest } from '../suggest.js';

/** The providers that a set of ports stands for: all of a fleet, or one. */
export interface Team {
  readonly providers: readonly Provider[];
  has(id: ProviderId): boolean;
  /** An unknown id is an `input` error. */
  get(id: ProviderId): Provider;
  /** All, or the named ones. */
  some(ids: readonly ProviderId[] | undefined): readonly Provider[];
  /** Those that have the port; none at all throws `unsupported`, naming the providers. */
  having<T>(
    ability: Ability,
    port: (provider: Provider) => T | undefined,
    ids?: readonly ProviderId[],
  ): readonly Member<T>[];
}

export interface Member<T> {
  readonly provider: Provider;
  readonly port: T;
}

export function teamOf(providers: readonly Provider[]): Team {
  const byId = new Map(providers.map((provider) => [provider.id, provider]));
  const team: Team = {
    providers,
    has: (id) => byId.has(id),
    get(id) {
      const provider = byId.get(id);
      if (provider) return provider;
      throw inputError(
        'provider',
        `there is no provider '${id}', only ${[...byId.keys()].join(', ')}.${suggest(id, byId.keys())}`,
      );
    },
    some: (ids) => (ids === undefined ? providers : [...new Set(ids)].map((id) => team.get(id))),
    having(ability, port, ids) {
      const asked = team.some(ids);
      const able = asked.flatMap((provider) => {
        const found = port(provider);
        return found === undefined ? [] : [{ provider, port: found }];
      });
      if (able.length > 0) return able;
      throw unsupported(
        ability,
        asked.map(({ id }) => id),
      );
    },
  };
  return team;
}

export function unsupported(ability: Ability, providers: readonly ProviderId[]): ConnectivityError<'unsupported'> {
  const [only] = providers;
  const provider = providers.length === 1 && only !== undefined ? only : null;
  return new ConnectivityError('unsupported', `${ability} is not available at ${providers.join(', ')}`, { provider });
}

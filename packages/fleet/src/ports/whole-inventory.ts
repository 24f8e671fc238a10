import {
  type CallOptions,
  ConnectivityError,
  inputError,
  type PagedList,
  type Provider,
  type ProviderId,
  pagedFrom,
  type Sim,
  type SimBatches,
  type SimInventory,
} from '@carrierkit/core';
import type { Complete } from '../complete.js';
import { providerError } from '../errors.js';
import type { FleetInventory } from '../fleet.js';
import { unsupported } from '../routing/team.js';
import { mapped } from './mapped.js';
import { listOf, type Scope } from './scope.js';
import { writeSims } from './write-sims.js';

export function wholeInventory(scope: Scope): FleetInventory {
  const { team, router } = scope;
  return {
    list(filter = {}, options = {}) {
      const sources = team.some(filter.providers).map(({ id, inventory }) => ({
        provider: id,
        list: (call: typeof options) => inventory.list(filter, call),
      }));
      return remembering(scope, listOf(scope, sources, options), options);
    },

    async get(target, options) {
      const provider = await router.route(target, options);
      const sim = await asked(scope, provider, target, () => provider.inventory.get(target, options));
      await router.seen([sim]);
      return sim;
    },

    async update(request, options) {
      team.having('inventory.update', ({ inventory }) => inventory.update);
      return writeSims(scope, 'inventory.update', request.sims, options, ({ inventory }) => {
        return inventory.update && ((sims) => inventory.update!({ ...request, sims }, options));
      });
    },

    async secrets(target, options) {
      team.having('inventory.secrets', ({ inventory }) => inventory.secrets);
      const provider = await router.route(target, options);
      if (!provider.inventory.secrets) throw unsupported('inventory.secrets', [provider.id]);
      return asked(scope, provider, target, () => provider.inventory.secrets!(target, options));
    },

    batches: wholeBatches(scope),
  };
}

function wholeBatches({ team }: Scope): Complete<SimBatches> {
  const chosen = (provider: ProviderId | undefined): SimBatches => {
    const able = team.having(
      'inventory.batches',
      ({ inventory }) => inventory.batches,
      provider === undefined ? undefined : [provider],
    );
    if (able.length === 1) return able[0]!.port;
    throw inputError(
      'provider',
      `several providers register batches: name one of ${able.map((one) => one.provider.id).join(', ')}`,
    );
  };
  return {
    async validate(batch, options) {
      return chosen(batch.provider).validate(batch, options);
    },
    async register(batch, options) {
      return chosen(batch.provider).register(batch, options);
    },
  };
}

/** Remembers where the listed SIMs are. */
function remembering({ router }: Scope, list: PagedList<Sim>, options: CallOptions): PagedList<Sim> {
  return pagedFrom(
    (request) =>
      mapped(
        list.pages(request),
        async (page) => {
          await router.seen(page.items);
          return page;
        },
        { ended: () => router.stored() },
      ),
    options,
  );
}

/** A read of one SIM. A provider without it makes the next call look for it again. */
async function asked<T>(
  { router }: Scope,
  provider: Provider,
  target: Parameters<SimInventory['get']>[0],
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    if (ConnectivityError.is(thrown, 'not-found')) router.missed(target, provider.id);
    throw ConnectivityError.is(thrown) ? providerError(thrown, provider.id, 'none') : thrown;
  }
}

import type { ProviderId, SimTarget, UsageRecord } from '@carrierkit/core';
import type { FleetUsage, MergeOptions } from '../fleet.js';
import { limited } from '../routing/limited.js';
import { unsupported } from '../routing/team.js';
import { deferredList, type Source } from './merged-list.js';
import { listOf, type Scope } from './scope.js';

type Query = Parameters<FleetUsage['records']>[0];

const ROUTED_AT_ONCE = 16;

export function wholeUsage(scope: Scope): FleetUsage {
  const { team, router } = scope;
  return {
    records(query, options: MergeOptions = {}) {
      const able = team.having('usage.records', ({ usage }) => usage);
      const { sims } = query;
      if (sims === undefined) {
        return listOf(
          scope,
          able.map(({ provider }) => sourceAt(provider.id, query)),
          options,
        );
      }
      return deferredList(async () => {
        const providers = await limited(sims, ROUTED_AT_ONCE, (sim) => router.route(sim, options));
        const groups = new Map<ProviderId, SimTarget[]>();
        for (const [index, { id }] of providers.entries())
          groups
            .set(id, groups.get(id) ?? [])
            .get(id)!
            .push(sims[index]!);
        return listOf(
          scope,
          [...groups].map(([id, own]) => sourceAt(id, { ...query, sims: own })),
          options,
        );
      }, options);
    },
  };

  /** A provider that has no usage at all fails alone, when it is read. */
  function sourceAt(provider: ProviderId, query: Query): Source<UsageRecord> {
    return {
      provider,
      list(call) {
        const { usage } = team.get(provider);
        if (!usage) throw unsupported('usage.records', [provider]);
        return usage.records(query, call);
      },
    };
  }
}

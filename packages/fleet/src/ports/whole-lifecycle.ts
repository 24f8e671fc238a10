import { type Lifecycle, type PendingChange, type RatePlans, type SimOutcome } from '@carrierkit/core';
import type { Complete } from '../complete.js';
import { spread } from '../routing/spread.js';
import { listOf, type Scope } from './scope.js';
import { wholeOrders } from './whole-orders.js';
import { writeSims } from './write-sims.js';

export function wholeLifecycle(scope: Scope): Complete<Lifecycle> {
  const { team } = scope;
  return {
    async change(request, options) {
      return writeSims(scope, 'lifecycle.change', request.sims, options, ({ lifecycle }) => (sims) => {
        return lifecycle.change({ ...request, sims }, options);
      });
    },

    async confirm(pending, options) {
      return spread<PendingChange, SimOutcome>(
        {
          items: pending,
          route: async (change) => team.get(change.provider),
          call: (provider, changes) => provider.lifecycle.confirm(changes, options),
          // A read that fails says nothing about the change.
          broken: ({ iccid }, provider, error) => ({ provider, iccid, status: 'unknown', error }),
        },
        options,
      );
    },

    async setServices(request, options) {
      team.having('lifecycle.setServices', ({ lifecycle }) => lifecycle.setServices);
      return writeSims(scope, 'lifecycle.setServices', request.sims, options, ({ lifecycle }) => {
        return lifecycle.setServices && ((sims) => lifecycle.setServices!({ ...request, sims }, options));
      });
    },

    ratePlans: wholeRatePlans(scope),
    orders: wholeOrders(scope),
  };
}

function wholeRatePlans(scope: Scope): Complete<RatePlans> {
  const able = () => scope.team.having('lifecycle.ratePlans', ({ lifecycle }) => lifecycle.ratePlans);
  return {
    list(options) {
      const sources = able().map(({ provider, port }) => ({ provider: provider.id, list: port.list.bind(port) }));
      return listOf(scope, sources, options);
    },
    async change(request, options) {
      able();
      return writeSims(scope, 'lifecycle.ratePlans', request.sims, options, ({ lifecycle: { ratePlans } }) => {
        return ratePlans && ((sims) => ratePlans.change({ ...request, sims }, options));
      });
    },
    async cancelChange(request, options) {
      able();
      return writeSims(scope, 'lifecycle.ratePlans', request.sims, options, ({ lifecycle: { ratePlans } }) => {
        return ratePlans && ((sims) => ratePlans.cancelChange({ ...request, sims }, options));
      });
    },
  };
}

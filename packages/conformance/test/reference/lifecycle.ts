import {
  ConnectivityError,
  cancelledError,
  type ErrorInfo,
  illegalTransition,
  inputError,
  known,
  type Lifecycle,
  legalNextStates,
  type Order,
  type Orders,
  type SimOutcome,
  type SimStateName,
  type TransitionTable,
  type Wanted,
} from '@carrierkit/core';
import { pagesOf, WORDS } from './inventory.js';
import type { Vendor, VendorOrder, VendorSim } from './vendor.js';
import { writeSims } from './write-sims.js';

const wordOf = (state: SimStateName): string => Object.keys(WORDS).find((word) => WORDS[word] === state) ?? 'NONE';

export function lifecycleOf(vendor: Vendor, table: TransitionTable): Lifecycle {
  return {
    async change({ sims, to, irreversible }, options) {
      if (to === 'retired' && !irreversible)
        throw inputError('irreversible', 'expected true, because a retired SIM does not come back', {
          provider: 'ref',
        });
      return writeSims(vendor, 'lifecycle.change', sims, options, {
        wanted: to,
        there: (sim) => sim.word === wordOf(to),
        apply: (sim) => {
          sim.word = wordOf(to);
        },
        forbidden: (sim) => forbidden(table, sim, to),
      });
    },
    confirm: (pending, options) =>
      Promise.all(
        pending.map(async (change): Promise<SimOutcome> => {
          const sim = await vendor.call(options?.signal, () => vendor.find(change.iccid));
          const item = { provider: 'ref', iccid: change.iccid } as const;
          return isDone(sim, change.to)
            ? { ...item, status: 'applied' }
            : { ...item, status: 'accepted', pending: change };
        }),
      ),
  };
}

function forbidden(table: TransitionTable, sim: VendorSim, to: SimStateName): ErrorInfo | null {
  const from = WORDS[sim.word];
  if (!table.closed || from === undefined || legalNextStates(table, from).includes(to)) return null;
  return illegalTransition(table, from, to, { provider: 'ref' }).toJSON();
}

function isDone(sim: VendorSim, wanted: Wanted): boolean {
  if (typeof wanted === 'string') return sim.word === wordOf(wanted);
  if ('services' in wanted) return holds(sim.services, wanted.services);
  if ('ratePlan' in wanted) return sim.plan === wanted.ratePlan;
  return holds(sim, wanted.changes);
}

function holds(found: object, wanted: object): boolean {
  return Object.entries(wanted).every(
    ([name, value]) => JSON.stringify(Reflect.get(found, name)) === JSON.stringify(value),
  );
}

export function fullLifecycleOf(vendor: Vendor, table: TransitionTable): Required<Lifecycle> {
  return {
    ...lifecycleOf(vendor, table),
    setServices: ({ sims, services }, options) =>
      writeSims(vendor, 'lifecycle.setServices', sims, options, {
        wanted: { services },
        there: (sim) => holds(sim.services, services),
        apply: (sim) => Object.assign(sim.services, services),
      }),
    ratePlans: {
      list: (options) => pagesOf(vendor, () => vendor.plans.map((id) => ({ provider: 'ref', id, name: id })), options),
      change: ({ sims, plan }, options) =>
        writeSims(vendor, 'lifecycle.ratePlans', sims, options, {
          wanted: { ratePlan: plan },
          there: (sim) => sim.plan === plan,
          apply: (sim) => {
            sim.plan = plan;
          },
        }),
      cancelChange: ({ sims }, options) =>
        writeSims(vendor, 'lifecycle.ratePlans', sims, options, {
          wanted: { ratePlan: 'plan-basic' },
          there: () => true,
          apply: () => {},
        }),
    },
    orders: ordersOf(vendor),
  };
}

function ordersOf(vendor: Vendor): Orders {
  const orderOf = ({ id, type, state, at }: VendorOrder): Order => ({
    provider: 'ref',
    id,
    type: { value: type, raw: type },
    state: known({ pending: 'pending', completed: 'completed' } as const, state),
    iccid: null,
    simRef: null,
    placedAt: at,
    raw: { id, state },
  });
  const find = (id: string): VendorOrder => {
    const order = vendor.orders.find((one) => one.id === id);
    if (!order) throw new ConnectivityError('not-found', `there is no order ${id}`, { provider: 'ref' });
    return order;
  };
  return {
    place: async ({ type }, options) => {
      if (options?.signal?.aborted) throw cancelledError({ provider: 'ref' });
      const place = (): VendorOrder =>
        once(vendor, options?.intent, () => {
          const order: VendorOrder = {
            id: `order-${vendor.orders.length}`,
            type,
            state: 'pending',
            at: vendor.instant(),
          };
          vendor.orders.push(order);
          vendor.accept(() => {
            order.state = 'completed';
          });
          return order;
        });
      return orderOf(await vendor.call(options?.signal, place, 'lifecycle.orders'));
    },
    get: (order, options) => vendor.call(options?.signal, () => orderOf(find(order.id))),
    wait: (order, options) => vendor.call(options?.signal, () => orderOf(find(order.id))),
    list: (_, options) => pagesOf(vendor, () => vendor.orders.map(orderOf), options),
    templates: (_, options) =>
      pagesOf(vendor, () => vendor.templates.map((id) => ({ provider: 'ref', id, name: null, raw: { id } })), options),
  };
}

/** The vendor's idempotency key: the first answer is given again. */
export function once<T>(vendor: Vendor, key: string | undefined, run: () => T): T {
  if (key === undefined) return run();
  if (!vendor.keys.has(key)) vendor.keys.set(key, run());
  return vendor.keys.get(key) as T;
}

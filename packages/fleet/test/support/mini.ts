import {
  type Ability,
  type CallOptions,
  ConnectivityError,
  type Iccid,
  matches,
  type Order,
  type OrderRequest,
  type Orders,
  type Provider,
  type ProviderFactory,
  paged,
  parseIccid,
  parseMsisdn,
  type Recipient,
  type SendOutcome,
  type SettableState,
  type Sim,
  type SimFilter,
  type SimOutcome,
  type SimTarget,
  type Support,
  sameIccid,
  toErrorInfo,
  unknownServices,
  withCheckDigit,
} from '@carrierkit/core';

/** A vendor that lives in memory: what it did, and switches for its bad days. */
export interface MiniVendor {
  readonly sims: Map<Iccid, Sim>;
  readonly calls: {
    readonly method: string;
    readonly iccids: readonly string[];
    readonly intent: string | undefined;
  }[];
  readonly signals: AbortSignal[];
  closed: number;
  /** Thrown by the named method. */
  fail: Record<string, unknown>;
  /** Awaited before the answer of a list page. */
  beforePage: (page: number) => Promise<void>;
}

export interface MiniOptions {
  readonly sims?: number;
  readonly prefix?: string;
  readonly pageSize?: number;
  readonly supports?: Partial<Record<Ability, Support>>;
  readonly without?: readonly (
    | 'messaging'
    | 'usage'
    | 'setServices'
    | 'orders'
    | 'batches'
    | 'update'
    | 'secrets'
    | 'ratePlans'
  )[];
  readonly simsPerCall?: number;
  readonly account?: string;
}

export interface MiniClient {
  readonly vendor: MiniVendor;
}

export const iccidAt = (prefix: string, index: number): Iccid =>
  parseIccid(withCheckDigit(prefix + String(index).padStart(18 - prefix.length, '0')));
export const msisdnAt = (index: number) => parseMsisdn(`+4915900${String(index).padStart(6, '0')}`);

export function miniVendor(provider: string, options: MiniOptions = {}): MiniVendor {
  const { sims = 5, prefix = '8988', account = null } = options;
  const all = Array.from({ length: sims }, (_, index): Sim => {
    const iccid = iccidAt(prefix, index);
    return {
      provider,
      iccid,
      ref: `${provider}-${index}`,
      eid: null,
      imsis: [],
      msisdns: [msisdnAt(index)],
      imei: null,
      state: { value: 'active', raw: 'ON' },
      services: unknownServices,
      label: null,
      ratePlan: null,
      account,
      tags: [],
      attributes: {},
      firstActivatedAt: null,
      raw: {},
    };
  });
  return {
    sims: new Map(all.map((sim) => [sim.iccid, sim])),
    calls: [],
    signals: [],
    closed: 0,
    fail: {},
    beforePage: async () => {},
  };
}

/** A provider over a vendor of its own, as a third party would write it. */
export function mini(options: MiniOptions = {}, given?: MiniVendor): ProviderFactory<MiniClient> {
  return ({ id }) => miniProvider(id, given ?? miniVendor(id, options), options);
}

const ABILITIES: readonly Ability[] = [
  'inventory.list',
  'inventory.get',
  'inventory.update',
  'inventory.secrets',
  'inventory.batches',
  'lifecycle.change',
  'lifecycle.setServices',
  'lifecycle.ratePlans',
  'lifecycle.orders',
  'lifecycle.orders.list',
  'messaging.send',
  'messaging.toSim',
  'messaging.toMsisdn',
  'messaging.delivery',
  'messaging.list',
  'messaging.cancel',
  'usage.records',
];

function miniProvider(id: string, vendor: MiniVendor, options: MiniOptions): Provider<MiniClient> {
  const { pageSize = 2, without = [], supports = {}, simsPerCall = 2 } = options;
  const has = (part: (typeof without)[number]) => !without.includes(part);

  const enter = (
    method: string,
    iccids: readonly string[],
    call: (CallOptions & { readonly intent?: string }) | undefined,
  ) => {
    vendor.calls.push({ method, iccids, intent: call?.intent });
    if (call?.signal) vendor.signals.push(call.signal);
    if (vendor.fail[method]) throw vendor.fail[method];
  };
  const iccidOf = (target: SimTarget) => (typeof target === 'string' ? target : target.iccid);
  const find = (target: SimTarget): Sim => {
    const sim = [...vendor.sims.values()].find((one) => sameIccid(one.iccid, iccidOf(target)));
    if (sim) return sim;
    throw new ConnectivityError('not-found', `no SIM ${iccidOf(target)}`, { provider: id });
  };
  const each = (targets: readonly SimTarget[], edit: (sim: Sim) => Sim): readonly SimOutcome[] =>
    targets.map((target): SimOutcome => {
      try {
        const sim = find(target);
        vendor.sims.set(sim.iccid, edit(sim));
        return { provider: id, iccid: sim.iccid, status: 'applied' };
      } catch (error) {
        return { provider: id, iccid: iccidOf(target), status: 'failed', error: toErrorInfo(error) };
      }
    });
  const listed = <T>(method: string, items: () => readonly T[], call: CallOptions | undefined) =>
    paged<T>(async ({ cursor, size = pageSize, signal }) => {
      const start = Number(cursor ?? 0);
      vendor.signals.push(signal);
      await vendor.beforePage(start / size);
      enter(method, [], undefined);
      const all = items();
      const end = start + size;
      return { items: all.slice(start, end), next: end < all.length ? String(end) : null, total: all.length };
    }, call);

  const orders: Orders = {
    async place(request: OrderRequest, call): Promise<Order> {
      enter('place', [request.account], call);
      return {
        provider: id,
        id: `order-${vendor.calls.length}`,
        type: { value: request.type, raw: request.type },
        state: { value: 'pending', raw: '' },
        iccid: null,
        simRef: null,
        placedAt: null,
        raw: {},
      };
    },
    async get(ref) {
      return {
        ...ref,
        type: { value: 'activate', raw: '' },
        state: { value: 'completed', raw: '' },
        iccid: null,
        simRef: null,
        placedAt: null,
        raw: {},
      };
    },
    wait: (ref, call) => orders.get(ref, call),
    list: (_, call) => listed('orders.list', () => [], call),
    templates: (_, call) => listed('orders.templates', () => [{ provider: id, id: 't1', name: null, raw: {} }], call),
  };

  return {
    specVersion: 1,
    id,
    adapter: 'mini',
    client: { vendor },
    capabilities: {
      supports: {
        ...(Object.fromEntries(ABILITIES.map((ability) => [ability, 'native'])) as Record<Ability, Support>),
        ...supports,
      },
      pageSize: { default: pageSize, max: 100 },
      pushedDown: [],
      simsPerCall: { change: simsPerCall, send: simsPerCall },
      parallelCalls: 2,
      textLimit: null,
      idempotencyKeyHours: null,
      changesApplyAtOnce: true,
      transitions: {
        closed: false,
        rules: [
          { from: 'active', to: 'suspended', basis: 'documented', by: 'customer', reversible: true, billing: null },
          {
            from: 'inventory',
            to: 'active',
            basis: 'documented',
            by: 'customer',
            reversible: false,
            billing: 'billed for the whole month',
          },
          { from: 'active', to: 'retired', basis: 'documented', by: 'customer', reversible: false, billing: null },
        ],
      },
      usage: [],
    },
    inventory: {
      list: (filter: SimFilter = {}, call) =>
        listed('list', () => [...vendor.sims.values()].filter((sim) => matches(sim, filter)), call),
      async get(target, call) {
        enter('get', [iccidOf(target)], call);
        return find(target);
      },
      ...(has('update') && {
        update: async (request, call) => (
          enter('update', request.sims.map(iccidOf), call),
          each(request.sims, (sim) => ({ ...sim, ...request.changes }))
        ),
      }),
      ...(has('secrets') && { secrets: async () => ({ pin1: '0000', pin2: null, puk1: null, puk2: null }) }),
      ...(has('batches') && {
        batches: {
          validate: async ({ code }) => ({ provider: id, code, registrable: true, quantity: 1, reason: null }),
          register: async ({ code }) => ({ code, outcomes: [] }),
        },
      }),
    },
    lifecycle: {
      async change({ sims, to }: { sims: readonly SimTarget[]; to: SettableState }, call) {
        enter('change', sims.map(iccidOf), call);
        return each(sims, (sim) => ({ ...sim, state: { value: to, raw: to } }));
      },
      confirm: async (pending) => pending.map(({ iccid }) => ({ provider: id, iccid, status: 'applied' })),
      ...(has('setServices') && {
        setServices: async (request, call) => (
          enter('setServices', request.sims.map(iccidOf), call),
          each(request.sims, (sim) => ({ ...sim, services: { ...sim.services, ...request.services } }))
        ),
      }),
      ...(has('ratePlans') && {
        ratePlans: {
          list: (call) => listed('ratePlans.list', () => [{ provider: id, id: 'p1', name: 'Plan' }], call),
          change: async (request, call) => (
            enter('ratePlans.change', request.sims.map(iccidOf), call),
            each(request.sims, (sim) => ({ ...sim, ratePlan: request.plan }))
          ),
          cancelChange: async (request) => each(request.sims, (sim) => sim),
        },
      }),
      ...(has('orders') && { orders }),
    },
    ...(has('messaging') && {
      messaging: {
        async send({ to }, call): Promise<readonly SendOutcome[]> {
          enter('send', to.map(recipientName), call);
          return to.map((recipient, index) => ({
            provider: id,
            to: recipient,
            status: 'accepted',
            message: { provider: id, id: `m-${vendor.calls.length}-${index}` },
          }));
        },
        delivery: async () => [],
        list: (_, call) => listed('messages.list', () => [], call),
        cancel: async () => {},
      },
    }),
    ...(has('usage') && {
      usage: { records: (query, call) => listed(`usage:${(query.sims ?? []).map(iccidOf).join()}`, () => [], call) },
    }),
    check: async () => null,
    async close() {
      vendor.closed += 1;
    },
  };
}

const recipientName = (to: Recipient): string =>
  'msisdn' in to ? `+${to.msisdn}` : typeof to.sim === 'string' ? to.sim : to.sim.iccid;

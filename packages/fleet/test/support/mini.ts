import {
  type Ability,
  type CallOptions,
  ConnectivityError,
  type Delivery,
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
  toInstant,
  unknownServices,
  type WriteOptions,
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
  /** What changed at the vendor: `change 8988…`, `send +49…`, `place acme`. */
  readonly effects: string[];
  readonly messages: Delivery[];
  readonly orders: Order[];
  /** Answers by idempotency key, where the vendor knows keys. */
  readonly answers: Map<string, unknown>;
  readonly signals: AbortSignal[];
  closed: number;
  /** Thrown by the named method; a function is asked for each call. */
  fail: Record<string, unknown>;
  /** Asked for each SIM of a write; what it throws becomes that SIM's outcome. */
  onItem: (method: string, iccid: Iccid) => void;
  /** Awaited before the answer of a list page. */
  beforePage: (page: number) => Promise<void>;
  /** Called about every write before it takes effect and after it did; what it throws is what the caller gets. */
  onWrite: (method: string, when: 'before' | 'after', about: readonly string[]) => void | Promise<void>;
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
  readonly parallelCalls?: number;
  readonly account?: string;
  /** How long the vendor remembers idempotency keys; it knows none where left out. */
  readonly keyHours?: number;
  readonly changesApplyAtOnce?: boolean;
  /** Whether a SIM that is retired is gone afterwards. */
  readonly deletes?: boolean;
  readonly clock?: () => number;
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
    effects: [],
    messages: [],
    orders: [],
    answers: new Map(),
    signals: [],
    closed: 0,
    fail: {},
    onItem: () => {},
    beforePage: async () => {},
    onWrite: () => {},
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
  const { pageSize = 2, without = [], supports = {}, simsPerCall = 2, clock = Date.now } = options;
  const has = (part: (typeof without)[number]) => !without.includes(part);

  const enter = (
    method: string,
    iccids: readonly string[],
    call: (CallOptions & { readonly intent?: string }) | undefined,
  ) => {
    vendor.calls.push({ method, iccids, intent: call?.intent });
    if (call?.signal) vendor.signals.push(call.signal);
    const failure = vendor.fail[method];
    const thrown: unknown = typeof failure === 'function' ? failure(iccids) : failure;
    if (thrown) throw thrown;
  };
  const iccidOf = (target: SimTarget) => (typeof target === 'string' ? target : target.iccid);
  const find = (target: SimTarget): Sim => {
    const sim = [...vendor.sims.values()].find((one) => sameIccid(one.iccid, iccidOf(target)));
    if (sim) return sim;
    throw new ConnectivityError('not-found', `no SIM ${iccidOf(target)}`, { provider: id });
  };
  const each = (method: string, targets: readonly SimTarget[], edit: (sim: Sim) => Sim | null): readonly SimOutcome[] =>
    targets.map((target): SimOutcome => {
      try {
        const sim = find(target);
        vendor.onItem(method, sim.iccid);
        const edited = edit(sim);
        if (edited) vendor.sims.set(sim.iccid, edited);
        else vendor.sims.delete(sim.iccid);
        vendor.effects.push(`${method} ${sim.iccid}`);
        return { provider: id, iccid: sim.iccid, status: 'applied' };
      } catch (error) {
        return { provider: id, iccid: iccidOf(target), status: statusOf(error), error: toErrorInfo(error) };
      }
    });
  /** A write as the vendor sees it: the same key has the same answer and no second effect. */
  const write = async <R>(
    method: string,
    about: readonly string[],
    call: WriteOptions | undefined,
    act: () => R,
  ): Promise<R> => {
    enter(method, about, call);
    await vendor.onWrite(method, 'before', about);
    const key = options.keyHours === undefined || call?.intent === undefined ? null : `${method} ${call.intent}`;
    const known = key !== null && vendor.answers.has(key);
    const answer = known ? (vendor.answers.get(key) as R) : act();
    if (key !== null) vendor.answers.set(key, answer);
    await vendor.onWrite(method, 'after', about);
    return answer;
  };
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
    place: (request: OrderRequest, call) =>
      write('place', [request.account], call, (): Order => {
        const about = request.type === 'activate' ? request.account : iccidOf(request.sim);
        vendor.effects.push(`place ${request.type} ${about}`);
        const order: Order = {
          provider: id,
          id: `order-${vendor.effects.length}`,
          type: { value: request.type, raw: request.type },
          state: { value: 'pending', raw: '' },
          iccid: request.type === 'activate' ? null : find(request.sim).iccid,
          simRef: null,
          placedAt: toInstant(clock()),
          raw: {},
        };
        vendor.orders.push(order);
        return order;
      }),
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
    list: (_, call) => listed('orders.list', () => vendor.orders, call),
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
      parallelCalls: options.parallelCalls ?? 2,
      textLimit: null,
      idempotencyKeyHours: options.keyHours ?? null,
      changesApplyAtOnce: options.changesApplyAtOnce ?? true,
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
        update: (request, call) =>
          write('update', request.sims.map(iccidOf), call, () =>
            each('update', request.sims, (sim) => ({ ...sim, ...request.changes })),
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
      change: ({ sims, to }: { sims: readonly SimTarget[]; to: SettableState }, call) =>
        write('change', sims.map(iccidOf), call, () =>
          each('change', sims, (sim) =>
            options.deletes && to === 'retired' ? null : { ...sim, state: { value: to, raw: to } },
          ),
        ),
      confirm: async (pending) => pending.map(({ iccid }) => ({ provider: id, iccid, status: 'applied' })),
      ...(has('setServices') && {
        setServices: (request, call) =>
          write('setServices', request.sims.map(iccidOf), call, () =>
            each('setServices', request.sims, (sim) => ({
              ...sim,
              services: { ...sim.services, ...request.services },
            })),
          ),
      }),
      ...(has('ratePlans') && {
        ratePlans: {
          list: (call) => listed('ratePlans.list', () => [{ provider: id, id: 'p1', name: 'Plan' }], call),
          change: (request, call) =>
            write('ratePlans.change', request.sims.map(iccidOf), call, () =>
              each('ratePlan', request.sims, (sim) => ({ ...sim, ratePlan: request.plan })),
            ),
          cancelChange: async (request) => each('cancelChange', request.sims, (sim) => sim),
        },
      }),
      ...(has('orders') && { orders }),
    },
    ...(has('messaging') && {
      messaging: {
        send: ({ to, text }, call): Promise<readonly SendOutcome[]> =>
          write('send', to.map(recipientName), call, () =>
            to.map((recipient) => {
              vendor.effects.push(`send ${recipientName(recipient)}`);
              const message = { provider: id, id: `m-${vendor.effects.length}` };
              const iccid = 'sim' in recipient ? iccidOf(recipient.sim) : null;
              vendor.messages.push({
                message,
                to: { iccid, msisdn: 'msisdn' in recipient ? recipient.msisdn : null },
                direction: 'outbound',
                state: { value: 'sending', raw: '' },
                submittedAt: toInstant(clock()),
                text,
                raw: {},
              });
              return { provider: id, to: recipient, status: 'accepted', message };
            }),
          ),
        delivery: async () => [],
        list: (_, call) => listed('messages.list', () => vendor.messages, call),
        cancel: async () => {},
      },
    }),
    ...(has('usage') && {
      usage: { records: (query, call) => listed(`usage:${(query.sims ?? []).map(iccidOf).join()}`, () => [], call) },
    }),
    check: async () => ('check' in vendor.fail ? toErrorInfo(vendor.fail['check'], { provider: id }) : null),
    async close() {
      vendor.closed += 1;
    },
  };
}

const statusOf = (error: unknown) =>
  ConnectivityError.is(error) && error.effect === 'unknown' ? ('unknown' as const) : ('failed' as const);
const recipientName = (to: Recipient): string =>
  'msisdn' in to ? `+${to.msisdn}` : typeof to.sim === 'string' ? to.sim : to.sim.iccid;

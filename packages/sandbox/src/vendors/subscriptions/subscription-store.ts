import type { VendorContext } from '../../framework/vendor.js';
import { DAY_MS, dayStart } from '../../world/days.js';
import { LOOSE_ACCOUNT, TEMPLATE_COUNT } from './catalogue.js';

export const SERVICE_TYPES = ['voice', 'data', 'sms'] as const;

/** A subscription, its subscriber and its plan share one index. Phone numbers follow from it too. */
export interface SubscriptionRecord {
  readonly index: number;
  /** `active`, `suspended`, `terminated`, or a word that was patched in. */
  readonly state: string;
  /** Indexes in the fleet, oldest first; the last one is the SIM in use. */
  readonly sims: readonly number[];
  readonly account: number;
  readonly template: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly terminatedAt: number | null;
  readonly services: Readonly<Record<string, boolean>>;
  /** `null`: generated. */
  readonly subscriber: SubscriberDetails | null;
}

export interface SubscriberDetails {
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly employee_id: string | null;
  readonly group: string | null;
}

export type SubscriptionChange = Partial<Pick<SubscriptionRecord, 'state' | 'sims' | 'terminatedAt' | 'services'>>;

/** All subscriptions. The initial ones are computed from their index; only what differs from that is kept. */
export interface SubscriptionStore {
  /** In the order of the list, from a position on. */
  from(position: number): Iterable<SubscriptionRecord>;
  positionOf(index: number): number | undefined;
  get(index: number): SubscriptionRecord | undefined;
  /** By index of a SIM in the fleet, in use or replaced. */
  bySim(sim: number): SubscriptionRecord | undefined;
  change(index: number, change: SubscriptionChange): SubscriptionRecord;
  /** SIMs of the past and those being ordered included: their indexes are 0 to `simCount` - 1. */
  readonly simCount: number;
  /** An index for a new SIM, with or without a new subscription. */
  takeIndex(): number;
  add(record: SubscriptionRecord): void;
}

export function createSubscriptionStore(context: VendorContext): SubscriptionStore {
  const { fleet, usage } = context;
  const changed = new Map<number, SubscriptionRecord>();
  const added: number[] = [];
  const owners = new Map<number, number>();
  let nextIndex = fleet.size;

  const get = (index: number): SubscriptionRecord | undefined =>
    changed.get(index) ?? (index >= 0 && index < fleet.size ? initialRecord(context, index) : undefined);

  return {
    get,
    from: function* (position) {
      for (let place = position; place < fleet.size + added.length; place++) {
        const record = get(place < fleet.size ? place : (added[place - fleet.size] ?? -1));
        if (record !== undefined) yield record;
      }
    },
    positionOf: (index) => {
      if (index < fleet.size) return index < 0 ? undefined : index;
      const place = added.indexOf(index);
      return place < 0 ? undefined : fleet.size + place;
    },
    bySim: (sim) => get(owners.get(sim) ?? sim),
    change: (index, change) => {
      const before = get(index);
      if (before === undefined) throw new Error(`No subscription ${index}`);
      const after = { ...before, ...change };
      changed.set(index, after);
      for (const sim of after.sims) if (sim !== index) owners.set(sim, index);
      if (after.state !== before.state) usage.setTraffic(index, after.state === 'active');
      return after;
    },
    get simCount() {
      return nextIndex;
    },
    takeIndex: () => nextIndex++,
    add: (record) => {
      changed.set(record.index, record);
      added.push(record.index);
      usage.setTraffic(record.index, record.state === 'active');
    },
  };
}

/** The SIM in use. */
export function simOf(record: SubscriptionRecord): number {
  return record.sims.at(-1) ?? record.index;
}

/** Eight of ten active, one suspended, one terminated. */
export function initialState(index: number): 'active' | 'suspended' | 'terminated' {
  if (index % 10 === 7) return 'suspended';
  return index % 10 === 9 ? 'terminated' : 'active';
}

function initialRecord(context: VendorContext, index: number): SubscriptionRecord {
  const drawn = context.random('subscription', index);
  const state = initialState(index);
  const createdAt =
    dayStart(context.usage.firstDay) - drawn.integer(60 * 86_400, 900 * 86_400) * 1000 + drawn.integer(0, 999);
  return {
    index,
    state,
    sims: [index],
    account: index % 20 === 19 ? LOOSE_ACCOUNT : index % LOOSE_ACCOUNT,
    template: index % TEMPLATE_COUNT,
    createdAt,
    terminatedAt: state === 'terminated' ? createdAt + drawn.integer(1, 50) * DAY_MS : null,
    services: { voice: index % 6 !== 5, data: true, sms: true },
    subscriber: null,
  };
}

import { hashNumbers } from '../../framework/random.js';
import type { VendorContext } from '../../framework/vendor.js';
import { DAY_MS, dayOf, dayStart } from '../../world/days.js';
import { organizationOf } from './organizations.js';
import { initialPlan } from './rate-plans.js';
import { initialState } from './states.js';

export type Service = 'data' | 'smsMo' | 'smsMt';
export const SERVICES: readonly Service[] = ['data', 'smsMo', 'smsMt'];

/** What bulk calls change: the lifecycle state, or one service. */
export type Aspect = 'state' | Service;

/** What is kept of a SIM that no longer is as it was at the start. */
export interface SimChange {
  readonly state?: string;
  /** What was ordered last, for what is not carried out yet. */
  readonly ordered?: Readonly<Partial<Record<Aspect, string>>>;
  readonly stateSince?: number;
  readonly data?: string;
  readonly smsMo?: string;
  readonly smsMt?: string;
  readonly label?: string;
  readonly description?: string;
  readonly organization?: string;
  readonly plan?: string;
  readonly firstActivatedAt?: number;
  readonly testStartedAt?: number;
}

export interface SimDates {
  readonly provision: number;
  readonly shipping: number | undefined;
  readonly delivery: number | undefined;
  readonly firstActivation: number | undefined;
  readonly testStart: number | undefined;
}

/** The SIMs of the account: computed from their index, save what was changed since. */
export interface SimStore {
  readonly size: number;
  readonly iccid: (index: number) => string;
  /** Exactly as the portal spells ICCIDs: with check digit. */
  indexOf(iccid: string): number | undefined;
  readonly state: (index: number) => string;
  /** As it will be once everything that was ordered is carried out. */
  ordered(index: number, aspect: Aspect): string;
  order(index: number, aspect: Aspect, value: string): void;
  /** The order of this value is done with, unless a later one took its place. */
  settle(index: number, aspect: Aspect, value: string): void;
  readonly stateSince: (index: number) => number;
  service(index: number, service: Service): string;
  readonly label: (index: number) => string;
  readonly description: (index: number) => string;
  readonly organization: (index: number) => string;
  /** Label of the rate plan in force. */
  readonly plan: (index: number) => string;
  readonly dates: (index: number) => SimDates;
  /** 14 digits, without the check digit; `undefined`: never seen in a device. */
  readonly imei: (index: number) => string | undefined;
  indexOfImei(imei: string): number | undefined;
  change(index: number, change: SimChange): void;
}

export function createSimStore(context: VendorContext<object>): SimStore {
  const { fleet, clock, usage } = context;
  const startedAt = clock.now();
  const today = dayOf(startedAt);
  const changes = new Map<number, SimChange>();
  const hash = (index: number): number => hashNumbers(index, fleet.size, 17);

  const state = (index: number): string => changes.get(index)?.state ?? initialState(index);
  const service = (index: number, name: Service): string => changes.get(index)?.[name] ?? initialService(index, name);
  const ordered = (index: number, aspect: Aspect): string =>
    changes.get(index)?.ordered?.[aspect] ?? (aspect === 'state' ? state(index) : service(index, aspect));
  const provision = (index: number): number => dayStart(today - 400 - (hash(index) % 200)) + 9 * 3_600_000;
  const stateSince = (index: number): number =>
    changes.get(index)?.stateSince ?? provision(index) + (20 + (hash(index) % 30)) * DAY_MS;
  const inTraffic = (index: number): boolean => state(index) === 'ACTIVE' && service(index, 'data') === 'ACTIVE';

  const imei = (index: number): string | undefined => {
    if (index % 10 === 9 || initialState(index) === 'PRE_TEST' || initialState(index) === 'PROVISIONED')
      return undefined;
    return fleet.imei(index).slice(0, 14);
  };

  return {
    size: fleet.size,
    iccid: (index) => fleet.iccid(index),
    indexOf: (iccid) => {
      const index = fleet.indexOf(iccid);
      return index !== undefined && index < fleet.size && fleet.iccid(index) === iccid ? index : undefined;
    },
    state,
    ordered,
    order: (index, aspect, value) => {
      const change = changes.get(index);
      changes.set(index, { ...change, ordered: { ...change?.ordered, [aspect]: value } });
    },
    settle: (index, aspect, value) => {
      const { ordered: kept = {}, ...change } = changes.get(index) ?? {};
      if (kept[aspect] !== value) return;
      const { [aspect]: _settled, ...others } = kept;
      changes.set(index, Object.keys(others).length === 0 ? change : { ...change, ordered: others });
    },
    stateSince,
    service,
    label: (index) => changes.get(index)?.label ?? initialLabel(index),
    description: (index) => changes.get(index)?.description ?? (index % 5 === 1 ? 'Installed in the field' : ''),
    organization: (index) => changes.get(index)?.organization ?? organizationOf(index),
    plan: (index) => changes.get(index)?.plan ?? initialPlan(index),
    dates: (index) => {
      const first = initialState(index);
      const change = changes.get(index);
      const shipped = first !== 'PRE_TEST';
      const activated = first === 'ACTIVE' || first === 'SUSPENDED' || first === 'BLOCKED' || first === 'RETIRED';
      return {
        provision: provision(index),
        shipping: shipped ? provision(index) + 5 * DAY_MS : undefined,
        delivery: shipped && first !== 'PROVISIONED' ? provision(index) + 8 * DAY_MS : undefined,
        firstActivation: change?.firstActivatedAt ?? (activated ? provision(index) + 15 * DAY_MS : undefined),
        testStart: change?.testStartedAt ?? (first === 'TEST' ? startedAt : undefined),
      };
    },
    imei,
    indexOfImei: (value) => {
      // The world numbers devices by SIM index: seven digits of type allocation code and release, then the index.
      const index = Number(value.slice(-7));
      return Number.isInteger(index) && index < fleet.size && imei(index) === value ? index : undefined;
    },
    change: (index, change) => {
      const before = inTraffic(index);
      const now = clock.now();
      const first = change.state === 'ACTIVE' && !wasActivated(changes.get(index), index);
      changes.set(index, {
        ...changes.get(index),
        ...(change.state === undefined ? {} : { stateSince: now }),
        ...(first ? { firstActivatedAt: now } : {}),
        ...change,
      });
      const after = inTraffic(index);
      if (before !== after) usage.setTraffic(index, after);
    },
  };
}

/** One SIM of forty has its data service, one its outgoing and one its incoming SMS service switched off. */
export function initialService(index: number, service: Service): string {
  const off = { data: 10, smsMo: 24, smsMt: 36 }[service];
  return index % 40 === off ? 'SUSPENDED' : 'ACTIVE';
}

/** Whether the SIM produces usage at the start. */
export function initiallyInTraffic(index: number): boolean {
  return initialState(index) === 'ACTIVE' && initialService(index, 'data') === 'ACTIVE';
}

/** Null text is `''` at this vendor. */
function initialLabel(index: number): string {
  return index % 7 === 3 ? '' : `Unit ${String(index + 1).padStart(4, '0')}`;
}

function wasActivated(change: SimChange | undefined, index: number): boolean {
  if (change?.firstActivatedAt !== undefined) return true;
  const first = initialState(index);
  return first === 'ACTIVE' || first === 'SUSPENDED' || first === 'BLOCKED' || first === 'RETIRED';
}

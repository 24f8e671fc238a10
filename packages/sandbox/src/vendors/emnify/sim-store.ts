import type { VendorContext } from '../../framework/vendor.js';
import { DAY_MS } from '../../world/days.js';
import { CHILD_ENTERPRISE, OPERATOR, type OrganisationRole, OWN } from './organisations.js';
import { ACTIVATED, DELETED, FACTORY_TEST, ISSUED, SIM_STATUSES, type SimStatus, SUSPENDED } from './sim-status.js';
import type { EmnifySwitches } from './switches.js';

/** Status of every tenth SIM in turn, so that even a small fleet has all of them. */
const INITIAL = [
  ACTIVATED,
  ACTIVATED,
  ISSUED,
  SUSPENDED,
  ACTIVATED,
  FACTORY_TEST,
  ACTIVATED,
  SUSPENDED,
  ACTIVATED,
  ACTIVATED,
];
const FIRST_ID = 1_000_001;

export function initialStatus(index: number): number {
  return INITIAL[index % INITIAL.length] ?? ISSUED;
}

/** Active SIMs, those in test and half of the suspended ones are assigned to an endpoint. */
export function startsWithEndpoint(index: number): boolean {
  const status = initialStatus(index);
  return status === ACTIVATED || status === FACTORY_TEST || (status === SUSPENDED && index % 10 === 3);
}

/** A device that is switched off: its SMS wait until they expire. */
export function isUnreachable(index: number): boolean {
  return index % 20 === 18;
}

export type Organisations = Readonly<Record<OrganisationRole, number | null>>;

/**
 * State of the SIMs. What differs from the beginning is kept, everything else is computed. A SIM is known by its index
 * in the fleet; those of unregistered batches have indexes beyond the fleet and become visible when registered.
 */
export class SimStore {
  readonly capacity: number;
  readonly #context: VendorContext<EmnifySwitches>;
  readonly #switches: EmnifySwitches;
  readonly #startedAt: number;
  readonly #status: Uint8Array;
  readonly #visible: Uint8Array;
  readonly #activatedAt = new Map<number, number>();
  readonly #organisations = new Map<number, Organisations>();
  readonly #odd = new Map<number, SimStatus>();
  #order: Int32Array | undefined;

  constructor(context: VendorContext<EmnifySwitches>, switches: EmnifySwitches, inBatches: number) {
    this.#context = context;
    this.#switches = switches;
    this.#startedAt = Math.floor(context.clock.now() / 1000) * 1000;
    this.capacity = context.fleet.size + inBatches;
    this.#status = new Uint8Array(this.capacity);
    this.#visible = new Uint8Array(this.capacity);
    for (let index = 0; index < context.fleet.size; index++) {
      this.#status[index] = initialStatus(index);
      this.#visible[index] = 1;
    }
  }

  id(index: number): number {
    return FIRST_ID + index;
  }

  /** `undefined`: no such SIM, not ours, or deleted. */
  indexOf(id: number): number | undefined {
    const index = id - FIRST_ID;
    return Number.isInteger(index) && this.isListed(index) ? index : undefined;
  }

  indexOfIccid(iccid: string): number | undefined {
    const index = this.#context.fleet.indexOf(iccid);
    return index !== undefined && this.isListed(index) ? index : undefined;
  }

  isListed(index: number): boolean {
    if (this.#visible[index] !== 1) return false;
    return this.#switches.listDeleted || this.#status[index] !== DELETED;
  }

  /** Indexes of all listed SIMs by ascending id. Not to be changed. */
  listed(): Int32Array {
    if (this.#order === undefined) {
      const order = new Int32Array(this.capacity);
      let length = 0;
      for (let index = 0; index < this.capacity; index++) if (this.isListed(index)) order[length++] = index;
      this.#order = order.subarray(0, length);
    }
    return this.#order;
  }

  status(index: number): SimStatus {
    const odd = this.#odd.get(index);
    return odd ?? (SIM_STATUSES[this.#status[index] ?? ISSUED] as SimStatus);
  }

  /** Whether the vendor's description knows the SIM's status. */
  isOdd(index: number): boolean {
    return this.#odd.has(index);
  }

  hasOddities(): boolean {
    return this.#odd.size > 0;
  }

  setStatus(index: number, status: SimStatus): void {
    this.#odd.delete(index);
    if (SIM_STATUSES[status.id] === undefined) this.#odd.set(index, status);
    else this.#status[index] = status.id;
    if (status.id === ACTIVATED && this.activatedAt(index) === undefined) {
      this.#activatedAt.set(index, this.#context.clock.now());
    }
    if (status.id === DELETED) this.#order = undefined;
  }

  /** A batch was registered: its SIMs join the list as Issued. */
  reveal(index: number): void {
    this.#visible[index] = 1;
    this.#order = undefined;
  }

  producedAt(index: number): number {
    return this.#startedAt - (400 + (index % 300)) * DAY_MS;
  }

  /** First activation. */
  activatedAt(index: number): number | undefined {
    const later = this.#activatedAt.get(index);
    if (later !== undefined || index >= this.#context.fleet.size) return later;
    const initially = initialStatus(index);
    return initially === ACTIVATED || initially === SUSPENDED
      ? this.#startedAt - (100 + (index % 250)) * DAY_MS
      : undefined;
  }

  organisations(index: number): Organisations {
    const changed = this.#organisations.get(index);
    if (changed !== undefined) return changed;
    if (this.#switches.resoldSims && index % 10 === 7) {
      return { issuer_org: OPERATOR, reseller_org: OWN, customer_org: CHILD_ENTERPRISE };
    }
    return { issuer_org: index % 10 === 3 ? OWN : OPERATOR, reseller_org: null, customer_org: OWN };
  }

  setOrganisations(index: number, organisations: Organisations): void {
    this.#organisations.set(index, organisations);
  }
}

import type { VendorContext } from '../../framework/vendor.js';
import { ADDRESS_SPACES, type AddressSpace, addressNumber, addressText } from './address-space.js';
import { endpointIndex } from './endpoint-id.js';
import { type SimStore, startsWithEndpoint } from './sim-store.js';
import type { EmnifySwitches } from './switches.js';

export const ENABLED = 0;
export const DISABLED = 1;

export interface EndpointRecord {
  readonly index: number;
  readonly name: string;
  /** Comma-separated. */
  readonly tags: string | null;
  readonly created: number;
  readonly lastUpdated: number;
  readonly status: typeof ENABLED | typeof DISABLED;
  readonly serviceProfile: number;
  readonly tariffProfile: number;
  /** Assigned SIM, by its index. */
  readonly sim: number | null;
  readonly imei: string | null;
  readonly imeiLock: boolean;
  readonly ip: string;
  readonly space: number;
}

const TAGS = ['', 'trackers', 'meters', 'trackers,night'];

/** At the start endpoint n belongs to SIM n; changed and new endpoints are kept, the others computed. */
export class EndpointStore {
  readonly #context: VendorContext<EmnifySwitches>;
  readonly #sims: SimStore;
  /** `null`: deleted. */
  readonly #changed = new Map<number, EndpointRecord | null>();
  /** SIM index to endpoint index, where it differs from the start; `null`: none. */
  readonly #assigned = new Map<number, number | null>();
  #next: number;

  constructor(context: VendorContext<EmnifySwitches>, sims: SimStore) {
    this.#context = context;
    this.#sims = sims;
    this.#next = sims.capacity;
  }

  byId(id: number): EndpointRecord | undefined {
    const index = endpointIndex(id);
    return Number.isInteger(index) ? this.get(index) : undefined;
  }

  get(index: number): EndpointRecord | undefined {
    const changed = this.#changed.get(index);
    if (changed !== undefined) return changed ?? undefined;
    return this.#exists(index) ? this.#initial(index) : undefined;
  }

  /** The endpoint of a SIM. */
  ofSim(sim: number): EndpointRecord | undefined {
    const assigned = this.#assigned.get(sim);
    if (assigned === null) return undefined;
    return this.get(assigned ?? sim);
  }

  hasEndpoint(sim: number): boolean {
    const assigned = this.#assigned.get(sim);
    return assigned === undefined ? sim < this.#context.fleet.size && startsWithEndpoint(sim) : assigned !== null;
  }

  /** Indexes of all endpoints, by ascending id. */
  indexes(): readonly number[] {
    const found: number[] = [];
    for (let index = 0; index < this.#next; index++) if (this.#exists(index)) found.push(index);
    return found;
  }

  /** `undefined`: the address space is full. */
  create(
    values: Omit<EndpointRecord, 'index' | 'created' | 'lastUpdated' | 'ip'> & { readonly ip?: string },
  ): EndpointRecord | undefined {
    const space = ADDRESS_SPACES.find((known) => known.id === values.space);
    const ip = values.ip ?? (space === undefined ? undefined : this.#freeAddress(space));
    if (ip === undefined) return undefined;
    const now = this.#context.clock.now();
    const endpoint = { ...values, ip, index: this.#next, created: now, lastUpdated: now };
    this.#next += 1;
    this.#keep(endpoint);
    return endpoint;
  }

  change(index: number, change: Partial<Omit<EndpointRecord, 'index' | 'created'>>): EndpointRecord | undefined {
    const endpoint = this.get(index);
    if (endpoint === undefined) return undefined;
    if (change.sim !== undefined && endpoint.sim !== null && change.sim !== endpoint.sim) {
      this.#assigned.set(endpoint.sim, null);
    }
    const changed = { ...endpoint, ...change, lastUpdated: this.#context.clock.now() };
    this.#keep(changed);
    return changed;
  }

  remove(index: number): void {
    this.#changed.set(index, null);
  }

  #exists(index: number): boolean {
    const changed = this.#changed.get(index);
    if (changed !== undefined) return changed !== null;
    return index >= 0 && index < this.#context.fleet.size && startsWithEndpoint(index);
  }

  #keep(endpoint: EndpointRecord): void {
    this.#changed.set(endpoint.index, endpoint);
    if (endpoint.sim !== null) this.#assigned.set(endpoint.sim, endpoint.index);
  }

  #freeAddress(space: AddressSpace): string | undefined {
    // The large space has an address of its own for every endpoint there will ever be.
    if (space.size > 1000) return addressText(space.first + this.#next);
    const taken = new Set<string>();
    for (const endpoint of this.#changed.values()) if (endpoint?.space === space.id) taken.add(endpoint.ip);
    for (let offset = 0; offset < space.size; offset++) {
      const address = addressText(space.first + offset);
      if (!taken.has(address)) return address;
    }
    return undefined;
  }

  #initial(index: number): EndpointRecord {
    const created = this.#sims.activatedAt(index) ?? this.#sims.producedAt(index);
    return {
      index,
      name: `device-${String(index + 1).padStart(6, '0')}`,
      tags: index % 7 === 0 ? null : (TAGS[index % TAGS.length] ?? null),
      created,
      lastUpdated: created,
      status: ENABLED,
      serviceProfile: 501,
      tariffProfile: 601,
      sim: index,
      imei: `${this.#context.fleet.imei(index).slice(0, 14)}01`,
      imeiLock: false,
      ip: addressText(addressNumber('10.64.0.1') + index),
      space: 1,
    };
  }
}

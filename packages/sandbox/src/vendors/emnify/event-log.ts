import type { Clock } from '../../framework/clock.js';
import { DAY_MS } from '../../world/days.js';
import { endpointId } from './endpoint-id.js';
import { type SimStore, startsWithEndpoint } from './sim-store.js';

/** Types of the SIM and endpoint life cycle that the sandbox writes. */
export const EVENT_TYPES = {
  activation: { id: 8, description: 'SIM activation' },
  suspension: { id: 9, description: 'SIM suspension' },
  deletion: { id: 10, description: 'SIM deletion' },
  endpointEnabled: { id: 42, description: 'Endpoint enabled' },
  endpointDisabled: { id: 43, description: 'Endpoint disabled' },
  factoryTest: { id: 45, description: 'SIM factory test' },
  registration: { id: 48, description: 'SIM registration' },
  released: { id: 50, description: 'SIM released' },
  assigned: { id: 51, description: 'SIM assigned' },
} as const;

export type EventType = (typeof EVENT_TYPES)[keyof typeof EVENT_TYPES];

export interface EventRecord {
  /** 15 digits. */
  readonly id: number;
  readonly at: number;
  readonly type: EventType;
  readonly description: string;
  /** SIM, by its index; `null` for what concerns only an endpoint. */
  readonly sim: number | null;
  /** Endpoint, by its index. */
  readonly endpoint: number | null;
}

const EARLIER_IDS = 200_000_000_000_000;
const LATER_IDS = 500_000_000_000_000;

/** Events since the start are kept, earlier ones follow from the state at the start. */
export class EventLog {
  readonly #clock: Clock;
  readonly #sims: SimStore;
  readonly #fleetSize: number;
  readonly #bySim = new Map<number, EventRecord[]>();
  readonly #byEndpoint = new Map<number, EventRecord[]>();
  #written = 0;

  constructor(clock: Clock, sims: SimStore, fleetSize: number) {
    this.#clock = clock;
    this.#sims = sims;
    this.#fleetSize = fleetSize;
  }

  /** `later`: milliseconds after now, for events that the vendor writes one after another. */
  write(type: EventType, description: string, sim: number | null, endpoint: number | null, later = 0): void {
    this.#written += 1;
    const id = LATER_IDS + this.#written;
    const record = { id, at: this.#clock.now() + later, type, description, sim, endpoint };
    if (sim !== null) append(this.#bySim, sim, record);
    if (endpoint !== null) append(this.#byEndpoint, endpoint, record);
  }

  ofSim(index: number): readonly EventRecord[] {
    return [...this.#earlier(index), ...(this.#bySim.get(index) ?? [])];
  }

  ofEndpoint(index: number): readonly EventRecord[] {
    const earlier = this.#earlier(index).filter((record) => record.endpoint === index);
    return [...earlier, ...(this.#byEndpoint.get(index) ?? [])];
  }

  #earlier(index: number): readonly EventRecord[] {
    if (index >= this.#fleetSize) return [];
    const records: EventRecord[] = [];
    const id = EARLIER_IDS + index * 4;
    const activatedAt = this.#sims.activatedAt(index);
    if (startsWithEndpoint(index)) {
      const at = activatedAt === undefined ? this.#sims.producedAt(index) + DAY_MS : activatedAt + 3;
      const description = assignedText(this.#sims.id(index), endpointId(index));
      records.push({ id: id + 1, at, type: EVENT_TYPES.assigned, description, sim: index, endpoint: index });
    }
    // Activated since the start: then the event was written and is among the later ones.
    const written = this.#bySim
      .get(index)
      ?.some((record) => record.type === EVENT_TYPES.activation && record.at === activatedAt);
    if (activatedAt !== undefined && written !== true) {
      const description = statusText('Issued', 'Activated');
      records.unshift({ id, at: activatedAt, type: EVENT_TYPES.activation, description, sim: index, endpoint: null });
    }
    return records;
  }
}

export function statusText(from: string, to: string): string {
  return `Status of SIM changed from '${from}' to '${to}'`;
}

export function assignedText(simId: number, endpoint: number): string {
  return `SIM ${simId} assigned to endpoint ${endpoint}`;
}

function append(records: Map<number, EventRecord[]>, key: number, record: EventRecord): void {
  const known = records.get(key);
  if (known === undefined) records.set(key, [record]);
  else known.push(record);
}

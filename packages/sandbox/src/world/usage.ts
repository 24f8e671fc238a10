import type { Clock } from '../framework/clock.js';
import { hashNumbers } from '../framework/random.js';
import type { UsageProfile } from '../framework/vendor.js';
import { DAY_MS, type Day, dayOf, dayStart, dayText } from './days.js';
import { NETWORKS, type Network } from './networks.js';

export type UsageKind = 'data' | 'sms' | 'voice';

/** One thing that happened: a day's data, one SMS, one call. */
export interface UsageFact {
  /** The same on every reading, also after a correction. */
  readonly id: string;
  /** SIM, by its index in the fleet. */
  readonly index: number;
  readonly kind: UsageKind;
  /** `null` for data: see bytesUp and bytesDown. */
  readonly direction: 'mo' | 'mt' | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly seconds: number;
  readonly messages: number;
  readonly network: Network;
  /** The other party of SMS and calls: digits without plus, `null` for data. */
  readonly peer: string | null;
  /** When the vendor knew it; later than `endedAt` for what was told late. */
  readonly processedAt: number;
  readonly corrected: boolean;
  /** How many times a vendor that lists single records lists it; totals count it once. */
  readonly copies: number;
}

/** What `add` takes: one quantity, the one that fits the kind. */
export interface AddedUsage {
  readonly kind: UsageKind;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly bytes?: number;
  readonly seconds?: number;
  readonly messages?: number;
  readonly direction?: 'mo' | 'mt';
  readonly peer?: string;
  /**
   * `new`: known when it happened; `late`: known only now; `duplicate`: a record is listed twice (the nearest of the
   * kind on that day, made first if there is none); `corrected`: the quantity of that record is replaced.
   */
  readonly how: 'new' | 'late' | 'duplicate' | 'corrected';
}

/**
 * The usage of one vendor's SIMs. Generated usage is computed from (seed, SIM, day) at every reading; it is told from
 * the end of its UTC day, and only for days that the SIM spent wholly in traffic. Added usage is told at once.
 */
export interface UsageTruth {
  /** Everything told so far of one SIM and UTC day, in order of time. */
  facts(index: number, day: Day): readonly UsageFact[];
  add(index: number, usage: AddedUsage): UsageFact;
  /** From now on the SIM has (no) traffic: it was activated or suspended. Days already told do not change. */
  setTraffic(index: number, on: boolean): void;
  /** First day that has generated usage. */
  readonly firstDay: Day;
  /** First day with anything told: earlier than `firstDay` if something older was added. */
  readonly earliestDay: Day;
  /** Grows whenever something told may have changed other than by time, so that sorted views can be cached. */
  readonly version: number;
}

interface Phase {
  readonly from: number;
  readonly on: boolean;
}

export interface UsageTruthOptions {
  readonly vendor: string;
  readonly seed: number;
  readonly size: number;
  readonly days: number;
  readonly clock: Clock;
  readonly profile: UsageProfile;
}

export function createUsageTruth(options: UsageTruthOptions): UsageTruth {
  const { clock, profile } = options;
  const startedAt = clock.now();
  const firstDay = dayOf(startedAt) - options.days;
  const phases = new Map<number, Phase[]>();
  const added = new Map<string, UsageFact[]>();
  let serial = 0;
  let version = 0;
  let earliestDay = firstDay;

  const inTraffic = (index: number, day: Day): boolean => {
    const initially = index < options.size && profile.traffic(index);
    const changes = phases.get(index);
    if (changes === undefined) return initially;
    // What happened within the day decides for the whole day: one with any change has no generated usage.
    const start = dayStart(day);
    if (changes.some((phase) => phase.from > start && phase.from < start + DAY_MS)) return false;
    return changes.findLast((phase) => phase.from <= start)?.on ?? initially;
  };

  const generated = (index: number, day: Day): UsageFact[] => {
    if (day < firstDay || dayStart(day + 1) > clock.now() || !inTraffic(index, day)) return [];
    return generateDay(options, index, day);
  };

  const facts = (index: number, day: Day): readonly UsageFact[] => {
    const extra = added.size === 0 ? undefined : added.get(`${index}/${day}`);
    const base = generated(index, day);
    if (extra === undefined) return base;
    const replaced = new Set(extra.map((fact) => fact.id));
    return [...base.filter((fact) => !replaced.has(fact.id)), ...extra].sort((a, b) => a.startedAt - b.startedAt);
  };

  const keep = (fact: UsageFact): UsageFact => {
    const day = dayOf(fact.startedAt);
    const key = `${fact.index}/${day}`;
    version += 1;
    earliestDay = Math.min(earliestDay, day);
    const others = (added.get(key) ?? []).filter((other) => other.id !== fact.id);
    added.set(key, [...others, fact]);
    return fact;
  };

  const make = (index: number, usage: AddedUsage): UsageFact => {
    serial += 1;
    const day = dayOf(usage.at);
    const bytes = roundTo(usage.bytes ?? 0, profile.bytesMultiple);
    const bytesUp = roundTo(Math.floor(bytes / 4), profile.bytesMultiple);
    const seconds = usage.kind === 'voice' ? (usage.seconds ?? 0) : 0;
    return {
      id: `${options.vendor}-${index}-${dayText(day)}-a${serial}`,
      index,
      kind: usage.kind,
      direction: usage.kind === 'data' ? null : (usage.direction ?? 'mo'),
      startedAt: usage.at,
      endedAt: usage.at + seconds * 1000,
      bytesUp: usage.kind === 'data' ? bytesUp : 0,
      bytesDown: usage.kind === 'data' ? bytes - bytesUp : 0,
      seconds,
      messages: usage.kind === 'sms' ? (usage.messages ?? 1) : 0,
      network: networkOf(options.seed, index, day),
      peer: usage.kind === 'data' ? null : (usage.peer ?? peerOf(hashNumbers(options.seed, index, day, serial))),
      processedAt: usage.how === 'new' ? usage.at : clock.now(),
      corrected: false,
      copies: 1,
    };
  };

  return {
    firstDay,
    get earliestDay() {
      return earliestDay;
    },
    get version() {
      return version;
    },
    facts,
    add: (index, usage) => {
      const made = make(index, usage);
      if (usage.how === 'new' || usage.how === 'late') return keep(made);
      const same = facts(index, dayOf(usage.at)).filter((fact) => fact.kind === usage.kind);
      const target = nearest(same, usage.at);
      if (usage.how === 'duplicate') return keep({ ...(target ?? made), copies: (target?.copies ?? 1) + 1 });
      if (target === undefined) return keep({ ...made, corrected: true });
      const { bytesUp, bytesDown, seconds, messages, processedAt } = made;
      const endedAt = usage.kind === 'voice' ? target.startedAt + seconds * 1000 : target.endedAt;
      return keep({ ...target, bytesUp, bytesDown, seconds, messages, endedAt, processedAt, corrected: true });
    },
    setTraffic: (index, on) => {
      version += 1;
      phases.set(index, [...(phases.get(index) ?? []), { from: clock.now(), on }]);
    },
  };
}

function nearest(facts: readonly UsageFact[], at: number): UsageFact | undefined {
  let best: UsageFact | undefined;
  for (const fact of facts) {
    if (best === undefined || Math.abs(fact.startedAt - at) < Math.abs(best.startedAt - at)) best = fact;
  }
  return best;
}

function roundTo(value: number, multiple: number): number {
  return Math.round(value / multiple) * multiple;
}

function generateDay(options: UsageTruthOptions, index: number, day: Day): UsageFact[] {
  const { profile, seed, vendor } = options;
  const hash = hashNumbers(seed, index, day, vendor.length);
  const found: UsageFact[] = [];
  const network = networkOf(seed, index, day);
  const fact = (place: number, kind: UsageKind, second: number, part: Partial<UsageFact>): UsageFact => ({
    id: `${vendor}-${index}-${dayText(day)}-${place}`,
    index,
    kind,
    direction: null,
    startedAt: dayStart(day) + second * 1000,
    endedAt: dayStart(day) + second * 1000,
    bytesUp: 0,
    bytesDown: 0,
    seconds: 0,
    messages: 0,
    network,
    peer: null,
    processedAt: dayStart(day + 1),
    corrected: false,
    copies: 1,
    ...part,
  });
  // Nine days of ten have data, one of eight an SMS or two, one of six a call where the vendor has voice.
  if (hash % 10 !== 0) {
    const size = hashNumbers(hash, 1);
    const bytesUp = roundTo(10_000 + (size % 400_000), profile.bytesMultiple);
    const bytesDown = roundTo(40_000 + ((size >>> 7) % 6_000_000), profile.bytesMultiple);
    const second = hashNumbers(hash, 2) % 36_000;
    const endedAt = dayStart(day) + (second + 600 + (size % 36_000)) * 1000;
    found.push(fact(0, 'data', second, { bytesUp, bytesDown, endedAt }));
  }
  if ((hash >>> 5) % 8 === 0) {
    const count = 1 + ((hash >>> 9) % 2);
    for (let place = 1; place <= count; place++) {
      const drawn = hashNumbers(hash, 10 + place);
      const direction = drawn % 3 === 0 ? 'mt' : 'mo';
      found.push(fact(place, 'sms', drawn % 86_400, { direction, messages: 1, peer: peerOf(drawn) }));
    }
  }
  if (profile.voice && (hash >>> 13) % 6 === 0) {
    const drawn = hashNumbers(hash, 20);
    const second = drawn % 82_000;
    const seconds = 5 + ((drawn >>> 8) % 900);
    const endedAt = dayStart(day) + (second + seconds) * 1000;
    const direction = drawn % 2 === 0 ? 'mo' : 'mt';
    found.push(fact(3, 'voice', second, { direction, seconds, endedAt, peer: peerOf(drawn) }));
  }
  return found.sort((a, b) => a.startedAt - b.startedAt);
}

/** Where the SIM is on that day: at home, or one day of fifteen abroad. */
function networkOf(seed: number, index: number, day: Day): Network {
  const home = hashNumbers(seed, index) % 4;
  const trip = hashNumbers(seed, index, day, 3);
  return NETWORKS[trip % 15 === 0 ? (trip >>> 8) % NETWORKS.length : home] ?? (NETWORKS[0] as Network);
}

function peerOf(hash: number): string {
  return `4917${String(100_000_000 + (hash % 900_000_000)).slice(0, 9)}`.slice(0, 12);
}

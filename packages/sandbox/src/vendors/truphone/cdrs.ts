import { json } from '../../framework/answer.js';
import type { Handler } from '../../framework/vendor.js';
import { dayOf } from '../../world/days.js';
import type { UsageFact } from '../../world/usage.js';
import { notFound } from './answers.js';
import { dateRange, equal, type Listing, listed } from './listing.js';
import type { Portal } from './portal.js';
import { addMonths, instant } from './timestamps.js';

export const KILOBYTE = 1024;
const RETENTION_MONTHS = 3;

interface CallDetailRecord {
  readonly id: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly duration: number;
  readonly origin: number | null;
  readonly destination: number | null;
  readonly country: string;
  readonly network: string;
  readonly type: 'SMS_IN' | 'SMS_OUT' | 'DATA';
}

export function cdrHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  const { sims } = portal;
  return {
    listCallDetailRecords: (request) => {
      const index = sims.indexOf(request.params['iccid'] ?? '');
      if (index === undefined) return notFound();
      return listed(request, cdrRows(portal, index));
    },
    getCallDetailRecord: (request) => {
      const index = sims.indexOf(request.params['iccid'] ?? '');
      const id = request.params['cdr_id'];
      const found = index === undefined ? undefined : recordsOf(portal, index).find((record) => record.id === id);
      return index === undefined || found === undefined ? notFound() : json(200, show(portal, index, found));
    },
  };
}

function cdrRows(portal: Portal, index: number): Listing<CallDetailRecord> {
  const records = recordsOf(portal, index).reverse();
  const atLeast = (value: string) => (record: CallDetailRecord) => !(record.duration < Number(value));
  const atMost = (value: string) => (record: CallDetailRecord) => !(record.duration > Number(value));
  return {
    length: records.length,
    at: (place) => records[place] as CallDetailRecord,
    filters: {
      id: equal(({ id }) => id),
      duration: equal(({ duration }) => String(duration)),
      origin: equal(({ origin }) => String(origin ?? '')),
      destination: equal(({ destination }) => String(destination ?? '')),
      country: equal(({ country }) => country),
      network: equal(({ network }) => network),
      type: equal(({ type }) => type),
      ...dateRange<CallDetailRecord>('startDate', ({ startedAt }) => startedAt),
      ...dateRange<CallDetailRecord>('endDate', ({ endedAt }) => endedAt),
      duration__gte: atLeast,
      duration__lte: atMost,
    },
    orderings: {
      id: ({ id }) => id,
      startDate: ({ startedAt }) => startedAt,
      endDate: ({ endedAt }) => endedAt,
      duration: ({ duration }) => duration,
      country: ({ country }) => country,
      network: ({ network }) => network,
      type: ({ type }) => type,
    },
    show: (record) => show(portal, index, record),
  };
}

/** Oldest first; what is older than the retention is gone. */
function recordsOf(portal: Portal, index: number): CallDetailRecord[] {
  const { usage, clock, fleet } = portal.context;
  const oldest = retainedSince(portal);
  const records: CallDetailRecord[] = [];
  for (let day = dayOf(oldest); day <= dayOf(clock.now()); day++) {
    for (const fact of usage.facts(index, day)) {
      if (fact.startedAt < oldest || fact.kind === 'voice') continue;
      const own = fleet.msisdn(index);
      const made = fact.kind === 'data' ? [dataRecord(fact)] : smsRecords(fact, own);
      // A record that is told twice is told with the same id.
      for (let copy = 0; copy < fact.copies; copy++) records.push(...made);
    }
  }
  return records;
}

export function retainedSince({ context }: Portal): number {
  return addMonths(context.clock.now(), -RETENTION_MONTHS);
}

/** The vendor leaves the unit of `duration` open; for data it is taken as KB (inferred). */
function dataRecord(fact: UsageFact): CallDetailRecord {
  return {
    ...common(fact),
    id: recordId(fact, 0),
    duration: Math.min(4_294_967_295, (fact.bytesUp + fact.bytesDown) / KILOBYTE),
    origin: null,
    destination: null,
    type: 'DATA',
  };
}

/** One record per message. The directions are the SIM's: what it sends is OUT (inferred). */
function smsRecords(fact: UsageFact, own: string): CallDetailRecord[] {
  const sent = fact.direction === 'mo';
  const peer = Number(fact.peer ?? 0);
  return Array.from({ length: fact.messages }, (_, place) => ({
    ...common(fact),
    id: recordId(fact, place),
    duration: 1,
    origin: sent ? Number(own) : peer,
    destination: sent ? peer : Number(own),
    type: sent ? 'SMS_OUT' : 'SMS_IN',
  }));
}

function common(fact: UsageFact) {
  const { startedAt, endedAt, network } = fact;
  return { startedAt, endedAt, country: network.countryName, network: network.operator };
}

/** Digits only, as in the vendor's sample, and the same on every reading. */
function recordId(fact: UsageFact, place: number): string {
  const [, serial = ''] = /-(a?\d+)$/.exec(fact.id) ?? [];
  const added = serial.startsWith('a');
  const digits = added ? `9${serial.slice(1)}` : `0${serial}`;
  return `${dayOf(fact.startedAt)}${String(fact.index).padStart(7, '0')}${digits}${String(place).padStart(3, '0')}`;
}

function show({ sims }: Portal, index: number, record: CallDetailRecord): object {
  const { id, duration, origin, destination, country, network, type } = record;
  return {
    id,
    simCard: sims.iccid(index),
    startDate: instant(record.startedAt),
    endDate: instant(record.endedAt),
    duration,
    origin,
    destination,
    country,
    network,
    type,
  };
}

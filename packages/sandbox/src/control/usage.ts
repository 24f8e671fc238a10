import type { VendorName } from '@carrierkit/vendor-apis';
import type { FastifyInstance } from 'fastify';
import type { RunningVendor } from '../framework/engine.js';
import type { ToldUsage } from '../framework/vendor.js';
import { type Day, dayOf, dayText, parseDay } from '../world/days.js';
import type { AddedUsage, UsageKind } from '../world/usage.js';
import { ControlError } from './control-error.js';
import { adapterSchema, type ControlEnvironment, vendorOfSim } from './environment.js';

const DIMENSIONS = ['adapter', 'kind', 'day', 'country', 'iccid'] as const;
type Dimension = (typeof DIMENSIONS)[number];

interface UsageQuery {
  readonly from?: string;
  readonly to?: string;
  readonly by?: string;
  readonly adapter?: VendorName;
}

interface UsageBody extends Omit<AddedUsage, 'at'> {
  readonly iccid: string;
  readonly at: string;
}

type Row = Partial<Record<Dimension, string | null>> & Totals;
interface Totals {
  records: number;
  bytes: number | null;
  seconds: number | null;
  messages: number | null;
}

const text = { type: 'string' };
const quantity = { type: 'integer', minimum: 0 };
const querystring = {
  type: 'object',
  additionalProperties: false,
  properties: { from: text, to: text, by: text, adapter: adapterSchema },
};
const body = {
  type: 'object',
  additionalProperties: false,
  required: ['iccid', 'kind', 'at'],
  properties: {
    iccid: text,
    kind: { type: 'string', enum: ['data', 'sms', 'voice'] },
    at: text,
    bytes: quantity,
    seconds: quantity,
    messages: quantity,
    direction: { type: 'string', enum: ['mo', 'mt'] },
    how: { type: 'string', enum: ['new', 'late', 'duplicate', 'corrected'], default: 'new' },
  },
};

/** The usage truth as far as the vendors tell it, and records added to it. */
export function usageRoutes(scope: FastifyInstance, environment: ControlEnvironment): void {
  scope.get<{ Querystring: UsageQuery }>('/usage', { schema: { querystring } }, ({ query }) => {
    const by = dimensionsOf(query.by);
    const rows = new Map<string, Row>();
    for (const running of environment.engine().vendors.values()) {
      if (query.adapter !== undefined && query.adapter !== running.module.name) continue;
      const from = dayOption('from', query.from) ?? running.usage.firstDay;
      const to = dayOption('to', query.to) ?? dayOf(environment.engine().clock.now()) + 1;
      addVendor(rows, by, running, from, to);
    }
    return { rows: [...rows.values()] };
  });

  scope.post<{ Body: UsageBody }>('/usage', { schema: { body } }, (request, reply) => {
    const { iccid, at, ...usage } = request.body;
    const instant = Date.parse(at);
    if (Number.isNaN(instant)) throw new ControlError(400, `at: "${at}" is no ISO 8601 instant`);
    checkQuantity(usage);
    const running = vendorOfSim(environment, iccid);
    const index = running.fleet.indexOf(iccid);
    if (index === undefined) throw new ControlError(404, `No vendor has a SIM ${iccid}`);
    const fact = running.usage.add(index, { ...usage, at: instant });
    const { id, bytesUp, bytesDown, seconds, messages } = fact;
    return reply.code(201).send({ id, bytes: bytesUp + bytesDown, seconds, messages });
  });
}

function addVendor(rows: Map<string, Row>, by: readonly Dimension[], running: RunningVendor, from: Day, to: Day): void {
  const adapter = running.module.name;
  for (const { iccid } of running.vendor.sims()) {
    const index = running.fleet.indexOf(iccid);
    if (index === undefined) continue;
    for (let day = from; day < to; day++) {
      for (const told of running.vendor.told(index, day)) {
        addTold(rows, by, { adapter, iccid, day: dayText(day), kind: told.kind, country: told.country }, told);
      }
    }
  }
}

function addTold(
  rows: Map<string, Row>,
  by: readonly Dimension[],
  place: Readonly<Record<Dimension, string | null>>,
  told: ToldUsage,
): void {
  const key = by.map((dimension) => place[dimension]).join('\n');
  const totals: Totals = { records: 0, bytes: null, seconds: null, messages: null };
  const row: Row = rows.get(key) ?? {
    ...Object.fromEntries(by.map((dimension) => [dimension, place[dimension]])),
    ...totals,
  };
  rows.set(key, row);
  row.records += told.records;
  row.bytes = sum(row.bytes, told.bytes);
  row.seconds = sum(row.seconds, told.seconds);
  row.messages = sum(row.messages, told.messages);
}

function sum(left: number | null, right: number | null): number | null {
  return right === null ? left : (left ?? 0) + right;
}

function dimensionsOf(by: string | undefined): readonly Dimension[] {
  const names = (by ?? '').split(',').filter((name) => name !== '');
  return names.map((name) => {
    const dimension = DIMENSIONS.find((known) => known === name);
    if (dimension === undefined) throw new ControlError(400, `by: "${name}" is not one of ${DIMENSIONS.join(', ')}`);
    return dimension;
  });
}

function dayOption(name: string, value: string | undefined): Day | undefined {
  if (value === undefined) return undefined;
  const day = parseDay(value);
  if (day === undefined) throw new ControlError(400, `${name}: "${value}" is no date of the form YYYY-MM-DD`);
  return day;
}

const QUANTITY_OF: Readonly<Record<UsageKind, 'bytes' | 'seconds' | 'messages'>> = {
  data: 'bytes',
  sms: 'messages',
  voice: 'seconds',
};

function checkQuantity(usage: Omit<AddedUsage, 'at'>): void {
  const wanted = QUANTITY_OF[usage.kind];
  for (const name of ['bytes', 'seconds', 'messages'] as const) {
    if (name !== wanted && usage[name] !== undefined) {
      throw new ControlError(400, `${name}: ${usage.kind} usage is counted in ${wanted}`);
    }
  }
  if (usage[wanted] === undefined && usage.how !== 'duplicate' && usage.kind !== 'sms') {
    throw new ControlError(400, `${wanted}: is required for ${usage.kind} usage`);
  }
}

import { createHash } from 'node:crypto';
import { type Answer, json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { DAY_MS } from '../../world/days.js';
import { apiError } from './answers.js';
import { type Criterion, compareBy, parseQuery, parseSort, type Sortable } from './criteria.js';
import { endpointIndex } from './endpoint-id.js';
import type { EventRecord } from './event-log.js';
import { OWN, organisation } from './organisations.js';
import { pageOf, wholeNumber } from './paging.js';
import type { EmnifyState } from './state.js';
import { eventTimestamp, timestamp } from './timestamps.js';

/** The maximum is not published; the default was recorded. */
const LIMITS = { default: 100, maximum: 1000 };

const FILTERS: ReadonlySet<string> = new Set(
  'type source severity alert description organisation user endpoint tags ip_address imei iccid iccid_with_luhn imsi from until timestamp network rat country'.split(
    ' ',
  ),
);

export function eventHandlers(state: EmnifyState): Readonly<Record<string, Handler>> {
  return {
    // An id that does not exist or is somebody else's has no events, and that is all one learns.
    listSimEvents: (request) => {
      const index = state.sims.indexOf(Number(request.params['sim_id']));
      return eventPage(state, request, index === undefined ? [] : state.events.ofSim(index));
    },
    listEndpointEvents: (request) => {
      const endpoint = state.endpoints.get(endpointIndex(Number(request.params['endpoint_id'])));
      return eventPage(state, request, endpoint === undefined ? [] : state.events.ofEndpoint(endpoint.index));
    },
  };
}

function eventPage(state: EmnifyState, request: VendorRequest, records: readonly EventRecord[]): Answer {
  const filter = request.rawQuery.get('q') ?? '';
  const sort = request.rawQuery.get('sort') ?? '';
  const criteria = filter === '' ? [] : parseQuery(filter);
  if (criteria === undefined || criteria.some(({ field }) => !FILTERS.has(field)) || hasHalfRange(criteria)) {
    return apiError(422, 1301, `Search criteria ${filter} is invalid`);
  }
  const compare = compareBy<EventRecord>(parseSort(sort === '' ? 'id' : sort), (record, field) =>
    sortValue(state, record, field),
  );
  const found = records
    .filter((record) => criteria.every((criterion) => meets(state, record, criterion)))
    .sort((left, right) => compare(left, right) || left.id - right.id);
  const page = pageOf(request.rawQuery, LIMITS, found.length, (from, to) =>
    found.slice(from, to).map((record) => eventView(state, record)),
  );
  const etag = createHash('sha1').update(JSON.stringify(page.items)).digest('hex');
  return json(200, page.items, {
    'x-count-per-page': String(page.perPage),
    'x-current-page': String(page.page),
    'x-total-pages': String(page.pages),
    'x-total-count': String(page.total),
    'x-sort': sort === '' ? 'id' : sort,
    link: '',
    etag: `W/"${etag}"`,
  });
}

/** Bad paging is an error here, unlike on the other lists. */
export function badEventPaging(request: VendorRequest): Answer | undefined {
  for (const name of ['page', 'per_page']) {
    const value = request.rawQuery.get(name);
    if (value !== null && wholeNumber(value) === undefined)
      return apiError(400, 1000, `Cannot parse parameter ${name}`);
  }
  return undefined;
}

function hasHalfRange(criteria: readonly Criterion[]): boolean {
  const has = (name: string): boolean => criteria.some(({ field }) => field === name);
  return has('from') !== has('until');
}

function meets(state: EmnifyState, record: EventRecord, { field, value }: Criterion): boolean {
  switch (field) {
    case 'from':
      return record.at >= Date.parse(value);
    case 'until':
      return record.at <= Date.parse(value);
    case 'timestamp': {
      const day = Date.parse(value.slice(0, 10));
      return record.at >= day && record.at < day + DAY_MS;
    }
    case 'description':
      return record.description.toLowerCase().includes(value.toLowerCase());
    default: {
      const own = values(state, record, field);
      return value.split('|').some((wanted) => own.includes(wanted));
    }
  }
}

function values(state: EmnifyState, record: EventRecord, field: string): readonly string[] {
  const { fleet } = state.context;
  const endpoint = record.endpoint === null ? undefined : state.endpoints.get(record.endpoint);
  switch (field) {
    case 'type':
      return [String(record.type.id)];
    case 'source':
      return ['2'];
    case 'severity':
      return ['0'];
    case 'alert':
      return ['false'];
    case 'organisation':
      return [String(OWN), organisation(OWN)?.name ?? ''];
    case 'iccid':
      return record.sim === null ? [] : [fleet.iccidBody(record.sim)];
    case 'iccid_with_luhn':
      return record.sim === null ? [] : [fleet.iccid(record.sim)];
    case 'imsi':
      return record.sim === null ? [] : [fleet.imsi(record.sim)];
    case 'endpoint':
      return endpoint === undefined ? [] : [endpoint.name];
    case 'ip_address':
      return endpoint === undefined ? [] : [endpoint.ip];
    case 'imei':
      return endpoint?.imei == null ? [] : [endpoint.imei];
    case 'tags':
      return endpoint?.tags?.split(',') ?? [];
    default:
      // No user acts through an application token, and no event here comes from the network.
      return [];
  }
}

function sortValue(state: EmnifyState, record: EventRecord, field: string): Sortable {
  if (field === 'id') return record.id;
  if (field === 'timestamp') return record.at;
  if (field === 'type') return record.type.id;
  return values(state, record, field)[0] ?? null;
}

function eventView(state: EmnifyState, record: EventRecord): Readonly<Record<string, unknown>> {
  const { sims, context } = state;
  const produced = record.sim === null ? '' : timestamp(sims.producedAt(record.sim));
  return {
    id: record.id,
    timestamp: eventTimestamp(record.at),
    alert: false,
    description: record.description,
    event_type: record.type,
    event_source: { id: 2, description: 'API' },
    event_severity: { id: 0, description: 'Info' },
    organisation: { id: OWN, name: organisation(OWN)?.name },
    ...(record.sim === null
      ? {}
      : {
          sim: { id: sims.id(record.sim), iccid: context.fleet.iccidBody(record.sim), production_date: produced },
          imsi: { id: 2_000_001 + record.sim, imsi: context.fleet.imsi(record.sim), import_date: produced },
        }),
    // Present and empty on some, missing on others.
    ...(record.id % 2 === 0 ? { detail: {} } : {}),
  };
}

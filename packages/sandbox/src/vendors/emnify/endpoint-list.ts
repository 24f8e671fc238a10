import { createHash } from 'node:crypto';
import type { Answer } from '../../framework/answer.js';
import type { VendorRequest } from '../../framework/vendor.js';
import { apiError } from './answers.js';
import { type Criterion, compareBy, parseQuery, parseSort, type Sortable } from './criteria.js';
import { endpointId } from './endpoint-id.js';
import type { EndpointRecord } from './endpoint-store.js';
import { endpointView } from './endpoint-view.js';
import { pageAnswer, pageOf } from './paging.js';
import type { EmnifyState } from './state.js';
import { timestamp } from './timestamps.js';

const LIMITS = { default: 1000, maximum: 1000 };

const FILTERS: ReadonlySet<string> = new Set(
  'status service_profile tariff_profile id name created last_updated tags ip_address imei iccid iccid_with_luhn eid sim_status'.split(
    ' ',
  ),
);

/** The `listEndpoints` operation. */
export function listEndpoints(state: EmnifyState, request: VendorRequest): Answer {
  const filter = request.rawQuery.get('q');
  const sort = request.rawQuery.get('sort');
  const criteria = filter === null || filter === '' ? [] : parseQuery(filter);
  if (criteria === undefined || criteria.some(({ field }) => !FILTERS.has(field))) {
    return apiError(422, 1301, `Search criteria ${filter} is invalid`);
  }
  let found = state.endpoints.indexes();
  const recordOf = (index: number): EndpointRecord => state.endpoints.get(index) as EndpointRecord;
  if (criteria.length > 0) {
    found = found.filter((index) => criteria.every((criterion) => meets(state, recordOf(index), criterion)));
  }
  if (sort !== null && sort !== '' && sort !== 'id') {
    const compare = compareBy<EndpointRecord>(parseSort(sort), sortValue);
    found = found
      .map(recordOf)
      .sort((left, right) => compare(left, right) || left.index - right.index)
      .map(({ index }) => index);
  }
  const page = pageOf(request.rawQuery, LIMITS, found.length, (from, to) =>
    found.slice(from, to).map((index) => endpointView(state, recordOf(index), false)),
  );
  const answer = pageAnswer(page, { sort, filter });
  return {
    ...answer,
    offContract: state.sims.hasOddities(),
    headers: {
      ...answer.headers,
      'X-Per-Page': String(page.perPage),
      'X-Page': String(page.page),
      'X-Pages': String(page.pages),
      'X-Count': String(page.total),
      Etag: `"${createHash('sha1').update(JSON.stringify(page.items)).digest('hex')}"`,
    },
  };
}

function meets(state: EmnifyState, endpoint: EndpointRecord, { field, value }: Criterion): boolean {
  const { fleet } = state.context;
  switch (field) {
    case 'status':
      return String(endpoint.status) === value;
    case 'service_profile':
      return String(endpoint.serviceProfile) === value;
    case 'tariff_profile':
      return String(endpoint.tariffProfile) === value;
    case 'id':
      return String(endpointId(endpoint.index)) === value;
    case 'name':
      return endpoint.name.toLowerCase().includes(value.toLowerCase());
    case 'created':
      return timestamp(endpoint.created).startsWith(value.slice(0, 10));
    case 'last_updated':
      return timestamp(endpoint.lastUpdated).startsWith(value.slice(0, 10));
    case 'tags':
      return endpoint.tags?.split(',').includes(value) === true;
    case 'ip_address':
      return endpoint.ip === value;
    case 'imei':
      return endpoint.imei === value;
    case 'iccid':
      return endpoint.sim !== null && fleet.iccidBody(endpoint.sim) === value;
    case 'iccid_with_luhn':
      return endpoint.sim !== null && fleet.iccid(endpoint.sim) === value;
    case 'sim_status':
      return endpoint.sim !== null && String(state.sims.status(endpoint.sim).id) === value;
    default:
      return value === 'null';
  }
}

function sortValue(endpoint: EndpointRecord, field: string): Sortable {
  switch (field) {
    case 'id':
      return endpoint.index;
    case 'name':
      return endpoint.name;
    case 'status':
      return endpoint.status;
    case 'last_updated':
      return endpoint.lastUpdated;
    case 'created':
      return endpoint.created;
    case 'tags':
      return endpoint.tags;
    case 'ip_address':
      return endpoint.ip;
    case 'imei':
      return endpoint.imei;
    case 'service_profile':
      return endpoint.serviceProfile;
    case 'tariff_profile':
      return endpoint.tariffProfile;
    default:
      return null;
  }
}

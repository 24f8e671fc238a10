import type { Criterion, Sortable } from './criteria.js';
import { endpointId } from './endpoint-id.js';
import type { EmnifyState } from './state.js';

const MODEL = { id: '15', description: '3in1 plug sim' };

export const SIM_FILTERS: ReadonlySet<string> = new Set(
  'id issuer_org reseller_org customer_org iccid iccid_with_luhn status production_date imsi msisdn endpoint model eid satellite_capable'.split(
    ' ',
  ),
);

/** Whether a SIM meets one pair of `q`. */
export function simMeets(state: EmnifyState, index: number, { field, value }: Criterion): boolean {
  const { sims, context, endpoints } = state;
  switch (field) {
    case 'id':
      return String(sims.id(index)) === value;
    case 'status': {
      const status = sims.status(index);
      return String(status.id) === value || status.description.toLowerCase() === value.toLowerCase();
    }
    case 'iccid':
      return context.fleet.iccidBody(index) === value;
    case 'iccid_with_luhn':
      return context.fleet.iccid(index) === value;
    case 'imsi':
      return context.fleet.imsi(index) === value;
    case 'msisdn':
      return context.fleet.msisdn(index) === value.replace(/^\+/, '');
    case 'production_date':
      return new Date(sims.producedAt(index)).toISOString().startsWith(value.slice(0, 10));
    case 'endpoint': {
      const endpoint = endpoints.ofSim(index);
      return value === 'null'
        ? endpoint === undefined
        : endpoint !== undefined && String(endpointId(endpoint.index)) === value;
    }
    case 'issuer_org':
    case 'reseller_org':
    case 'customer_org':
      return String(sims.organisations(index)[field]) === value;
    case 'model':
      return value === MODEL.id || value.toLowerCase() === MODEL.description;
    case 'eid':
      return value === 'null';
    default:
      return value === 'false';
  }
}

/** What a SIM is sorted by. */
export function simSortValue(state: EmnifyState, index: number, field: string): Sortable {
  const { sims, context, endpoints } = state;
  switch (field) {
    case 'id':
      return sims.id(index);
    case 'status':
      return sims.status(index).id;
    case 'iccid':
      return context.fleet.iccidBody(index);
    case 'production_date':
      return sims.producedAt(index);
    case 'endpoint': {
      const endpoint = endpoints.ofSim(index);
      return endpoint === undefined ? null : endpointId(endpoint.index);
    }
    case 'issuer_org':
    case 'reseller_org':
    case 'customer_org':
      return sims.organisations(index)[field];
    default:
      // One model, and no eUICC: all are equal.
      return 0;
  }
}

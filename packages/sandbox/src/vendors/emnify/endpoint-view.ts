import { ADDRESS_SPACES, addressNumber } from './address-space.js';
import { endpointId } from './endpoint-id.js';
import { DISABLED, type EndpointRecord } from './endpoint-store.js';
import type { EmnifyState } from './state.js';
import { timestamp } from './timestamps.js';

export const SERVICE_PROFILES: ReadonlyMap<number, string> = new Map([
  [501, 'Data and SMS'],
  [502, 'Data only'],
]);
export const TARIFF_PROFILES: ReadonlyMap<number, string> = new Map([
  [601, 'Europe'],
  [602, 'World'],
]);

/** An endpoint as reads show it; a single read tells the range of the address space too. */
export function endpointView(
  state: EmnifyState,
  endpoint: EndpointRecord,
  single: boolean,
): Readonly<Record<string, unknown>> {
  const space = ADDRESS_SPACES.find(({ id }) => id === endpoint.space);
  return {
    id: endpointId(endpoint.index),
    name: endpoint.name,
    tags: endpoint.tags,
    created: timestamp(endpoint.created),
    last_updated: timestamp(endpoint.lastUpdated),
    status: endpointStatus(endpoint),
    service_profile: { id: endpoint.serviceProfile, name: SERVICE_PROFILES.get(endpoint.serviceProfile) ?? '' },
    tariff_profile: { id: endpoint.tariffProfile, name: TARIFF_PROFILES.get(endpoint.tariffProfile) ?? '' },
    ...simMember(state, endpoint.sim),
    imei: endpoint.imei,
    imei_lock: endpoint.imeiLock,
    ip_address: endpoint.ip,
    ip_address_space: {
      id: endpoint.space,
      ...(single && space !== undefined ? { ip_address_space: space.cidr } : {}),
      ip_address_version: 4,
    },
  };
}

export function endpointStatus(endpoint: EndpointRecord): { readonly id: number; readonly description: string } {
  return endpoint.status === DISABLED ? { id: 1, description: 'Disabled' } : { id: 0, description: 'Enabled' };
}

function simMember(state: EmnifyState, sim: number | null): Readonly<Record<string, unknown>> {
  if (sim === null) return {};
  const { fleet } = state.context;
  return {
    sim: {
      id: state.sims.id(sim),
      iccid: fleet.iccidBody(sim),
      iccid_with_luhn: fleet.iccid(sim),
      imsi: fleet.imsi(sim),
      msisdn: fleet.msisdn(sim),
      status: state.sims.status(sim),
    },
  };
}

/** Whether `ip` lies in the address space. */
export function isInSpace(ip: string, spaceId: number): boolean {
  const space = ADDRESS_SPACES.find(({ id }) => id === spaceId);
  if (space === undefined || !/^\d{1,3}(\.\d{1,3}){3}$/.test(ip)) return false;
  const offset = addressNumber(ip) - space.first;
  return offset >= 0 && offset < space.size;
}

import { endpointId } from './endpoint-id.js';
import { OWN, organisation } from './organisations.js';
import type { EmnifyState } from './state.js';
import { timestamp } from './timestamps.js';

const COUNTRY = { id: 110, name: 'Liechtenstein' };
const MODEL = {
  id: 15,
  description: '3in1 plug SIM',
  memory_size: 128,
  // The blank at the end is part of the name.
  formfactor: { id: 7, name: '1/2/3FF (3in1) ' },
  manufacturer: { id: 3, name: 'Sandbox Cards' },
};

/** A SIM as reads and lists show it. What it does not have is absent, not null. */
export function simEntry(state: EmnifyState, index: number): Readonly<Record<string, unknown>> {
  const { sims, context, switches } = state;
  const { fleet } = context;
  const activatedAt = sims.activatedAt(index);
  const organisations = sims.organisations(index);
  return {
    id: sims.id(index),
    iccid: fleet.iccidBody(index),
    ...(switches.iccidWithLuhn ? { iccid_with_luhn: fleet.iccid(index) } : {}),
    production_date: timestamp(sims.producedAt(index)),
    ...(activatedAt === undefined ? {} : { activation_date: timestamp(activatedAt) }),
    status: sims.status(index),
    ...withOrganisation('customer_org', organisations.customer_org),
    ...withOrganisation('issuer_org', organisations.issuer_org),
    ...withOrganisation('reseller_org', organisations.reseller_org),
    ...endpointMember(state, index),
    imsi: fleet.imsi(index),
    msisdn: fleet.msisdn(index),
    model: MODEL,
  };
}

function withOrganisation(name: string, id: number | null): Readonly<Record<string, unknown>> {
  const found = id === null ? undefined : organisation(id);
  return found === undefined ? {} : { [name]: { id: found.id, name: found.name, country: COUNTRY } };
}

function endpointMember(state: EmnifyState, index: number): Readonly<Record<string, unknown>> {
  const endpoint = state.endpoints.ofSim(index);
  if (endpoint === undefined) return {};
  return {
    endpoint: {
      id: endpointId(endpoint.index),
      name: endpoint.name,
      tags: endpoint.tags,
      imei: endpoint.imei,
      created: timestamp(endpoint.created),
      last_updated: timestamp(endpoint.lastUpdated),
      organisation_id: OWN,
      service_profile_id: endpoint.serviceProfile,
      tariff_profile_id: endpoint.tariffProfile,
      ip_address: endpoint.ip,
      ip_address_space_id: endpoint.space,
    },
  };
}

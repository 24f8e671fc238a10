import type { SandboxSim, SimPatch } from '../../framework/vendor.js';
import { SUBSCRIPTION_ID } from './ids.js';
import type { Organisation } from './organisation.js';
import { type SubscriptionChange, type SubscriptionRecord, simOf } from './subscription-store.js';

/** The SIMs in use, as the control API shows them. The state is the true one, however the API reads. */
export function* simsOf(organisation: Organisation): Iterable<SandboxSim> {
  for (const record of organisation.subscriptions.from(0)) yield sandboxSim(organisation, record);
}

export function findSim(organisation: Organisation, iccid: string): SandboxSim | undefined {
  const record = recordOf(organisation, iccid);
  return record === undefined ? undefined : sandboxSim(organisation, record);
}

/** Subscriptions have no tags; a patch of them does nothing. */
export function patchSim(organisation: Organisation, iccid: string, patch: SimPatch): SandboxSim | undefined {
  const record = recordOf(organisation, iccid);
  if (record === undefined) return undefined;
  const change: SubscriptionChange = {
    ...(patch.state === undefined ? {} : stateChange(organisation, record, patch.state)),
    ...(patch.services === undefined ? {} : { services: { ...record.services, ...enabledOf(patch.services) } }),
  };
  return sandboxSim(organisation, organisation.subscriptions.change(record.index, change));
}

function recordOf({ context, subscriptions }: Organisation, iccid: string): SubscriptionRecord | undefined {
  const sim = context.fleet.indexOf(iccid);
  const record = sim === undefined ? undefined : subscriptions.bySim(sim);
  return record !== undefined && simOf(record) === sim ? record : undefined;
}

function sandboxSim({ context, ids }: Organisation, record: SubscriptionRecord): SandboxSim {
  const services = Object.entries(record.services).map(([type, on]) => [type, on ? 'enabled' : 'disabled'] as const);
  return {
    adapter: 'subscriptions',
    iccid: context.fleet.iccid(simOf(record)),
    vendorId: ids.make(SUBSCRIPTION_ID, record.index),
    state: record.state,
    services: Object.fromEntries(services),
    tags: [],
  };
}

function stateChange({ context }: Organisation, record: SubscriptionRecord, state: string): SubscriptionChange {
  if (state !== 'terminated') return { state, terminatedAt: null };
  return { state, terminatedAt: record.terminatedAt ?? context.clock.now() };
}

function enabledOf(services: Readonly<Record<string, string>>): Record<string, boolean> {
  return Object.fromEntries(Object.entries(services).map(([type, word]) => [type, word === 'enabled']));
}

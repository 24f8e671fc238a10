import { endpointId } from './endpoint-id.js';
import { ENABLED, type EndpointRecord } from './endpoint-store.js';
import { assignedText, EVENT_TYPES, type EventType, statusText } from './event-log.js';
import { ACTIVATED, DELETED, FACTORY_TEST, type SimStatus, SUSPENDED } from './sim-status.js';
import type { EmnifyState } from './state.js';

const TYPE_OF: ReadonlyMap<number, EventType> = new Map<number, EventType>([
  [ACTIVATED, EVENT_TYPES.activation],
  [SUSPENDED, EVENT_TYPES.suspension],
  [DELETED, EVENT_TYPES.deletion],
  [FACTORY_TEST, EVENT_TYPES.factoryTest],
]);

/** Sets the status and writes the event; whether the move is allowed is the caller's to ask. */
export function setStatus(state: EmnifyState, sim: number, to: SimStatus): void {
  const from = state.sims.status(sim);
  state.sims.setStatus(sim, to);
  const type = TYPE_OF.get(to.id);
  if (type !== undefined) state.events.write(type, statusText(from.description, to.description), sim, null);
  followTraffic(state, sim);
}

export function assign(state: EmnifyState, endpoint: EndpointRecord, sim: number): void {
  state.endpoints.change(endpoint.index, { sim });
  const text = assignedText(state.sims.id(sim), endpointId(endpoint.index));
  state.events.write(EVENT_TYPES.assigned, text, sim, endpoint.index, 3);
  followTraffic(state, sim);
}

export function release(state: EmnifyState, endpoint: EndpointRecord): void {
  const { sim } = endpoint;
  if (sim === null) return;
  state.endpoints.change(endpoint.index, { sim: null });
  const text = `SIM ${state.sims.id(sim)} released from endpoint ${endpointId(endpoint.index)}`;
  state.events.write(EVENT_TYPES.released, text, sim, endpoint.index);
  followTraffic(state, sim);
}

/** A SIM has traffic while it is active and its endpoint is enabled. */
export function followTraffic(state: EmnifyState, sim: number): void {
  state.context.usage.setTraffic(sim, canCommunicate(state, sim));
}

export function canCommunicate(state: EmnifyState, sim: number): boolean {
  return state.sims.status(sim).id === ACTIVATED && state.endpoints.ofSim(sim)?.status === ENABLED;
}

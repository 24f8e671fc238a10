import { type Answer, empty, json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { apiError, noContent, validationError } from './answers.js';
import { endpointId } from './endpoint-id.js';
import { checkInput, type EndpointInput, valuesOf } from './endpoint-input.js';
import { listEndpoints } from './endpoint-list.js';
import { DISABLED, ENABLED, type EndpointRecord } from './endpoint-store.js';
import { endpointView } from './endpoint-view.js';
import { EVENT_TYPES } from './event-log.js';
import { assign, followTraffic, release, setStatus } from './life-cycle.js';
import { ACTIVATED, FACTORY_TEST, ISSUED, mayMove, SIM_STATUSES } from './sim-status.js';
import type { EmnifyState } from './state.js';

export function endpointHandlers(state: EmnifyState): Readonly<Record<string, Handler>> {
  return {
    listEndpoints: (request) => listEndpoints(state, request),
    createEndpoint: (request) => createEndpoint(state, request),
    getEndpoint: (request) => {
      const endpoint = endpointOf(state, request);
      if (endpoint === undefined)
        return apiError(404, 1201, `endpoint with id ${request.params['endpoint_id']} not found`);
      return { ...json(200, endpointView(state, endpoint, true)), offContract: state.sims.hasOddities() };
    },
    updateEndpoint: (request) => updateEndpoint(state, request),
    deleteEndpoint: (request) => deleteEndpoint(state, request),
  };
}

export function endpointOf(state: EmnifyState, request: VendorRequest): EndpointRecord | undefined {
  return state.endpoints.byId(Number(request.params['endpoint_id']));
}

function createEndpoint(state: EmnifyState, request: VendorRequest): Answer {
  const input = request.body as EndpointInput;
  const title = 'Create endpoint validation error';
  const sim = input.sim?.id == null ? null : (state.sims.indexOf(input.sim.id) ?? undefined);
  if (sim === undefined) return apiError(404, 1401, `Sim with Id '${input.sim?.id}' not found.`);
  const target = sim === null ? undefined : statusAfterCreation(state, sim, input);
  const refusal = checkInput(input, title, undefined) ?? checkSim(state, sim, target, title);
  if (refusal !== undefined) return refusal;

  const endpoint = state.endpoints.create({
    name: '',
    tags: null,
    status: ENABLED,
    serviceProfile: 0,
    tariffProfile: 0,
    imei: null,
    imeiLock: false,
    space: 1,
    ...valuesOf(input),
    sim: null,
  });
  if (endpoint === undefined) return apiError(404, 1601, 'No IP Address available.');
  if (sim !== null) {
    applyStatus(state, sim, target);
    assign(state, endpoint, sim);
  }
  const id = endpointId(endpoint.index);
  request.effect({
    subject: sim === null ? [String(id)] : [state.context.fleet.iccid(sim)],
    detail: { endpoint: id, ...(target === undefined ? {} : { status: target }) },
  });
  const headers = { Location: `${request.baseUrl}/api/v1/endpoint/${id}` };
  if (!state.switches.createdBody) return empty(201, headers);
  return json(201, endpointView(state, state.endpoints.get(endpoint.index) ?? endpoint, true), headers);
}

/** A status given outweighs `activate`, and that its default. */
function statusAfterCreation(state: EmnifyState, sim: number, input: EndpointInput): number | undefined {
  const given = input.sim?.status?.id;
  if (given !== undefined) return given;
  if (!(input.sim?.activate ?? state.switches.activateOnAssignment)) return undefined;
  const current = state.sims.status(sim).id;
  if (current === ISSUED && state.switches.factoryTestOnAssignment) return FACTORY_TEST;
  return current === ACTIVATED ? undefined : ACTIVATED;
}

function checkSim(
  state: EmnifyState,
  sim: number | null,
  target: number | undefined,
  title: string,
): Answer | undefined {
  if (sim === null) return undefined;
  if (state.endpoints.ofSim(sim) !== undefined) {
    return validationError(title, { code: 1406, message: 'SIM is already assigned to an endpoint' });
  }
  return checkTarget(state, sim, target, title);
}

function checkTarget(state: EmnifyState, sim: number, target: number | undefined, title: string): Answer | undefined {
  const current = state.sims.status(sim).id;
  if (target === undefined || target === current || mayMove(current, target)) return undefined;
  return validationError(title, { code: 1406, message: `SIM status cannot be changed from ${current} to ${target}` });
}

function applyStatus(state: EmnifyState, sim: number, target: number | undefined): void {
  const status = target === undefined ? undefined : SIM_STATUSES[target];
  if (status !== undefined && state.sims.status(sim).id !== target) setStatus(state, sim, status);
}

function updateEndpoint(state: EmnifyState, request: VendorRequest): Answer {
  const endpoint = endpointOf(state, request);
  if (endpoint === undefined) {
    return apiError(404, 1401, `Endpoint with Id '${request.params['endpoint_id']}' not found.`);
  }
  const input = request.body as EndpointInput;
  const title = 'Update endpoint validation error';
  const assigned = input.sim?.id == null ? null : state.sims.indexOf(input.sim.id);
  if (assigned === undefined) {
    return validationError(title, { code: 1401, message: `Sim with Id '${input.sim?.id}' not found.` });
  }
  const isNew = assigned !== null && assigned !== endpoint.sim;
  const target = input.sim?.status?.id;
  const refusal =
    checkInput(input, title, endpoint.space) ??
    (isNew && endpoint.sim !== null
      ? validationError(title, { code: 1406, message: 'The endpoint has a SIM already' })
      : undefined) ??
    (isNew ? checkSim(state, assigned, target, title) : undefined);
  if (refusal !== undefined) return refusal;

  const values = valuesOf(input);
  const isChange = Object.keys(values).length > 0;
  if (isChange) changeValues(state, endpoint, values);
  const released = input.sim !== undefined && input.sim.id == null ? endpoint.sim : null;
  if (released !== null) release(state, endpoint);
  if (isNew) {
    applyStatus(state, assigned, target);
    assign(state, endpoint, assigned);
  }
  const concerned = [released ?? assigned ?? endpoint.sim].filter((index) => index !== null);
  if (isChange || released !== null || isNew) {
    const id = endpointId(endpoint.index);
    const subject = concerned.map((index) => state.context.fleet.iccid(index));
    request.effect({
      subject: subject.length === 0 ? [String(id)] : subject,
      detail: { endpoint: id, changed: Object.keys(input) },
    });
  }
  return noContent();
}

/** Changes plain members; enabling and disabling write an event. */
export function changeValues(state: EmnifyState, endpoint: EndpointRecord, values: ReturnType<typeof valuesOf>): void {
  state.endpoints.change(endpoint.index, values);
  if (values.status === undefined || values.status === endpoint.status) return;
  const type = values.status === DISABLED ? EVENT_TYPES.endpointDisabled : EVENT_TYPES.endpointEnabled;
  state.events.write(type, `${type.description}: ${endpointId(endpoint.index)}`, null, endpoint.index);
  if (endpoint.sim !== null) followTraffic(state, endpoint.sim);
}

function deleteEndpoint(state: EmnifyState, request: VendorRequest): Answer {
  const endpoint = endpointOf(state, request);
  if (endpoint === undefined) return apiError(404, 1201, `endpoint with id ${request.params['endpoint_id']} not found`);
  if (endpoint.sim !== null) return apiError(409, 1406, 'A SIM is assigned to the endpoint');
  state.endpoints.remove(endpoint.index);
  request.effect({ subject: [String(endpointId(endpoint.index))], detail: { deleted: true } });
  return noContent();
}

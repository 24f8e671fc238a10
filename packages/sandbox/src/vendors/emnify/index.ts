import { empty } from '../../framework/answer.js';
import type { SandboxSim, SimPatch, Vendor, VendorContext, VendorModule } from '../../framework/vendor.js';
import { apiError, gatewayRefusal } from './answers.js';
import { APPLICATION_TOKEN, Authenticator, PASSWORD, USERNAME } from './auth.js';
import { BICS, batchHandlers, SIMS_IN_BATCHES } from './batches.js';
import { DISABLED, ENABLED, EndpointStore } from './endpoint-store.js';
import { endpointStatus } from './endpoint-view.js';
import { changeValues, endpointHandlers } from './endpoints.js';
import { EventLog } from './event-log.js';
import { eventHandlers } from './events.js';
import { invalidAnswer } from './invalid.js';
import { setStatus } from './life-cycle.js';
import { createThrottle, LANES, WINDOWS } from './rates.js';
import { ACTIVATED, statusOf } from './sim-status.js';
import { initialStatus, SimStore } from './sim-store.js';
import { simHandlers } from './sims.js';
import { smsHandlers } from './sms.js';
import type { EmnifyState } from './state.js';
import { statisticsHandlers, toldOf } from './statistics.js';
import { defaultSwitches, type EmnifySwitches } from './switches.js';

export type { EmnifySwitches } from './switches.js';

export const emnify: VendorModule<EmnifySwitches> = {
  name: 'emnify',
  compress: true,
  usage: { bytesMultiple: 1, voice: false, traffic: (index) => initialStatus(index) === ACTIVATED },
  create: createEmnify,
};

function createEmnify(context: VendorContext<EmnifySwitches>): Vendor {
  const switches = { ...defaultSwitches, ...context.switches };
  const sims = new SimStore(context, switches, SIMS_IN_BATCHES);
  const endpoints = new EndpointStore(context, sims);
  const events = new EventLog(context.clock, sims, context.fleet.size);
  const state: EmnifyState = { context, switches, sims, endpoints, events };
  const authenticator = new Authenticator(context, switches);
  const throttle = createThrottle(context.limits);

  return {
    handlers: {
      authenticate: (request) => authenticator.signIn(request),
      ...simHandlers(state),
      ...eventHandlers(state),
      ...statisticsHandlers(state),
      ...batchHandlers(state),
      ...endpointHandlers(state),
      ...smsHandlers(state),
    },
    admit: (request) => {
      const isOpen = request.operationId === 'authenticate';
      const refusal = throttle(request) ?? (isOpen ? undefined : authenticator.refusal(request));
      return refusal === undefined ? {} : { refusal };
    },
    invalid: invalidAnswer,
    unmatched: (_request, allowed) => (allowed.length > 0 ? empty(405) : apiError(404, 1201, 'Resource not found')),
    badToken: (request) =>
      request.operationId === 'authenticate'
        ? authenticator.signInWithBadToken()
        : gatewayRefusal('token contains an invalid number of segments'),
    sims: function* () {
      for (const index of sims.listed()) yield sandboxSim(state, index);
    },
    findSim: (iccid) => {
      const index = sims.indexOfIccid(iccid);
      return index === undefined ? undefined : sandboxSim(state, index);
    },
    patchSim: (iccid, change) => patchSim(state, iccid, change),
    told: (index, day) => toldOf(state, index, day),
    info: () => ({
      credentials: { applicationToken: APPLICATION_TOKEN, username: USERNAME, password: PASSWORD },
      bics: BICS,
      limits: { ...LANES, ...WINDOWS },
    }),
  };
}

/** The only service switch of this vendor is the status of the endpoint. */
function sandboxSim(state: EmnifyState, index: number): SandboxSim {
  const endpoint = state.endpoints.ofSim(index);
  return {
    adapter: 'emnify',
    iccid: state.context.fleet.iccid(index),
    vendorId: String(state.sims.id(index)),
    state: state.sims.status(index).description,
    services: endpoint === undefined ? {} : { endpoint: endpointStatus(endpoint).description },
    tags: endpoint?.tags?.split(',').filter((tag) => tag !== '') ?? [],
  };
}

function patchSim(state: EmnifyState, iccid: string, change: SimPatch): SandboxSim | undefined {
  const index = state.sims.indexOfIccid(iccid);
  if (index === undefined) return undefined;
  if (change.state !== undefined) setStatus(state, index, statusOf(change.state));
  const endpoint = state.endpoints.ofSim(index);
  if (endpoint !== undefined) {
    const word = change.services?.['endpoint']?.toLowerCase();
    changeValues(state, endpoint, {
      ...(change.tags === undefined ? {} : { tags: change.tags.join(',') }),
      ...(word === undefined ? {} : { status: word === 'disabled' ? DISABLED : ENABLED }),
    });
  }
  return sandboxSim(state, index);
}

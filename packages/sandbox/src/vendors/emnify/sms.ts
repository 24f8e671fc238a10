import { type Answer, json } from '../../framework/answer.js';
import type { EffectHandle } from '../../framework/effects.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { DAY_MS } from '../../world/days.js';
import { apiError, emptyHtml, validationError } from './answers.js';
import { endpointId } from './endpoint-id.js';
import type { EndpointRecord } from './endpoint-store.js';
import { endpointOf } from './endpoints.js';
import { canCommunicate } from './life-cycle.js';
import { OWN } from './organisations.js';
import { isUnreachable } from './sim-store.js';
import type { EmnifyState } from './state.js';
import { timestamp } from './timestamps.js';

const STATUS = {
  pending: { id: 1, description: 'DELIVERY ATTEMPT PENDING' },
  inProgress: { id: 2, description: 'IN PROGRESS' },
  buffered: { id: 3, description: 'BUFFERED' },
  delivered: { id: 4, description: 'DELIVERED' },
  failed: { id: 5, description: 'FAILED' },
  expired: { id: 6, description: 'EXPIRED' },
  canceled: { id: 7, description: 'CANCELED' },
} as const;

const ADDRESS_TYPES: ReadonlyMap<number, string> = new Map([
  [145, 'International'],
  [161, 'National'],
  [208, 'Alphanumeric'],
]);

const MAX_CHARACTERS = 160;

interface Submission {
  readonly payload: string;
  readonly source_address?: string;
  readonly source_address_type?: { readonly id?: number };
  readonly udh?: string;
  readonly dcs?: number;
  readonly expiry_date?: string;
}

interface Message {
  readonly id: number;
  readonly endpoint: number;
  readonly sim: number;
  readonly submission: Submission;
  readonly submittedAt: number;
  readonly expiresAt: number;
  readonly effect: EffectHandle;
  status: (typeof STATUS)[keyof typeof STATUS];
  finalAt: number | null;
  retries: number;
}

export function smsHandlers(state: EmnifyState): Readonly<Record<string, Handler>> {
  const messages = new Map<number, Message[]>();
  let last = 7_000_000;

  const find = (request: VendorRequest): Message | undefined => {
    const endpoint = endpointOf(state, request);
    const sent = endpoint === undefined ? undefined : messages.get(endpoint.index);
    return sent?.find((message) => String(message.id) === request.params['sms_id']);
  };
  const noSuchSms = (request: VendorRequest): Answer =>
    apiError(404, 1201, `sms with id ${request.params['sms_id']} not found`);

  return {
    listEndpointSms: (request) => {
      const endpoint = endpointOf(state, request);
      if (endpoint === undefined) return noSuchEndpoint(request);
      // Everything at once, newest first, no paging headers.
      return json(
        200,
        (messages.get(endpoint.index) ?? []).toReversed().map((message) => smsView(state, message)),
      );
    },
    sendEndpointSms: (request) => {
      const endpoint = endpointOf(state, request);
      if (endpoint === undefined) return noSuchEndpoint(request);
      const submission = request.body as Submission;
      state.context.secrets.add(submission.payload);
      const refusal = checkSubmission(state, endpoint, submission);
      if (refusal !== undefined) return refusal;
      const { sim } = endpoint;
      if (sim === null) return apiError(409, 1406, 'The endpoint has no SIM');
      last += 1;
      const message = accept(state, request, { id: last, endpoint: endpoint.index, sim, submission });
      messages.set(endpoint.index, [...(messages.get(endpoint.index) ?? []), message]);
      return emptyHtml(201, {
        Location: `${request.baseUrl}/api/v1/endpoint/${endpointId(endpoint.index)}/sms/${last}`,
      });
    },
    getEndpointSms: (request) => {
      const message = find(request);
      return message === undefined ? noSuchSms(request) : json(200, smsView(state, message));
    },
    cancelEndpointSms: (request) => {
      const message = find(request);
      if (message === undefined) return noSuchSms(request);
      if (message.status.id >= STATUS.delivered.id) return apiError(409, 1406, 'The SMS is in a final state');
      message.status = STATUS.canceled;
      message.effect.failed();
      request.effect({
        subject: [state.context.fleet.iccid(message.sim)],
        detail: { sms: message.id, canceled: true },
      });
      return emptyHtml(200);
    },
  };
}

function noSuchEndpoint(request: VendorRequest): Answer {
  return apiError(404, 1201, `endpoint with id ${request.params['endpoint_id']} not found`);
}

function checkSubmission(state: EmnifyState, endpoint: EndpointRecord, submission: Submission): Answer | undefined {
  const title = 'Submit sms validation error';
  if (Array.from(submission.payload).length > MAX_CHARACTERS) {
    return validationError(title, { code: 1403, message: `payload may have ${MAX_CHARACTERS} characters` });
  }
  const expiry = submission.expiry_date === undefined ? undefined : Date.parse(submission.expiry_date);
  if (expiry !== undefined && !(expiry > state.context.clock.now())) {
    return validationError(title, { code: 1403, message: 'expiry_date must lie in the future' });
  }
  if (endpoint.sim !== null && !canCommunicate(state, endpoint.sim)) {
    return apiError(409, 1406, 'The SIM is not active or its endpoint is disabled');
  }
  return undefined;
}

/** Tried after one second, delivered after two, or kept until it expires if the device is off. */
function accept(
  state: EmnifyState,
  request: VendorRequest,
  sent: Pick<Message, 'id' | 'endpoint' | 'sim' | 'submission'>,
): Message {
  const { clock, delays, fleet, usage } = state.context;
  const submittedAt = clock.now();
  const expiry = sent.submission.expiry_date;
  const effect = request.effect({ subject: [fleet.iccid(sent.sim)], detail: { sms: sent.id }, state: 'pending' });
  const expiresAt = expiry === undefined ? submittedAt + DAY_MS : Date.parse(expiry);
  const message: Message = {
    ...sent,
    effect,
    submittedAt,
    expiresAt,
    status: STATUS.pending,
    finalAt: null,
    retries: 0,
  };
  const finish = (status: Message['status']): void => {
    message.status = status;
    message.finalAt = clock.now();
    if (status === STATUS.delivered) effect.done();
    else effect.failed();
  };
  clock.after(delays.delivery / 2, () => {
    if (message.status === STATUS.pending) message.status = STATUS.inProgress;
  });
  clock.after(delays.delivery, () => {
    if (message.status !== STATUS.inProgress) return;
    if (!canCommunicate(state, sent.sim)) finish(STATUS.failed);
    else if (isUnreachable(sent.sim)) {
      message.status = STATUS.buffered;
      message.retries = 1;
    } else {
      finish(STATUS.delivered);
      usage.add(sent.sim, { kind: 'sms', at: clock.now(), messages: 1, direction: 'mt', how: 'new' });
    }
  });
  clock.after(expiresAt - submittedAt, () => {
    if (message.status.id < STATUS.delivered.id) finish(STATUS.expired);
  });
  return message;
}

function smsView(state: EmnifyState, message: Message): Readonly<Record<string, unknown>> {
  const { submission, submittedAt } = message;
  const type = submission.source_address_type?.id ?? 161;
  return {
    id: message.id,
    status: message.status,
    sms_type: { id: 1, description: 'MT' },
    source_address_type: { id: type, description: ADDRESS_TYPES.get(type) ?? '' },
    esme_interface_type: { id: 1, description: 'RestAPI' },
    submit_date: timestamp(submittedAt),
    // Says nothing about delivery: it is there from the beginning, whatever becomes of the message.
    delivery_date: timestamp(submittedAt),
    expiry_date: timestamp(message.expiresAt),
    final_date: message.finalAt === null ? null : timestamp(message.finalAt),
    retry_date: null,
    last_delivery_attempt: message.status === STATUS.pending ? null : timestamp(submittedAt),
    retry_count: String(message.retries),
    // Unrelated to status.id, even where it says 4.
    dlr_status_id: message.status === STATUS.canceled ? '1' : '4',
    organisation_id: String(OWN),
    endpoint_id: String(endpointId(message.endpoint)),
    sim_id: String(state.sims.id(message.sim)),
    iccid: state.context.fleet.iccidBody(message.sim),
    msisdn: state.context.fleet.msisdn(message.sim),
    imsi: '',
    msc: null,
    gsm_map_error: null,
    dcs: String(submission.dcs ?? 0),
    pid: '0',
    source_address: submission.source_address ?? '',
    called_party_prefix: null,
    udh: submission.udh ?? '',
    payload: submission.payload,
    registered_delivery: '0',
    p2p_ext: 0,
    smpp_bind_id: null,
    smpp_dlr_bind_id: null,
  };
}

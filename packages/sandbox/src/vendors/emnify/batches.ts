import { type Answer, empty, json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import type { Fleet } from '../../world/fleet.js';
import { emptyHtml } from './answers.js';
import { EVENT_TYPES } from './event-log.js';
import { setStatus } from './life-cycle.js';
import { OPERATOR } from './organisations.js';
import { ACTIVATED, FACTORY_TEST, ISSUED, SIM_STATUSES } from './sim-status.js';
import type { EmnifyState } from './state.js';

interface Batch {
  readonly id: number;
  /** 16 digits. */
  readonly bic: string;
  readonly first: number;
  readonly quantity: number;
  readonly kind: 'valid' | 'registered' | 'foreign';
}

/** Codes and sizes. The second valid one is of the kind printed on a single card. */
const CODES = [
  { bic: '5201000000000017', quantity: 10, kind: 'valid' },
  { bic: '5101000000000025', quantity: 1, kind: 'valid' },
  { bic: '5201000000000033', quantity: 5, kind: 'valid' },
  { bic: '5201000000000041', quantity: 100, kind: 'valid' },
  { bic: '5201000000000058', quantity: 5, kind: 'foreign' },
  { bic: '5201000000000066', quantity: 5, kind: 'registered' },
] as const;

/** SIMs beyond the fleet that batches may bring in. */
export const SIMS_IN_BATCHES = CODES.reduce((sum, code) => sum + (code.kind === 'registered' ? 0 : code.quantity), 0);

export const BICS = {
  valid: CODES.filter(({ kind }) => kind === 'valid').map(({ bic }) => bic),
  registered: CODES.find(({ kind }) => kind === 'registered')?.bic ?? '',
  foreign: CODES.find(({ kind }) => kind === 'foreign')?.bic ?? '',
};

/** The registered batch is made of the first SIMs of the fleet, the others follow the fleet. */
function batchesOf(fleet: Fleet): readonly Batch[] {
  let next = fleet.size;
  return CODES.map((code, place) => {
    if (code.kind === 'registered') {
      return { ...code, id: 4001 + place, first: 0, quantity: Math.min(code.quantity, fleet.size) };
    }
    const batch = { ...code, id: 4001 + place, first: next };
    next += code.quantity;
    return batch;
  });
}

export function batchHandlers(state: EmnifyState): Readonly<Record<string, Handler>> {
  const batches = new Map(batchesOf(state.context.fleet).map((batch) => [batch.bic, batch]));
  const registered = new Set([BICS.registered]);
  return {
    validateSimBatchByBic: (request) => {
      const batch = batches.get(request.params['bic'] ?? '');
      if (batch === undefined) return empty(404);
      if (registered.has(batch.bic)) return empty(400);
      return batch.kind === 'foreign' ? { ...empty(422), reason: '' } : json(200, batchView(batch));
    },
    registerSimBatchByBic: (request) => {
      const batch = batches.get(request.params['bic'] ?? '');
      const status = requestedStatus(request);
      const possible =
        status === ISSUED || status === ACTIVATED || (status === FACTORY_TEST && state.switches.factoryTest);
      if (batch === undefined || batch.kind === 'foreign' || registered.has(batch.bic) || !possible) return refused();
      registered.add(batch.bic);
      return register(state, request, batch, status);
    },
  };
}

/** Every failure looks the same: no body, no reason. */
export function refused(): Answer {
  return { ...emptyHtml(422), reason: '' };
}

function register(state: EmnifyState, request: VendorRequest, batch: Batch, status: number): Answer {
  const { sims, context, switches, events } = state;
  const indexes = Array.from({ length: batch.quantity }, (_, place) => batch.first + place);
  for (const index of indexes) sims.reveal(index);
  const [only] = indexes;
  if (indexes.length === 1 && only !== undefined) {
    events.write(EVENT_TYPES.registration, `SIM ${sims.id(only)} registered`, only, null);
  }
  const apply = (): void => {
    for (const index of indexes) {
      const target = SIM_STATUSES[status];
      if (target !== undefined && sims.status(index).id === ISSUED && status !== ISSUED)
        setStatus(state, index, target);
    }
  };
  if (switches.batchStatus === 'applied') apply();
  if (switches.batchStatus === 'delayed') context.clock.after(context.delays.state, apply);
  request.effect({ subject: indexes.map((index) => context.fleet.iccid(index)), detail: { bic: batch.bic, status } });
  return json(200, { sim: indexes.map((index) => ({ id: sims.id(index), iccid: context.fleet.iccidBody(index) })) });
}

/** Without the wrapper `sim_status` nothing is asked for. */
function requestedStatus(request: VendorRequest): number {
  const body = request.body as { readonly sim_status?: { readonly id?: number } } | undefined;
  return body?.sim_status?.id ?? ISSUED;
}

/** Most numbers are texts here. */
function batchView(batch: Batch): Readonly<Record<string, unknown>> {
  return {
    id: batch.id,
    bic: batch.bic,
    bsn: `BSN${batch.id}`,
    quantity: String(batch.quantity),
    sim_batch_status_id: '1',
    sim_model_id: '15',
    issuer_org_id: String(OPERATOR),
    customer_org_id: null,
    reseller_org_id: null,
    activated: null,
    logistic_center_id: null,
    article_id: null,
    status: { id: 1, description: 'Available' },
  };
}

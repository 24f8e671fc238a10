import { type Answer, json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { apiError, noContent, validationError } from './answers.js';
import { compareBy, parseQuery, parseSort } from './criteria.js';
import { setStatus } from './life-cycle.js';
import { mayBecome, type OrganisationRole, OWN } from './organisations.js';
import { pageAnswer, pageOf } from './paging.js';
import { SIM_FILTERS, simMeets, simSortValue } from './sim-criteria.js';
import { DELETED, FACTORY_TEST, mayMove, SIM_STATUSES } from './sim-status.js';
import type { Organisations } from './sim-store.js';
import { simEntry } from './sim-view.js';
import type { EmnifyState } from './state.js';

const LIMITS = { default: 2000, maximum: 2500 };

interface Reference {
  readonly id?: number | null;
}

interface SimUpdate extends Partial<Record<OrganisationRole, Reference>> {
  readonly status?: { readonly id: number };
}

export function simHandlers(state: EmnifyState): Readonly<Record<string, Handler>> {
  return {
    listSims: (request) => listSims(state, request),
    listSimStatuses: () => json(200, SIM_STATUSES),
    getSim: (request) => {
      const index = simOf(state, request);
      if (index === undefined) return noSuchSim(request);
      return { ...json(200, simEntry(state, index)), offContract: state.sims.isOdd(index) };
    },
    updateSim: (request) => updateSim(state, request),
    deleteSim: (request) => deleteSim(state, request),
  };
}

export function simOf(state: EmnifyState, request: VendorRequest): number | undefined {
  return state.sims.indexOf(Number(request.params['sim_id']));
}

export function noSuchSim(request: VendorRequest): Answer {
  return apiError(404, 1201, `sim with id ${request.params['sim_id']} not found`);
}

function listSims(state: EmnifyState, request: VendorRequest): Answer {
  const filter = request.rawQuery.get('q');
  const sort = request.rawQuery.get('sort');
  let order = state.sims.listed();
  if (filter !== null && filter !== '') {
    const criteria = parseQuery(filter);
    if (criteria === undefined || criteria.some(({ field }) => !SIM_FILTERS.has(field))) {
      return apiError(422, 1301, `Search criteria ${filter} is invalid`);
    }
    order = order.filter((index) => criteria.every((criterion) => simMeets(state, index, criterion)));
  }
  if (sort !== null && sort !== '' && sort !== 'id') {
    const compare = compareBy<number>(parseSort(sort), (index, field) => simSortValue(state, index, field));
    order = order.slice().sort((left, right) => compare(left, right) || left - right);
  }
  const page = pageOf(request.rawQuery, LIMITS, order.length, (from, to) =>
    Array.from(order.subarray(from, to), (index) => simEntry(state, index)),
  );
  return { ...pageAnswer(page, { sort, filter }), offContract: state.sims.hasOddities() };
}

const ORGANISATION_ROLES: readonly OrganisationRole[] = ['issuer_org', 'reseller_org', 'customer_org'];

/** Everything is checked before anything is changed. */
function updateSim(state: EmnifyState, request: VendorRequest): Answer {
  const index = simOf(state, request);
  if (index === undefined) return noSuchSim(request);
  const update = request.body as SimUpdate;
  const refusal =
    checkPermission(state, index, update) ?? checkOrganisations(update) ?? checkStatus(state, index, update);
  if (refusal !== undefined) return refusal;

  const before = state.sims.organisations(index);
  const organisations: Organisations = { ...before, ...organisationChanges(update) };
  const changed = ORGANISATION_ROLES.filter((role) => organisations[role] !== before[role]);
  if (changed.length > 0) state.sims.setOrganisations(index, organisations);
  const from = state.sims.status(index).id;
  const to = update.status?.id ?? from;
  if (to !== from) setStatus(state, index, SIM_STATUSES[to] ?? { id: to, description: '' });
  if (to !== from || changed.length > 0) {
    request.effect({
      subject: [state.context.fleet.iccid(index)],
      detail: { ...(to === from ? {} : { status: { from, to } }), ...(changed.length === 0 ? {} : { organisations }) },
    });
  }
  return noContent();
}

function organisationChanges(update: SimUpdate): Partial<Organisations> {
  return Object.fromEntries(
    ORGANISATION_ROLES.flatMap((role) => {
      const reference = update[role];
      return reference === undefined ? [] : [[role, reference.id ?? null]];
    }),
  );
}

/** The issuer may change everything, the reseller who gets the SIM, the customer its status. */
function checkPermission(state: EmnifyState, index: number, update: SimUpdate): Answer | undefined {
  const { issuer_org, reseller_org, customer_org } = state.sims.organisations(index);
  if (issuer_org === OWN) return undefined;
  const allowed = new Set<string>([
    ...(reseller_org === OWN ? ['reseller_org', 'customer_org'] : []),
    ...(customer_org === OWN ? ['status'] : []),
  ]);
  const refused = Object.keys(update).find((name) => isMember(name) && !allowed.has(name));
  return refused === undefined ? undefined : apiError(403, 1104, `Not permitted to change ${refused}`);
}

function isMember(name: string): boolean {
  return name === 'status' || ORGANISATION_ROLES.some((role) => role === name);
}

function checkOrganisations(update: SimUpdate): Answer | undefined {
  for (const role of ORGANISATION_ROLES) {
    const reference = update[role];
    if (reference === undefined) continue;
    const id = reference.id ?? null;
    if (id === null) {
      if (role !== 'issuer_org') continue;
      return validationError('Update sim validation error', { code: 1402, message: 'issuer_org cannot be emptied' });
    }
    if (!mayBecome(role, id)) {
      const message = `Organisation with Id '${id}' cannot be the ${role} of this SIM`;
      return validationError('Update sim validation error', { code: 1401, message });
    }
  }
  return undefined;
}

function checkStatus(state: EmnifyState, index: number, update: SimUpdate): Answer | undefined {
  if (update.status === undefined) return undefined;
  const from = state.sims.status(index);
  const to = update.status.id;
  if (to === from.id) return undefined;
  if (!mayMove(from.id, to)) {
    const name = SIM_STATUSES[to]?.description ?? String(to);
    const message = `Status of SIM cannot be changed from '${from.description}' to '${name}'`;
    return apiError(state.switches.illegalMoveStatus, 1406, message);
  }
  if (to === FACTORY_TEST && !state.switches.factoryTest) {
    return validationError('Update sim validation error', { code: 1406, message: 'Factory Test mode is not enabled' });
  }
  return undefined;
}

function deleteSim(state: EmnifyState, request: VendorRequest): Answer {
  const index = simOf(state, request);
  if (index === undefined || state.sims.status(index).id === DELETED) return noSuchSim(request);
  if (state.sims.organisations(index).reseller_org === OWN)
    return apiError(403, 1104, 'Not permitted to delete a sold SIM');
  if (state.endpoints.ofSim(index) !== undefined) return apiError(409, 1406, 'SIM is assigned to an endpoint');
  const from = state.sims.status(index).id;
  setStatus(state, index, { id: DELETED, description: 'Deleted' });
  request.effect({ subject: [state.context.fleet.iccid(index)], detail: { status: { from, to: DELETED } } });
  return noContent();
}

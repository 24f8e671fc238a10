import { type Answer, empty } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { faultyFields, MUST_NOT_BE_EMPTY, ok, pythonList, refused, unknownIccids } from './answers.js';
import { SUBMISSION_FAILED, SUBMITTED, UPDATED } from './journal.js';
import { findSims, type Portal } from './portal.js';
import { planByLabel } from './rate-plans.js';
import { type Aspect, SERVICES, type Service } from './sim-store.js';
import { initialState, mayMove, notifiedState, stateOf } from './states.js';

/** One change asked of many SIMs at once, carried out some time after the answer. */
interface BulkChange {
  readonly aspect: Aspect;
  readonly to: string;
  /** The request's words, for the effect and the audit trail. */
  readonly detail: object;
  /** Whether a SIM may be changed that is as given: asked at the call, and again when the change is due. */
  allowed(index: number, from: string): boolean;
  carryOut(index: number): void;
  readonly answer: Answer;
}

export function statusChangeHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  return {
    changeSimCardStatus: (request) => {
      const { iccid, status } = request.body as { readonly iccid: readonly string[]; readonly status: string };
      return bulk(portal, request, iccid, stateChange(portal, stateOf(status), { status }));
    },
    changeDataStatus: (request) => {
      const { iccid, status } = request.body as { readonly iccid: readonly string[]; readonly status: string };
      return bulk(portal, request, iccid, serviceChange(portal, 'data', status, { status }));
    },
    changeSmsService: (request) => {
      const { iccid, sms_service, status } = request.body as {
        readonly iccid: readonly string[];
        readonly sms_service: 'MO' | 'MT';
        readonly status: string;
      };
      const service = sms_service === 'MO' ? 'smsMo' : 'smsMt';
      return bulk(portal, request, iccid, serviceChange(portal, service, status, { sms_service, status }));
    },
  };
}

function stateChange(portal: Portal, to: string, detail: object): BulkChange {
  const supportsTest = (index: number): boolean => planByLabel(portal.sims.plan(index))?.test != null;
  return {
    aspect: 'state',
    to,
    detail,
    allowed: (index, from) => mayMove(from, to) && (to !== 'TEST' || supportsTest(index)),
    carryOut: (index) => moveSim(portal, index, to),
    answer: portal.switches.changeStatusAnswer === 200 ? ok() : empty(202),
  };
}

function serviceChange({ sims }: Portal, service: Service, to: string, detail: object): BulkChange {
  return {
    aspect: service,
    to,
    detail,
    allowed: (index) => sims.state(index) !== 'RETIRED' && sims.state(index) !== 'REMOVED',
    carryOut: (index) => sims.change(index, { [service]: to }),
    answer: ok(),
  };
}

export const SERVICE_WORDS: Readonly<Record<Service, string>> = {
  data: 'data_service',
  smsMo: 'sms_mo_service',
  smsMt: 'sms_mt_service',
};

export function serviceByWord(word: string): Service | undefined {
  return SERVICES.find((service) => SERVICE_WORDS[service] === word);
}

function bulk(portal: Portal, request: VendorRequest, iccids: readonly string[], change: BulkChange): Answer {
  if (iccids.length === 0) return faultyFields({ iccid: [MUST_NOT_BE_EMPTY] });
  const { sims, switches } = portal;
  const { known, unknown } = findSims(portal, iccids);
  const moving = known.filter((index) => sims.ordered(index, change.aspect) !== change.to);
  const possible = moving.filter((index) => change.allowed(index, sims.ordered(index, change.aspect)));
  const clean = unknown.length === 0 && possible.length === moving.length;
  if (possible.length > 0 && (clean || switches.bulkFailure === 'rest-done')) {
    submit(portal, request, possible, change);
  }
  if (unknown.length > 0) return unknownIccids(unknown);
  if (clean) return change.answer;
  const going = new Set(possible);
  const stuck = moving.filter((index) => !going.has(index)).map(sims.iccid);
  // Text of our own: the vendor publishes none.
  return refused(400, `SIM card(s) with ICCID(s) ${pythonList(stuck)} cannot be changed to '${change.to}'`);
}

function submit(portal: Portal, request: VendorRequest, indexes: readonly number[], change: BulkChange): void {
  const { sims, journal, context } = portal;
  const { aspect, to, detail } = change;
  const subject = indexes.map(sims.iccid);
  const notify = (type: string, iccid: string): void => {
    if (aspect === 'state') journal.notify(type, iccid, notifiedState(to));
    else journal.notify(type, iccid, 'SET', SERVICE_WORDS[aspect], to);
  };
  const effect = request.effect({ subject, detail, state: 'pending' });
  for (const index of indexes) {
    sims.order(index, aspect, to);
    notify(SUBMITTED, sims.iccid(index));
    journal.audit(request, 'SIM Card', sims.iccid(index), request.operationId, JSON.stringify(detail));
  }
  context.clock.after(context.delays.state, () => {
    let failed = 0;
    for (const index of indexes) {
      // The vendor itself may have changed the SIM since the order.
      const now = aspect === 'state' ? sims.state(index) : sims.service(index, aspect);
      const done = now === to || change.allowed(index, now);
      if (!done) failed += 1;
      else if (now !== to) change.carryOut(index);
      sims.settle(index, aspect, to);
      notify(done ? UPDATED : SUBMISSION_FAILED, sims.iccid(index));
    }
    if (failed === 0) effect.done();
    else effect.failed();
  });
}

/** Moves a SIM now. A SIM in Test state goes on to Active by itself when its time is over. */
export function moveSim(portal: Portal, index: number, to: string): void {
  const { sims, context } = portal;
  const from = sims.state(index);
  const now = context.clock.now();
  sims.change(index, { state: to, ...(to === 'TEST' ? { testStartedAt: now } : {}) });
  for (const watcher of portal.watchers) watcher(index, from, to);
  if (to !== 'TEST') return;
  const minutes = planByLabel(sims.plan(index))?.test?.minutes ?? 0;
  context.clock.after(minutes * 60_000, () => endTest(portal, index, now));
}

/** The SIMs that start in Test state end it together, one allowance after the start. */
export function scheduleInitialTests(portal: Portal): void {
  const { sims, context, startedAt } = portal;
  const minutes = planByLabel(sims.plan(TEST_PLACE))?.test?.minutes ?? 0;
  context.clock.after(minutes * 60_000, () => {
    for (let index = 0; index < sims.size; index++) {
      if (initialState(index) === 'TEST') endTest(portal, index, startedAt);
    }
  });
}

/** Any index that starts in Test state. */
const TEST_PLACE = 7;

function endTest(portal: Portal, index: number, startedAt: number): void {
  const { sims, journal } = portal;
  if (sims.state(index) !== 'TEST' || sims.dates(index).testStart !== startedAt) return;
  moveSim(portal, index, 'ACTIVE');
  journal.notify(UPDATED, sims.iccid(index), 'ACTIVE');
}

import { description } from '@carrierkit/vendor-apis';
import { empty } from '../../framework/answer.js';
import type { Handler, SandboxSim, SimPatch, Vendor, VendorContext, VendorModule } from '../../framework/vendor.js';
import { createAdmission, LIMITS, READ_ONLY_TOKEN, TOKEN, unauthorized } from './admission.js';
import { bodyRefusal, notFound, refused } from './answers.js';
import { cdrHandlers, KILOBYTE } from './cdrs.js';
import { deviceHandlers } from './devices.js';
import { createIdempotency } from './idempotency.js';
import { UPDATED } from './journal.js';
import { attributeHandlers, tagHandlers } from './label-handlers.js';
import { locationHandlers } from './locations.js';
import { organizationHandlers } from './organizations.js';
import { createPortal, type Portal } from './portal.js';
import { ratePlanHandlers } from './rate-plans.js';
import { reportHandlers } from './reports.js';
import { requiredMembers } from './required-members.js';
import { ruleHandlers } from './rules.js';
import { initiallyInTraffic, SERVICES } from './sim-store.js';
import { simHandlers } from './sims.js';
import { smsHandlers } from './sms.js';
import { notifiedState, stateOf } from './states.js';
import { moveSim, SERVICE_WORDS, scheduleInitialTests, serviceByWord, statusChangeHandlers } from './status-changes.js';
import { subscriptionHandlers } from './subscriptions.js';
import type { TruphoneSwitches } from './switches.js';
import { toldOf } from './told.js';
import { createTopUps } from './top-ups.js';
import { userHandlers } from './users.js';
import { pathAliases } from './versions.js';

export type { TruphoneSwitches } from './switches.js';

/** Truphone (1GLOBAL) IoT Portal API, versions 2.0 to 2.2. */
export const truphone: VendorModule<TruphoneSwitches> = {
  name: 'truphone',
  aliases: pathAliases(description('truphone')),
  usage: { bytesMultiple: KILOBYTE, voice: false, traffic: initiallyInTraffic },
  create: createTruphone,
};

/** Operations that take an `Idempotency-Key`. */
const KEYED = [
  'changeSimCardStatus',
  'changeDataStatus',
  'changeSmsService',
  'sendSms',
  'createUser',
  'createSubOrganization',
] as const;

function createTruphone(context: VendorContext<TruphoneSwitches>): Vendor {
  const portal = createPortal(context);
  const { sims, switches } = portal;
  scheduleInitialTests(portal);
  return {
    handlers: withKeys(portal, handlersOf(portal)),
    admit: createAdmission(context.limits, switches),
    invalid: (request, problems) =>
      bodyRefusal(request, problems, requiredMembers(context.document, request.operationId)),
    unmatched: (request, allowed) => {
      if (allowed.length === 0) return notFound();
      const headers = { Allow: [...allowed, 'OPTIONS'].join(', ') };
      if (request.method === 'OPTIONS') return empty(200, headers);
      const answer = refused(405, `Method "${request.method}" not allowed.`);
      return { ...answer, headers: { ...answer.headers, ...headers } };
    },
    badToken: () => unauthorized('Invalid token.'),
    sims: function* () {
      for (let index = 0; index < sims.size; index++) yield sandboxSim(portal, index);
    },
    findSim: (iccid) => {
      const index = indexOf(portal, iccid);
      return index === undefined ? undefined : sandboxSim(portal, index);
    },
    patchSim: (iccid, change) => {
      const index = indexOf(portal, iccid);
      if (index === undefined) return undefined;
      patchSim(portal, index, change);
      return sandboxSim(portal, index);
    },
    told: (index, day) => toldOf(portal, index, day),
    info: () => ({ credentials: { token: TOKEN, readOnlyToken: READ_ONLY_TOKEN }, limits: LIMITS }),
  };
}

function handlersOf(portal: Portal): Record<string, Handler> {
  const topUps = createTopUps(portal);
  return {
    ...portal.journal.handlers,
    ...topUps.handlers,
    ...attributeHandlers(portal),
    ...cdrHandlers(portal),
    ...deviceHandlers(portal),
    ...locationHandlers(portal),
    ...organizationHandlers(portal),
    ...ratePlanHandlers(),
    ...reportHandlers(portal),
    ...ruleHandlers(portal),
    ...simHandlers(portal),
    ...smsHandlers(portal),
    ...statusChangeHandlers(portal),
    ...subscriptionHandlers(portal, topUps),
    ...tagHandlers(portal),
    ...userHandlers(portal),
  };
}

function withKeys({ context, switches }: Portal, handlers: Record<string, Handler>): Record<string, Handler> {
  const idempotent = createIdempotency(context.clock, switches.idempotencyKeepsRefusals);
  const keyed = KEYED.flatMap((operationId) => {
    const handler = handlers[operationId];
    return handler === undefined ? [] : [[operationId, idempotent(handler)] as const];
  });
  return { ...handlers, ...Object.fromEntries(keyed) };
}

function indexOf({ sims, context }: Portal, iccid: string): number | undefined {
  const index = context.fleet.indexOf(iccid);
  return index !== undefined && index < sims.size ? index : undefined;
}

function sandboxSim({ sims, tags }: Portal, index: number): SandboxSim {
  const iccid = sims.iccid(index);
  return {
    adapter: 'truphone',
    iccid,
    vendorId: iccid,
    state: sims.state(index),
    services: Object.fromEntries(SERVICES.map((service) => [SERVICE_WORDS[service], sims.service(index, service)])),
    tags: tags.list().flatMap((tag) => (tags.value(tag, index) ? [tag.label] : [])),
  };
}

/** A change by the vendor: it is notified like any other, but nobody asked for it. */
function patchSim(portal: Portal, index: number, change: SimPatch): void {
  const { sims, tags, journal } = portal;
  const iccid = sims.iccid(index);
  if (change.state !== undefined) {
    const state = stateOf(change.state);
    moveSim(portal, index, state);
    journal.notify(UPDATED, iccid, notifiedState(state), 'state', state);
  }
  for (const [word, value] of Object.entries(change.services ?? {})) {
    const service = serviceByWord(word);
    if (service === undefined) continue;
    sims.change(index, { [service]: value });
    journal.notify(UPDATED, iccid, 'SET', word, value);
  }
  if (change.tags === undefined) return;
  for (const label of change.tags) tags.create(label, '');
  for (const tag of tags.list()) tags.set(tag, index, change.tags.includes(tag.label));
}

import { json } from '../../framework/answer.js';
import type { Handler } from '../../framework/vendor.js';
import { dayOf } from '../../world/days.js';
import { faultyFields, MUST_NOT_BE_BLANK, notFound, refused } from './answers.js';
import { KILOBYTE } from './cdrs.js';
import { dateRange, equal, type Filter, type Listing, listed, oneEqual } from './listing.js';
import { organizationExists } from './organizations.js';
import type { Portal } from './portal.js';
import { planByLabel } from './rate-plans.js';
import type { SimDates } from './sim-store.js';
import { apnOf, imsisOf, locationTagOf, msisdnsOf, simTypeOf, simView } from './sim-view.js';
import { stateOf, statusWord } from './states.js';
import { instant } from './timestamps.js';
import { versionOf } from './versions.js';

/** What a SIM patch may carry; all else has endpoints of its own. */
const TEXTS = ['label', 'description', 'organization'] as const;
type Texts = Record<(typeof TEXTS)[number], string>;

export function simHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  const { sims, context } = portal;
  const rows = simRows(portal);
  /** Texts that are accepted and not yet applied. */
  const waiting = new Map<number, Partial<Texts>>();
  return {
    listSimCards: (request) => {
      const version = versionOf(request.template);
      const answer = listed(request, { ...rows, show: (index) => simView(portal, index, { version, inList: true }) });
      return version === 'v2.2' ? answer : { ...answer, offContract: true };
    },
    listSimCardStatuses: (request) => listed(request, { ...rows, show: (index) => serviceStatus(portal, index) }),
    getSimCard: (request) => {
      const index = sims.indexOf(request.params['iccid'] ?? '');
      if (index === undefined) return notFound();
      const version = versionOf(request.template);
      const answer = json(200, simView(portal, index, { version, inList: false }));
      return version === 'v2.2' ? answer : { ...answer, offContract: true };
    },
    getSimCardStatus: (request) => {
      const index = sims.indexOf(request.params['iccid'] ?? '');
      if (index === undefined) return notFound();
      const version = versionOf(request.template);
      const date = instant(context.clock.now());
      if (version === 'v2.0') {
        const status = statusWord(sims.state(index));
        return { ...json(200, { iccid: sims.iccid(index), date, status }), offContract: true };
      }
      const flat = version === 'v2.1' || portal.switches.statusShape === 'text';
      return json(200, flat ? testStatus(portal, index) : serviceStatus(portal, index));
    },
    updateSimCard: (request) => {
      const index = sims.indexOf(request.params['iccid'] ?? '');
      if (index === undefined) return notFound();
      const body = request.body as Partial<Texts>;
      if (body.organization === '') return faultyFields({ organization: [MUST_NOT_BE_BLANK] });
      if (body.organization !== undefined && !organizationExists(portal, body.organization)) {
        return refused(400, `Organization "${body.organization}" does not exist!`);
      }
      const change = Object.fromEntries(
        TEXTS.flatMap((name) => {
          const value = body[name];
          const isSo = value === undefined || value === (waiting.get(index)?.[name] ?? sims[name](index));
          return isSo ? [] : [[name, value]];
        }),
      );
      const fields = Object.keys(change);
      if (fields.length === 0) return json(202, {});
      const iccid = sims.iccid(index);
      portal.journal.audit(request, 'SIM Card', iccid, 'update', fields.join(', '));
      const effect = request.effect({ subject: [iccid], detail: { fields }, state: 'pending' });
      const all = { ...waiting.get(index), ...change };
      waiting.set(index, all);
      context.clock.after(context.delays.state, () => {
        sims.change(index, change);
        if (waiting.get(index) === all) waiting.delete(index);
        effect.done();
      });
      return json(202, {});
    },
  };
}

/** SIMs in order of ICCID, which is the order of their indexes. */
function simRows(portal: Portal): Omit<Listing<number>, 'show'> {
  const { sims, tags, attributes, context } = portal;
  const secret = (name: 'pin1' | 'pin2' | 'puk1' | 'puk2') =>
    equal<number>((index) => context.fleet.secrets(index)[name]);
  const dates = (field: string, name: keyof SimDates) => dateRange<number>(field, (index) => sims.dates(index)[name]);
  const withAttributes: Filter<number> = (value) => {
    const pairs = value.split(',').map((pair) => {
      const colon = pair.indexOf(':');
      return {
        label: (colon < 0 ? pair : pair.slice(0, colon)).trim(),
        wanted: colon < 0 ? '' : pair.slice(colon + 1),
      };
    });
    return (index) =>
      pairs.every(({ label, wanted }) => {
        const definition = attributes.get(label);
        return definition !== undefined && attributes.value(definition, index) === wanted;
      });
  };
  const withTags: Filter<number> = (value) => {
    const wanted = value.split(',').map((label) => label.trim().toLowerCase());
    return (index) => tags.list().some((tag) => tags.value(tag, index) && wanted.includes(tag.label.toLowerCase()));
  };
  return {
    length: sims.size,
    at: (index) => index,
    filters: {
      iccid: (value) => {
        const wanted = sims.indexOf(value);
        return (index) => index === wanted;
      },
      label: equal(sims.label),
      description: equal(sims.description),
      primaryMsisdn: equal((index) => context.fleet.msisdn(index)),
      msisdns: oneEqual((index) => msisdnsOf(portal, index)),
      primaryImsi: equal((index) => context.fleet.imsi(index)),
      imsis: oneEqual((index) => imsisOf(portal, index)),
      servicePackId: equal(sims.plan),
      tags: withTags,
      attributes: withAttributes,
      pin1: secret('pin1'),
      pin2: secret('pin2'),
      puk1: secret('puk1'),
      puk2: secret('puk2'),
      ...dates('provisionDate', 'provision'),
      ...dates('shippingDate', 'shipping'),
      ...dates('deliveryDate', 'delivery'),
      ...dates('firstActivationDate', 'firstActivation'),
      ...dates('testStateStartDate', 'testStart'),
      subscriptionStatus: (value) => {
        const wanted = stateOf(value);
        return (index) => stateOf(sims.state(index)) === wanted;
      },
      apn: equal(apnOf),
      simType: equal(simTypeOf),
      locationTag_label: equal((index) => locationTagOf(index)?.label ?? ''),
      organization: equal(sims.organization),
    },
    orderings: {
      iccid: (index) => index,
      label: sims.label,
      description: sims.description,
      primaryMsisdn: (index) => context.fleet.msisdn(index),
      msisdn: (index) => context.fleet.msisdn(index),
      primaryImsi: (index) => context.fleet.imsi(index),
      servicePackId: sims.plan,
      simType: simTypeOf,
      subscriptionStatus: sims.state,
      organization: sims.organization,
    },
  };
}

/** The shape that v2.2 clients really read. */
function serviceStatus({ sims, context }: Portal, index: number): object {
  return {
    iccid: sims.iccid(index),
    date: instant(context.clock.now()),
    status: {
      sim_card_service: statusWord(sims.state(index)),
      data_service: sims.service(index, 'data'),
      sms_mo_service: sims.service(index, 'smsMo'),
      sms_mt_service: sims.service(index, 'smsMt'),
    },
  };
}

/** The shape that the vendor's page prints; its counters mean something in Test state only. */
function testStatus({ sims, context }: Portal, index: number): object {
  const state = sims.state(index);
  const now = context.clock.now();
  const start = sims.dates(index).testStart;
  const limits = state === 'TEST' ? planByLabel(sims.plan(index))?.test : undefined;
  const minutes = start === undefined ? 0 : Math.floor((now - start) / 60_000);
  const kilobytes = limits == null || start === undefined ? 0 : usedKilobytes(context, index, start);
  return {
    iccid: sims.iccid(index),
    status: statusWord(state),
    date: instant(now),
    test_state_start_date: state === 'TEST' && start !== undefined ? instant(start) : null,
    allowed_data: limits == null ? '' : String(limits.kilobytes),
    allowed_time: limits == null ? '' : String(limits.minutes),
    remaining_data: limits == null ? '' : String(Math.max(0, limits.kilobytes - kilobytes)),
    remaining_time: limits == null ? '' : String(Math.max(0, limits.minutes - minutes)),
  };
}

function usedKilobytes({ usage, clock }: Portal['context'], index: number, since: number): number {
  let bytes = 0;
  for (let day = dayOf(since); day <= dayOf(clock.now()); day++) {
    for (const fact of usage.facts(index, day)) {
      if (fact.startedAt >= since) bytes += fact.bytesUp + fact.bytesDown;
    }
  }
  return bytes / KILOBYTE;
}

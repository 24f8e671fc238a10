import type { Portal } from './portal.js';
import { bearerWord, planByLabel } from './rate-plans.js';
import { instant } from './timestamps.js';

/** What the three versions show of a SIM differs in two members, and in how the list tells the IMEI. */
export interface ViewOptions {
  readonly version: string;
  /** The v2.0 list was seen to send the IMEI as a bare number, or null. */
  readonly inList: boolean;
}

export function msisdnsOf(portal: Portal, index: number): readonly string[] {
  const { fleet } = portal.context;
  return index % 25 === 2 ? [fleet.msisdn(index), fleet.msisdn(fleet.size + index)] : [fleet.msisdn(index)];
}

export function imsisOf(portal: Portal, index: number): readonly string[] {
  const { fleet } = portal.context;
  return index % 25 === 2 ? [fleet.imsi(index), fleet.imsi(fleet.size + index)] : [fleet.imsi(index)];
}

export function simTypeOf(index: number): string {
  return index % 3 === 2 ? 'MFF2' : '2FF/3FF/4FF';
}

export function apnOf(index: number): string {
  return index % 8 === 7 ? 'iot.truphone.com.private' : 'iot.truphone.com';
}

export function locationTagOf(index: number): { label: string; lng: number; lat: number } | null {
  return index % 12 === 4 ? { label: 'Lisbon depot', lng: -9.14, lat: 38.71 } : null;
}

export function simView(portal: Portal, index: number, { version, inList }: ViewOptions): object {
  const { sims, context, tags, attributes } = portal;
  const msisdns = msisdnsOf(portal, index);
  const imsis = imsisOf(portal, index);
  const { pin1, pin2, puk1, puk2 } = context.fleet.secrets(index);
  context.secrets.add(pin1, pin2, puk1, puk2);
  const view = {
    iccid: sims.iccid(index),
    label: sims.label(index),
    description: sims.description(index),
    simType: simTypeOf(index),
    primaryMsisdn: msisdns[0],
    msisdns,
    primaryImsi: imsis[0],
    imsis,
    gsmKeys: { pin1, pin2, puk1, puk2 },
    dates: datesView(portal, index, version),
    imei: imeiView(sims.imei(index), version === 'v2.0' && inList),
    subscription: subscriptionView(portal, index),
    attributes: attributes
      .list()
      .map((definition) => ({ label: definition.label, value: attributes.value(definition, index) })),
    tags: tags.list().flatMap((tag) => (tags.value(tag, index) ? [{ label: tag.label }] : [])),
    location_tag: locationTagOf(index),
  };
  return version === 'v2.2' ? { ...view, organization: sims.organization(index) } : view;
}

export function subscriptionView({ sims }: Portal, index: number): object {
  const label = sims.plan(index);
  const voice = bearerWord(planByLabel(label)?.voice === true);
  return {
    bearerServices: {
      voiceMo: voice,
      voiceMt: voice,
      smsMo: sims.service(index, 'smsMo'),
      smsMt: sims.service(index, 'smsMt'),
      gprs: sims.service(index, 'data'),
      csd: 'SUSPENDED',
      ussd: 'SUSPENDED',
    },
    servicePackId: label,
    subscriptionStatus: sims.state(index),
    apn: { name: apnOf(index), description: '' },
  };
}

/** Typed text is `''` when unset, real dates are null. */
function datesView({ sims }: Portal, index: number, version: string): object {
  const dates = sims.dates(index);
  const orNull = (milliseconds: number | undefined) => (milliseconds === undefined ? null : instant(milliseconds));
  const orBlank = (milliseconds: number | undefined) => (milliseconds === undefined ? '' : instant(milliseconds));
  const view = {
    provisionDate: orNull(dates.provision),
    shippingDate: orNull(dates.shipping),
    deliveryDate: orNull(dates.delivery),
    firstActivationDate: orBlank(dates.firstActivation),
  };
  return version === 'v2.0' ? view : { ...view, testStateStartDate: orBlank(dates.testStart) };
}

function imeiView(imei: string | undefined, bare: boolean): string | number | null {
  if (bare) return imei === undefined ? null : Number(imei);
  return imei ?? '';
}

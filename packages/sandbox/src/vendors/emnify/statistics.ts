import { type Answer, json } from '../../framework/answer.js';
import type { Handler, ToldUsage, VendorRequest } from '../../framework/vendor.js';
import { type Day, dayOf, dayText, parseDay } from '../../world/days.js';
import { apiError } from './answers.js';
import { noSuchSim, simOf } from './sims.js';
import type { EmnifyState } from './state.js';
import { timestamp } from './timestamps.js';

/** Nothing states the size of an MB; six decimals are shown, so a million bytes is assumed. */
const MEGABYTE = 1_000_000;
const DATA = { id: 5, description: 'Data', unit: 'MB' };
const SMS = { id: 6, description: 'SMS', unit: 'SMS' };

interface Traffic {
  bytesUp: number;
  bytesDown: number;
  smsMo: number;
  smsMt: number;
}

export function statisticsHandlers(state: EmnifyState): Readonly<Record<string, Handler>> {
  return {
    getSimStats: (request) => {
      const index = simOf(state, request);
      return index === undefined ? noSuchSim(request) : json(200, [monthly(state, index)]);
    },
    getSimDailyStats: (request) => {
      const index = simOf(state, request);
      return index === undefined ? noSuchSim(request) : daily(state, index, request);
    },
  };
}

/** What daily statistics tell of one SIM and day: a figure for data and one for SMS, never a country. */
export function toldOf(state: EmnifyState, index: number, day: Day): readonly ToldUsage[] {
  const traffic = trafficOf(state, index, day, day + 1);
  const told: ToldUsage[] = [];
  const base = { country: null, records: 1, bytes: null, seconds: null, messages: null };
  if (hasData(traffic)) told.push({ ...base, kind: 'data', bytes: traffic.bytesUp + traffic.bytesDown });
  if (hasSms(traffic)) told.push({ ...base, kind: 'sms', messages: traffic.smsMo + traffic.smsMt });
  return told;
}

function trafficOf(state: EmnifyState, index: number, from: Day, to: Day): Traffic {
  const traffic: Traffic = { bytesUp: 0, bytesDown: 0, smsMo: 0, smsMt: 0 };
  for (let day = from; day < to; day++) {
    for (const fact of state.context.usage.facts(index, day)) {
      traffic.bytesUp += fact.bytesUp;
      traffic.bytesDown += fact.bytesDown;
      if (fact.direction === 'mo') traffic.smsMo += fact.messages;
      else traffic.smsMt += fact.messages;
    }
  }
  return traffic;
}

function hasData(traffic: Traffic): boolean {
  return traffic.bytesUp + traffic.bytesDown > 0;
}

function hasSms(traffic: Traffic): boolean {
  return traffic.smsMo + traffic.smsMt > 0;
}

/** rx is download and mobile-terminated, tx upload and mobile-originated. */
function dataVolumes({ bytesUp, bytesDown }: Traffic) {
  return {
    volume: (bytesUp + bytesDown) / MEGABYTE,
    volume_tx: bytesUp / MEGABYTE,
    volume_rx: bytesDown / MEGABYTE,
  };
}

function smsVolumes({ smsMo, smsMt }: Traffic) {
  return { volume: smsMo + smsMt, volume_tx: smsMo, volume_rx: smsMt };
}

function monthly(state: EmnifyState, index: number): Readonly<Record<string, unknown>> {
  const now = new Date(state.context.clock.now());
  const current = period(state, index, now.getUTCFullYear(), now.getUTCMonth());
  const last = period(state, index, now.getUTCFullYear(), now.getUTCMonth() - 1);
  const series = { data: { rx: [], tx: [] }, sms: { rx: [], tx: [] } };
  return {
    // A month without traffic is left out.
    ...(last === undefined ? {} : { last_month: last }),
    ...(current === undefined ? {} : { current_month: current }),
    last_hour: state.switches.lastHour === 'series' ? series : {},
  };
}

function period(state: EmnifyState, index: number, year: number, month: number) {
  const from = dayOf(Date.UTC(year, month, 1));
  const traffic = trafficOf(state, index, from, dayOf(Date.UTC(year, month + 1, 1)));
  if (!hasData(traffic) && !hasSms(traffic)) return undefined;
  const counter = (type: typeof DATA, volumes: ReturnType<typeof dataVolumes>) => ({
    id: Number(`${state.sims.id(index)}${dayText(from).slice(0, 7).replace('-', '')}${type.id}`),
    sim_id: state.sims.id(index),
    month: dayText(from),
    ...volumes,
    traffic_type_id: type.id,
    traffic_type: type,
    last_updated: timestamp(state.context.clock.now()),
    ...(state.switches.cost ? costOf(type, volumes.volume) : {}),
  });
  return { data: counter(DATA, dataVolumes(traffic)), sms: counter(SMS, smsVolumes(traffic)) };
}

/** One cent per MB, six per SMS. */
function costOf(type: typeof DATA, volume: number) {
  const cents = type === DATA ? volume : volume * 6;
  return {
    cost: Math.round(cents * 10_000) / 1_000_000,
    currency_id: 1,
    currency: { id: 1, code: 'EUR', symbol: '€' },
  };
}

function daily(state: EmnifyState, index: number, request: VendorRequest): Answer {
  const range = rangeOf(state, request);
  if (range === undefined) return apiError(422, 1403, 'start_date and end_date must be of the form YYYY-MM-DD');
  const days: Readonly<Record<string, unknown>>[] = [];
  const today = dayOf(state.context.clock.now());
  for (let day = Math.max(range.from, state.context.usage.earliestDay); day < range.to && day <= today; day++) {
    const traffic = trafficOf(state, index, day, day + 1);
    days.push({
      date: dayText(day),
      ...(hasData(traffic) ? { data: { ...dataVolumes(traffic), traffic_type: DATA } } : {}),
      ...(hasSms(traffic) ? { sms: { ...smsVolumes(traffic), traffic_type: SMS } } : {}),
    });
  }
  return json(200, days);
}

/** Only a start: to the end of its month. Only an end: the month of that date. Nothing: the current month. */
function rangeOf(state: EmnifyState, request: VendorRequest): { readonly from: Day; readonly to: Day } | undefined {
  const start = dayParameter(request, 'start_date');
  const end = dayParameter(request, 'end_date');
  if (start === 'wrong' || end === 'wrong') return undefined;
  const last = end === undefined ? undefined : end + (state.switches.endDate === 'inclusive' ? 1 : 0);
  const reference = start ?? end ?? dayOf(state.context.clock.now());
  return { from: start ?? monthStart(reference, 0), to: last ?? monthStart(reference, 1) };
}

function dayParameter(request: VendorRequest, name: string): Day | undefined | 'wrong' {
  const text = request.rawQuery.get(name);
  return text === null ? undefined : (parseDay(text) ?? 'wrong');
}

function monthStart(day: Day, monthsLater: number): Day {
  const date = new Date(day * 86_400_000);
  return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsLater, 1));
}

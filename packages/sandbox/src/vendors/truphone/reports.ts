import { type Answer, json, stream } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { DAY_MS, dayOf, dayStart } from '../../world/days.js';
import { faultyFields, refused } from './answers.js';
import { members } from './label-handlers.js';
import { findSims, type Portal } from './portal.js';
import { type Granularity, type ReportType, type ReportWindow, reportTables } from './report-rows.js';
import { csvText, inTurns, jsonText } from './report-text.js';
import { addMonths, parseDate } from './timestamps.js';

const LINK_LIFE_MS = 3_600_000;

interface ReportRequest {
  readonly report_type: ReportType;
  readonly granularity: Granularity;
  readonly output_format: 'CSV' | 'JSON';
  readonly iccid?: readonly string[];
  readonly tag?: readonly string[];
  readonly all_sim_cards?: boolean;
  readonly billing_cycle?: number;
  readonly period?: string;
  readonly startDate?: string;
  readonly endDate?: string;
}

/** Tags are looked at again when the report is fetched. */
type Selection =
  | { readonly kind: 'all' }
  | { readonly kind: 'sims'; readonly indexes: readonly number[] }
  | { readonly kind: 'tags'; readonly labels: readonly string[] };

interface Report {
  readonly type: ReportType;
  readonly format: 'CSV' | 'JSON';
  readonly selection: Selection;
  readonly window: ReportWindow;
  readonly validUntil: number;
}

export function reportHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  const { context, switches } = portal;
  const reports = new Map<string, Report>();
  const random = context.random('reports');

  return {
    generateReport: (request) => {
      const body = request.body as ReportRequest;
      const selection = selectionOf(portal, body);
      if ('status' in selection) return selection;
      const window = windowOf(portal, body);
      if ('status' in window) return window;
      const id = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
      const validUntil = context.clock.now() + LINK_LIFE_MS;
      reports.set(id, { type: body.report_type, format: body.output_format, selection, window, validUntil });
      context.clock.after(LINK_LIFE_MS, () => reports.delete(id));
      return json(200, ticket(request, id, validUntil, switches.validUntilOffset));
    },
    downloadReport: (request) => {
      const report = reports.get(request.params['pk'] ?? '');
      if (report === undefined) return refused(400, 'Report not available - Link expired or wrong link.');
      const indexes = simsOf(portal, report.selection);
      if (!(Symbol.iterator in indexes)) return indexes;
      if (portal.sims.size === 0) return refused(400, 'No SIM Cards available');
      const table = reportTables[report.type];
      const rows = table.rows(portal, indexes, report.window);
      return report.format === 'CSV'
        ? stream(200, inTurns(csvText(table, rows)))
        : stream(200, inTurns(jsonText(table, rows, switches)), { 'Content-Type': 'application/json' });
    },
  };
}

function ticket({ baseUrl }: VendorRequest, id: string, validUntil: number, offset: boolean): object {
  const naive = new Date(validUntil).toISOString().slice(0, 19);
  return {
    detail: 'OK',
    downloadUrl: `${baseUrl}/api/v2.0/reports/download/${id}/`,
    validUntil: offset ? `${naive}+00:00` : naive,
  };
}

function selectionOf(portal: Portal, body: ReportRequest): Selection | Answer {
  const { iccid = [], tag = [], all_sim_cards = false } = body;
  const chosen = [iccid.length > 0, tag.length > 0, all_sim_cards].filter(Boolean).length;
  if (chosen === 0) return refused(400, "Please select 'iccid', 'tag' or 'all_sim_cards'.");
  if (chosen > 1) return refused(400, "Only choose 'iccid', 'tag' or 'all_sim_cards'");
  if (all_sim_cards) return { kind: 'all' };
  if (tag.length > 0) {
    const members = tagMembers(portal, tag, '');
    return 'status' in members ? members : { kind: 'tags', labels: tag };
  }
  const most = portal.switches.reportMaximumIccids;
  if (iccid.length > most) {
    const counts = `This field has ${iccid.length} iccid's (max: ${most})`;
    return refused(400, `Too many SIM Cards. ${counts}, please use less or assign tags and use them.`);
  }
  const { known, unknown } = findSims(portal, iccid);
  if (unknown.length > 0) return refused(400, 'One or more ICCIDs are incorrect, or do not belong to you.');
  return { kind: 'sims', indexes: known.toSorted((left, right) => left - right) };
}

function simsOf(portal: Portal, selection: Selection): Iterable<number> | Answer {
  switch (selection.kind) {
    case 'all':
      return indexesBelow(portal.sims.size);
    case 'sims':
      return selection.indexes;
    case 'tags': {
      const found = tagMembers(portal, selection.labels, '.');
      return 'status' in found ? found : found.indexes;
    }
  }
}

/** The vendor ends the second text with a full stop at download and without one at generation. */
function tagMembers(
  portal: Portal,
  labels: readonly string[],
  stop: string,
): { readonly indexes: readonly number[] } | Answer {
  const indexes = new Set<number>();
  for (const label of labels) {
    const tag = portal.tags.get(label);
    if (tag === undefined) return refused(400, `Tag '${label}' not created.`);
    const carriers = members(portal, tag);
    if (carriers.length === 0) return refused(400, `Tag '${label}' does not have SIM cards assign${stop}`);
    for (const index of carriers) indexes.add(index);
  }
  return { indexes: [...indexes].sort((left, right) => left - right) };
}

function* indexesBelow(size: number): Generator<number> {
  for (let index = 0; index < size; index++) yield index;
}

function windowOf(portal: Portal, body: ReportRequest): ReportWindow | Answer {
  const span = spanOf(portal.context.clock.now(), body);
  if ('status' in span) return span;
  const { from, to } = span;
  const { granularity, billing_cycle } = body;
  if (granularity === 'Hour' && to - from > 7 * DAY_MS) {
    return refused(400, 'Please choose 7 days or less to see the graph in a hourly basis.');
  }
  if (granularity === 'Day' && from < addMonths(to, -6)) {
    return refused(400, 'Please choose 6 months or less to see the graph in a daily basis.');
  }
  if (granularity === 'Cycle') {
    if (billing_cycle === undefined) {
      return refused(400, "Cannot choose 'granularity' with option 'Cycle' and no 'billing_cycle' selected.");
    }
    if (billing_cycle !== portal.switches.billCycleStartDay) {
      return refused(400, 'No SIM Cards in the Selected Billing Cycle.');
    }
  }
  return { from, to, granularity, cycleDay: billing_cycle ?? 1 };
}

/** Each period ends today, today included. */
const PERIODS: Readonly<Record<string, (today: number) => number>> = {
  PAST_7_DAYS: (today) => today - 6 * DAY_MS,
  PAST_14_DAYS: (today) => today - 13 * DAY_MS,
  PAST_30_DAYS: (today) => today - 29 * DAY_MS,
  PAST_3_MONTHS: (today) => addMonths(today, -3) + DAY_MS,
  PAST_6_MONTHS: (today) => addMonths(today, -6) + DAY_MS,
  PAST_1_YEAR: (today) => addMonths(today, -12) + DAY_MS,
};

function spanOf(now: number, body: ReportRequest): { readonly from: number; readonly to: number } | Answer {
  const { period, startDate, endDate } = body;
  const dated = startDate !== undefined || endDate !== undefined;
  if (period !== undefined) {
    if (dated) return refused(400, "Cannot choose 'period' option with 'startDate' and 'endDate' options selected.");
    const start = PERIODS[period];
    return { from: start === undefined ? now : start(dayStart(dayOf(now))), to: now };
  }
  if (!dated) return refused(400, "Please choose a 'period' option or a 'startDate' and 'endDate'.");
  if (startDate === undefined || endDate === undefined) {
    return refused(400, "Need both fields 'startDate' and 'endDate'");
  }
  const from = parseDate(startDate);
  const to = parseDate(endDate);
  if (from === undefined) return faultyFields({ startDate: [WRONG_DATE] });
  if (to === undefined) return faultyFields({ endDate: [WRONG_DATE] });
  if (from > to) return refused(400, "'startDate' must be before 'endDate'.");
  return { from, to: to + 999 };
}

const WRONG_DATE = 'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DD hh:mm:ss.';

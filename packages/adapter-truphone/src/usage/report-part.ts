import { type SimFailure, simFailure } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  ConnectivityError,
  epochMs,
  splitWindow,
  type TimeWindow,
  toInstant,
  type UsageRecord,
  windowContains,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { reportDays } from '../capabilities.js';
import { reportReader } from '../mapping/report-row.js';
import { notFound } from '../sims/find-sims.js';
import { cursorNumbers } from './joined-parts.js';
import { type ReportRequest, reportRows } from './report-rows.js';
import type { UsagePart, UsageQuery } from './usage-part.js';

const dayMs = 86_400_000;

/** Where a record stands: the window, the SIMs that one report is about (from, to; both 0 = all), and its row. */
interface Place {
  readonly window: number;
  readonly from: number;
  readonly to: number;
  readonly row: number;
}

interface Placed {
  readonly record: UsageRecord;
  readonly place: Place;
}

/** Usage by day out of reports: as few as the vendor's limits allow, read as they arrive. A cursor names a row; going on from it asks for its report again. */
export function reportPart(account: Account, kind: 'data' | 'sms', query: UsageQuery): UsagePart {
  return async function* ({ cursor, size, failures, options }) {
    const [window, from, to, row] = cursorNumbers(cursor, 4) as [number, number, number, number];
    let items: UsageRecord[] = [];
    for await (const { record, place } of records(account, kind, query, { window, from, to, row }, failures, options)) {
      if (items.length >= size) {
        yield { items, next: `${place.window}.${place.from}.${place.to}.${place.row}`, total: null };
        items = [];
      }
      items.push(record);
    }
    yield { items, next: null, total: null };
  };
}

/** Report after report; one that is refused for its SIMs is asked for in halves, until the SIM that is unknown is alone. */
async function* records(
  account: Account,
  kind: 'data' | 'sms',
  { window: wanted, iccids }: UsageQuery,
  start: Place,
  failures: SimFailure[],
  options: CallOptions,
): AsyncGenerator<Placed, void, undefined> {
  const { provider, settings, timing } = account;
  const windows = reportWindows(wanted, timing.now());
  for (let window = start.window; window < windows.length; window++) {
    const first = window === start.window ? start : { from: 0, to: 0, row: 0 };
    const ranges = rangesOf(iccids, settings.simsPerReport, first);
    let { row } = first;
    for (let range = ranges.shift(); range !== undefined; range = ranges.shift()) {
      const [from, to] = range;
      const chosen = iccids && iccids.slice(from, to);
      try {
        const report = { kind, window: windows[window]!, iccids: chosen };
        for await (const placed of recordsOf(account, report, { window, from, to, row }, options))
          if (windowContains(wanted, placed.record.startedAt)) yield placed;
      } catch (error) {
        if (chosen === null || !isAboutSims(error)) throw error;
        // It is not told which SIM is unknown, nor always how many are allowed.
        if (chosen.length > 1) ranges.unshift(...halves(from, to));
        else failures.push(simFailure(notFound(provider, { iccid: chosen[0]! }, error), chosen[0]!));
      }
      row = 0;
    }
  }
}

/** The records of one report from a place on. */
async function* recordsOf(
  account: Account,
  report: ReportRequest,
  start: Place,
  options: CallOptions,
): AsyncGenerator<Placed, void, undefined> {
  const { provider, settings, timing } = account;
  let { row } = start;
  const read = reportReader(provider, { kind: report.kind, kilobyte: settings.kilobyte }, timing.now());
  for await (const cells of reportRows(account, report, row, options)) {
    const record = read(cells);
    yield { record, place: { ...start, row: row++ } };
  }
}

/** The whole UTC days that begin in the window and have begun, in pieces as long as the vendor allows. */
function reportWindows({ from, to }: TimeWindow, now: number): readonly TimeWindow[] {
  const first = Math.ceil(epochMs(from) / dayMs);
  const end = Math.min(Math.ceil(epochMs(to) / dayMs), Math.floor(now / dayMs) + 1);
  return first < end ? splitWindow({ from: toInstant(first * dayMs), to: toInstant(end * dayMs) }, reportDays) : [];
}

type Range = readonly [from: number, to: number];

/** The SIMs in the pieces that reports are asked for, from a piece on; one piece of none for the report on all. */
function rangesOf(
  iccids: readonly string[] | null,
  most: number,
  first: { readonly from: number; readonly to: number },
): Range[] {
  if (iccids === null) return [[0, 0]];
  const ranges: Range[] = first.to > first.from ? [[first.from, first.to]] : [];
  for (let from = first.to; from < iccids.length; from += most)
    ranges.push([from, Math.min(from + most, iccids.length)]);
  return ranges;
}

function halves(from: number, to: number): readonly [Range, Range] {
  const middle = Math.ceil((from + to) / 2);
  return [
    [from, middle],
    [middle, to],
  ];
}

function isAboutSims(error: unknown): error is ConnectivityError {
  return (
    ConnectivityError.is(error, 'input') &&
    /: (?:One or more ICCIDs are incorrect|Too many SIM Cards)/.test(error.message)
  );
}

import {
  ConnectivityError,
  epochMs,
  type Instant,
  iccidFromVendor,
  instantFrom,
  type ProviderId,
  toInstant,
  type UsageRecord,
  usageCellId,
} from '@carrierkit/core';
import { settlesAfterHours } from '../capabilities.js';

export type ReportRow = Readonly<Record<string, string>>;

/** The columns of a usage report by what they hold; their titles are not published. */
export interface ReportColumns {
  readonly iccid: string;
  readonly total: string;
  readonly start: string;
}

const dayMs = 86_400_000;

/** Finds the columns by the titles that were seen. @throws `contract`, naming the titles there are */
export function reportColumns(provider: ProviderId, row: ReportRow): ReportColumns {
  const titles = Object.keys(row);
  const find = (title: RegExp) => titles.find((one) => title.test(one.trim()));
  const iccid = find(/^(?:iccid|source)$/i);
  const total = find(/^total usage\b/i);
  const start = find(/^start date$/i);
  if (iccid !== undefined && total !== undefined && start !== undefined) return { iccid, total, start };
  const message = `the usage report has the columns ${titles.join(', ')}; expected ICCID, Total Usage and Start Date`;
  throw new ConnectivityError('contract', message, { provider, operation: 'downloadReport' });
}

/** A day as the vendor names it, which many rows share. */
interface Day {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly finality: UsageRecord['finality'];
}

/**
 * Reads the rows of one report, each a SIM's figure of one day, in bytes or messages. The day is the vendor's (UTC is inferred), and whole whatever the window.
 * Reports have millions of rows: columns are found once, days are read once, and no object is put together out of others. The reader @throws `contract`
 */
export function reportReader(
  provider: ProviderId,
  { kind, kilobyte }: { readonly kind: 'data' | 'sms'; readonly kilobyte: number },
  now: number,
): (row: ReportRow) => UsageRecord {
  let columns: ReportColumns | null = null;
  const days = new Map<string, Day | null>();
  const dayOf = (text: string): Day | null => {
    const known = days.get(text);
    if (known !== undefined) return known;
    const day = readDay(text, now);
    days.set(text, day);
    return day;
  };
  return (row) => {
    columns ??= reportColumns(provider, row);
    const iccid = iccidFromVendor(row[columns.iccid], { checkDigit: 'present' });
    const day = dayOf(row[columns.start] ?? '');
    if (iccid === null || day === null) throw unreadable(provider, iccid === null ? columns.iccid : columns.start);
    const total = wholeOf(row[columns.total], kind === 'data' ? kilobyte : 1);
    const { startedAt } = day;
    return {
      id: usageCellId({
        provider,
        iccid,
        simRef: iccid,
        kind,
        direction: null,
        grain: 'day',
        startedAt,
        country: null,
        operator: null,
      }),
      provider,
      account: null,
      iccid,
      simRef: iccid,
      msisdn: null,
      kind,
      direction: null,
      grain: 'day',
      startedAt,
      endedAt: day.endedAt,
      processedAt: null,
      bytes: kind === 'data' && total !== null ? { total, up: null, down: null } : null,
      seconds: null,
      messages: kind === 'sms' ? total : null,
      charged: null,
      costType: 'unknown',
      cost: null,
      country: null,
      operator: null,
      technology: null,
      roaming: null,
      finality: day.finality,
      raw: row,
    };
  };
}

function readDay(text: string, now: number): Day | null {
  const startedAt = instantFrom(text);
  if (startedAt === null) return null;
  const endMs = epochMs(startedAt) + dayMs;
  const settled = endMs + settlesAfterHours * 3_600_000 <= now;
  return { startedAt, endedAt: toInstant(endMs), finality: settled ? 'settled' : 'provisional' };
}

function unreadable(provider: ProviderId, column: string): ConnectivityError<'contract'> {
  const message = `the usage report has a row whose ${column} cannot be read`;
  return new ConnectivityError('contract', message, { provider, operation: 'downloadReport' });
}

/** A figure in whole units; `null` where none is told, which is no zero. */
function wholeOf(figure: string | undefined, unit: number): number | null {
  if (figure === undefined || !/^\d+(?:\.\d+)?$/.test(figure.trim())) return null;
  const whole = Math.round(Number(figure) * unit);
  return Number.isSafeInteger(whole) ? whole : null;
}

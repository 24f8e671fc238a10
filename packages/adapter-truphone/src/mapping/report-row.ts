import {
  ConnectivityError,
  epochMs,
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

/** One SIM's figure of one day, in bytes or messages. The day is the vendor's (UTC is inferred), and whole whatever the window. @throws `contract` */
export function reportRecord(
  provider: ProviderId,
  columns: ReportColumns,
  row: ReportRow,
  { kind, kilobyte }: { readonly kind: 'data' | 'sms'; readonly kilobyte: number },
  now: number,
): UsageRecord {
  const iccid = iccidFromVendor(row[columns.iccid], { checkDigit: 'present' });
  const startedAt = instantFrom(row[columns.start]);
  if (iccid === null || startedAt === null) {
    const column = iccid === null ? columns.iccid : columns.start;
    const message = `the usage report has a row whose ${column} cannot be read`;
    throw new ConnectivityError('contract', message, { provider, operation: 'downloadReport' });
  }
  const figure = row[columns.total];
  const total = wholeOf(figure, kind === 'data' ? kilobyte : 1);
  const endMs = epochMs(startedAt) + dayMs;
  const cell = {
    provider,
    iccid,
    simRef: iccid,
    kind,
    direction: null,
    grain: 'day',
    startedAt,
    country: null,
    operator: null,
  } as const;
  return {
    ...cell,
    id: usageCellId(cell),
    account: null,
    msisdn: null,
    endedAt: toInstant(endMs),
    processedAt: null,
    bytes: kind === 'data' && total !== null ? { total, up: null, down: null } : null,
    seconds: null,
    messages: kind === 'sms' ? total : null,
    charged: null,
    costType: 'unknown',
    cost: null,
    technology: null,
    roaming: null,
    finality: endMs + settlesAfterHours * 3_600_000 <= now ? 'settled' : 'provisional',
    raw: row,
  };
}

/** A figure in whole units; `null` where none is told, which is no zero. */
function wholeOf(figure: string | undefined, unit: number): number | null {
  if (figure === undefined || !/^\d+(?:\.\d+)?$/.test(figure.trim())) return null;
  const whole = Math.round(Number(figure) * unit);
  return Number.isSafeInteger(whole) ? whole : null;
}

import { csvRows } from '@carrierkit/adapter-kit';
import { type CallOptions, ConnectivityError, epochMs, type TimeWindow } from '@carrierkit/core';
import type { Account } from '../account.js';
import { dateText } from '../mapping/date-text.js';
import type { ReportRow } from '../mapping/report-row.js';

export interface ReportRequest {
  readonly kind: 'data' | 'sms';
  /** Whole UTC days. */
  readonly window: TimeWindow;
  /** `null` = every SIM. */
  readonly iccids: readonly string[] | null;
}

const maxOpenings = 3;
/** A connection that broke; the report is asked for again, and read on where it broke. */
const broken = new Set(['unavailable', 'timeout']);

/**
 * The rows of a report from a certain one on, as they arrive: asked for, its link followed, read as CSV, whose ICCIDs are text and stay whole
 * (in JSON they are bare numbers). A link that expired while it waited for its turn, and a stream that broke, are made good with a new report.
 */
export async function* reportRows(
  account: Account,
  request: ReportRequest,
  from: number,
  options: CallOptions,
): AsyncGenerator<ReportRow, void, undefined> {
  let next = from;
  for (let openings = 1; ; openings++) {
    try {
      const text = await opened(account, request, options);
      if (text === null) return;
      let place = 0;
      for await (const row of csvRows(text)) {
        if (place++ < next) continue;
        next++;
        yield row;
      }
      return;
    } catch (error) {
      const again = ConnectivityError.is(error) && (broken.has(error.kind) || isExpired(error));
      if (!again || openings >= maxOpenings || options.signal?.aborted) throw error;
    }
  }
}

/** The text of a fresh report; `null` when the account has no SIM to report on. */
async function opened(
  { provider, client }: Account,
  { kind, window, iccids }: ReportRequest,
  options: CallOptions,
): Promise<AsyncIterable<string> | null> {
  const body = {
    report_type: kind === 'data' ? 'DATA_USAGE' : 'SMS_USAGE',
    granularity: 'Day',
    output_format: 'CSV',
    startDate: dateText(window.from),
    // The end counts.
    endDate: dateText(epochMs(window.to) - 1000),
    ...(iccids === null ? { all_sim_cards: true } : { iccid: [...iccids] }),
  } as const;
  const { data } = await client.generateReport({ body }, options);
  const pk = linkId(data.downloadUrl);
  if (pk === null) {
    const message = 'generateReport was answered without a downloadUrl';
    throw new ConnectivityError('contract', message, { provider, operation: 'generateReport' });
  }
  try {
    return (await client.downloadReport({ pk }, options)).data;
  } catch (error) {
    if (ConnectivityError.is(error, 'input') && error.message.includes('No SIM Cards available')) return null;
    throw error;
  }
}

/** The last segment; where the link points to is nobody's business. */
function linkId(url: string | null | undefined): string | null {
  return /([\w-]{1,100})\/*(?:[?#].*)?$/.exec(url ?? '')?.[1] ?? null;
}

/** Told as 400 by the vendor; see the table of errors. */
function isExpired(error: ConnectivityError): boolean {
  return error.kind === 'not-found' && error.operation === 'downloadReport';
}

import type { Instant, UsageRecord } from '@carrierkit/core';
import { parseZone } from '@carrierkit/core/time';
import { type CoverageEntry, coverageOf } from '../coverage/coverage.js';
import { cellText, type Row } from '../ledger/database-file.js';
import type { LedgerReader } from '../ledger/ledger.js';
import { instantText } from '../ledger/sql.js';
import { FIGURES_OF_GROUP, figuresByCurrencySql, figuresOf, NO_FIGURES } from '../report/figures.js';
import { planFilter } from '../report/filter-sql.js';
import { hasOneGrain, type Selection, selectionSql } from '../report/selection.js';
import type { ReportOptions, UsageFigures } from '../report/usage-report.js';
import { resolveWindow } from '../report/window.js';

/** One record behind a figure, with where it came from. */
export interface ExplainedRecord {
  readonly provider: string;
  readonly id: string;
  readonly iccid: string | null;
  readonly kind: string;
  readonly direction: string | null;
  readonly grain: string;
  readonly startedAt: Instant;
  readonly bytes: string | null;
  readonly seconds: string | null;
  readonly messages: string | null;
  readonly cost: { readonly amount: string; readonly currency: string } | null;
  readonly country: string | null;
  readonly finality: UsageRecord['finality'];
  /** As the carrier told it. */
  readonly raw: unknown;
  readonly fetch: {
    readonly readAt: Instant;
    readonly source: string;
    readonly window: { readonly from: Instant; readonly to: Instant };
    /** What the carrier's unit was taken for at that time; null where it counts bytes. */
    readonly unit: CoverageEntry['unit'];
  };
  /** Former figures, oldest first. */
  readonly corrections: readonly {
    readonly at: Instant;
    readonly bytes: string | null;
    readonly seconds: string | null;
    readonly messages: string | null;
    readonly cost: string | null;
  }[];
}

/** A figure, and everything it was made of. */
export interface UsageExplanation {
  readonly schema: 'carrierkit.usage-explanation/1';
  readonly window: { readonly from: Instant; readonly to: Instant; readonly timezone: string };
  /** The same sum as in a report with this window and filter. */
  readonly figures: UsageFigures;
  readonly coverage: readonly CoverageEntry[];
  /** In the order of their start. */
  readonly records: readonly ExplainedRecord[];
  /** How many records `limit` left out; they count in `figures`. */
  readonly omitted: number;
}

/** Which figure is to be explained: its window and filter. */
export interface ExplainOptions extends Pick<ReportOptions, 'ledger' | 'window' | 'timezone' | 'filter' | 'clock'> {
  /** Default 1000. */
  readonly limit?: number;
}

/** The records, unit conversions, corrections and readings behind one figure of a report: narrow the filter to that figure's group. */
export function explainUsage({ ledger, limit = 1000, ...options }: ExplainOptions): Promise<UsageExplanation> {
  return ledger.read(async (reader) => {
    const { filter = {}, clock = Date.now } = options;
    const timezone = parseZone(options.timezone ?? 'UTC');
    const window = resolveWindow(options.window, timezone);
    const selection: Selection = {
      window,
      ...planFilter(filter),
      tags: filter.tags ?? null,
      oneGrain: await hasOneGrain(reader),
      prorated: null,
    };
    const from = selectionSql(selection, { inventory: false, tag: false });
    const [sum] = await reader.query(`SELECT ${FIGURES_OF_GROUP} FROM (${figuresByCurrencySql({}, from)})`);
    const figures = sum && sum['records'] !== null ? figuresOf(sum) : NO_FIGURES;
    const records = await recordsOf(reader, from, limit);
    const coverage = await coverageOf(reader, {
      window,
      now: clock(),
      ...(filter.providers && { providers: filter.providers }),
      ...(filter.kinds && { kinds: filter.kinds }),
    });
    return {
      schema: 'carrierkit.usage-explanation/1',
      window: { ...window, timezone },
      figures,
      coverage,
      records,
      omitted: figures.records - records.length,
    };
  });
}

async function recordsOf(reader: LedgerReader, from: string, limit: number): Promise<readonly ExplainedRecord[]> {
  const found = await reader.query(`WITH chosen AS (
      SELECT u.* ${from} ORDER BY u.started_at, u.provider, u.id LIMIT ${Math.max(0, Math.trunc(limit))})
    SELECT u.provider, u.id, u.iccid, u.kind, u.direction, u.grain, ${instantText('u.started_at')} AS started_at, u.bytes, u.seconds, u.messages,
      u.cost::VARCHAR AS cost, u.currency, u.country, u.finality, u.raw::VARCHAR AS raw, f.source, f.unit::VARCHAR AS unit,
      ${instantText('f.read_at')} AS read_at, ${instantText('f.window_from')} AS window_from, ${instantText('f.window_to')} AS window_to,
      (SELECT to_json(list({'at': ${instantText('c.corrected_at')}, bytes: c.bytes_before::VARCHAR, seconds: c.seconds_before::VARCHAR,
          messages: c.messages_before::VARCHAR, cost: c.cost_before::VARCHAR} ORDER BY c.corrected_at))::VARCHAR
        FROM corrections c WHERE c.provider = u.provider AND c.id = u.id) AS corrections
    FROM chosen u LEFT JOIN fetches f ON f.id = u.fetch_id ORDER BY u.started_at, u.provider, u.id`);
  return found.map(recordOf);
}

function recordOf(row: Row): ExplainedRecord {
  const told = (name: string) => cellText(row, name);
  const json = <T>(name: string): T | null => JSON.parse(told(name) ?? 'null') as T | null;
  const [amount, currency] = [told('cost'), told('currency')];
  return {
    provider: String(row['provider']),
    id: String(row['id']),
    iccid: told('iccid'),
    kind: String(row['kind']),
    direction: told('direction'),
    grain: String(row['grain']),
    startedAt: row['started_at'] as Instant,
    bytes: told('bytes'),
    seconds: told('seconds'),
    messages: told('messages'),
    cost: amount === null || currency === null ? null : { amount, currency },
    country: told('country'),
    finality: row['finality'] as UsageRecord['finality'],
    raw: json('raw'),
    fetch: {
      readAt: row['read_at'] as Instant,
      source: String(row['source']),
      window: { from: row['window_from'] as Instant, to: row['window_to'] as Instant },
      unit: json('unit'),
    },
    corrections: json<ExplainedRecord['corrections']>('corrections') ?? [],
  };
}

import { inputError } from '@carrierkit/core';
import { coverageOf } from '../coverage/coverage.js';
import type { Row } from '../ledger/database-file.js';
import { grainChoice } from '../ledger/grain-choice.js';
import type { Ledger } from '../ledger/ledger.js';
import { isOneOf, timestamp } from '../ledger/sql.js';
import { bucketingOf } from './bucketing.js';
import { addFigures, FIGURES_BY_CURRENCY, FIGURES_OF_GROUP, figuresOf, NO_FIGURES } from './figures.js';
import { planFilter } from './filter-sql.js';
import { type KeyPlan, planKeys } from './group-keys.js';
import type { GroupKey, ReportOptions, UsageFigures, UsageReport, UsageRow } from './usage-report.js';
import { warningsOf } from './warnings.js';
import { parseZone, resolveWindow } from './window.js';
import { zoneOffsets } from './zone-offsets.js';

/**
 * The unified usage report of a window, from the ledger alone. Never adds grains of one SIM, kind and time, never adds currencies;
 * a figure is the sum of what was told, `null` where nothing was, and `untold` counts the records that leave it open.
 * `isComplete(report.coverage)` tells whether everything was read.
 * @throws `input` for a bad window, zone or group key, and for hour buckets of figures that a vendor tells per day only
 */
export async function usageReport(options: ReportOptions): Promise<UsageReport> {
  const { ledger, timezone = 'UTC', groupBy = ['provider', 'kind'], filter = {}, clock = Date.now } = options;
  const zone = parseZone(timezone);
  const window = resolveWindow(options.window, timezone);
  const offsets = zoneOffsets(zone, window);
  const keys = planKeys(groupBy, zone, offsets, options.billingCycleDay);
  const selection: Selection = {
    window,
    ...planFilter(filter),
    tags: filter.tags ?? null,
    oneGrain: await hasOneGrain(ledger),
  };
  if (groupBy.includes('hour')) await refuseHoursOfDays(ledger, selection);
  const rows = (await ledger.query(groupedSql(keys, selection))).map((row) => rowOf(row, keys));
  const totals = groupBy.includes('tag')
    ? await totalsOf(ledger, selection)
    : rows.reduce<UsageFigures>(addFigures, NO_FIGURES);
  const coverage = await coverageOf(ledger, {
    window,
    now: clock(),
    bucketing: bucketingOf(window, offsets, groupBy),
    ...(filter.providers && { providers: filter.providers }),
    ...(filter.kinds && { kinds: filter.kinds }),
  });
  return {
    schema: 'carrierkit.usage-report/1',
    window: { ...window, timezone },
    coverage,
    warnings: warningsOf({ coverage, rows, totals, groupBy }),
    totals,
    rows,
  };
}

/** Which records a report is about. */
export interface Selection {
  readonly window: { readonly from: string; readonly to: string };
  readonly conditions: readonly string[];
  readonly needsInventory: boolean;
  readonly tags: readonly string[] | null;
  readonly oneGrain: boolean;
}

/** `FROM … WHERE …` over `u` and, where needed, `i`; at most one grain for each SIM, kind and month. */
export function selectionSql(selection: Selection, by: { readonly inventory: boolean; readonly tag: boolean }): string {
  const from = timestamp(selection.window.from);
  const to = timestamp(selection.window.to);
  const inventory = by.tag
    ? `(SELECT *, unnest(CASE WHEN len(tags) > 0 THEN tags ELSE [NULL]::VARCHAR[] END) AS tag FROM inventory_validity)`
    : 'inventory_validity';
  const conditions = [`u.started_at >= ${from}`, `u.started_at < ${to}`, ...selection.conditions];
  if (by.tag && selection.tags) conditions.push(isOneOf('i.tag', selection.tags));
  if (!selection.oneGrain) conditions.push('(g.chosen_grain IS NULL OR g.chosen_grain = u.grain)');
  return `FROM usage u
    ${
      selection.needsInventory || by.inventory
        ? `LEFT JOIN ${inventory} i ON i.provider = u.provider AND i.iccid = u.iccid AND u.started_at >= i.effective_from AND u.started_at < i.effective_to`
        : ''
    }
    ${
      selection.oneGrain
        ? ''
        : `LEFT JOIN (${grainChoice(from, to)}) g ON g.provider = u.provider AND g.kind = u.kind
             AND g.iccid IS NOT DISTINCT FROM u.iccid AND g.month = date_trunc('month', u.started_at)`
    }
    WHERE ${conditions.join(' AND ')}`;
}

/** True where no provider was ever read at two grains for one kind, the common case: then nothing has to be chosen. */
export async function hasOneGrain(ledger: Ledger): Promise<boolean> {
  const mixed = await ledger.query(`SELECT 1 FROM (SELECT provider, grain, unnest(kinds) AS kind FROM sources)
    GROUP BY provider, kind HAVING count(DISTINCT grain) > 1 LIMIT 1`);
  return mixed.length === 0;
}

function groupedSql(keys: readonly KeyPlan[], selection: Selection): string {
  const byTag = keys.some(({ key }) => key === 'tag');
  const inventory = keys.some(({ needsInventory }) => needsInventory);
  const columns = keys.map((_, index) => `k${index}`);
  const list = (parts: readonly string[]) => parts.map((part) => `${part}, `).join('');
  return `WITH by_currency AS (
      SELECT ${list(keys.map(({ expression }, index) => `${expression} AS k${index}`))} u.currency AS currency, ${FIGURES_BY_CURRENCY}
        ${byTag ? ', bool_or(len(i.tags) > 1) AS overlapping' : ''}
      ${selectionSql(selection, { inventory, tag: byTag })}
      GROUP BY ${list(columns)} u.currency)
    SELECT ${list(keys.map(({ labelled }, index) => `${labelled(`k${index}`)} AS l${index}`))} ${FIGURES_OF_GROUP}
      ${byTag ? ', bool_or(overlapping) AS overlapping' : ''}
    FROM by_currency ${columns.length > 0 ? `GROUP BY ${columns.join(', ')} ORDER BY ${columns.map((column) => `${column} NULLS LAST`).join(', ')}` : ''}`;
}

async function totalsOf(ledger: Ledger, selection: Selection): Promise<UsageFigures> {
  const [row] = await ledger.query(groupedSql([], selection));
  return row ? figuresOf(row) : NO_FIGURES;
}

function rowOf(row: Row, keys: readonly KeyPlan[]): UsageRow {
  const labels: [GroupKey, string | null][] = keys.map(({ key, label }, index) => {
    const value = row[`l${index}`];
    return [key, value === null || value === undefined ? null : label(String(value))];
  });
  return {
    ...Object.fromEntries(labels),
    ...figuresOf(row),
    ...('overlapping' in row && { overlapping: row['overlapping'] === true }),
  };
}

async function refuseHoursOfDays(ledger: Ledger, selection: Selection): Promise<void> {
  const coarse = await ledger.query(`SELECT DISTINCT u.provider AS provider, u.kind AS kind, u.grain AS grain
    ${selectionSql({ ...selection, conditions: [...selection.conditions, "u.grain <> 'event'"] }, { inventory: false, tag: false })}
    ORDER BY ALL`);
  if (coarse.length === 0) return;
  const told = coarse.map(
    (row) => `${String(row['provider'])} tells ${String(row['kind'])} per ${String(row['grain'])}`,
  );
  throw inputError(
    'groupBy',
    `hours cannot be told: ${told.join(', ')}. Group by day, or filter for providers and kinds that tell single events`,
  );
}

import { inputError } from '@carrierkit/core';
import { parseZone } from '@carrierkit/core/time';
import { IANAZone } from 'luxon';
import { coverageOf } from '../coverage/coverage.js';
import { cellText, type Row } from '../ledger/database-file.js';
import type { LedgerReader } from '../ledger/ledger.js';
import { bucketingOf } from './bucketing.js';
import { type ConvertedCosts, convertedCosts, groupOf } from './converted-costs.js';
import { addFigures, figuresOf, NO_FIGURES } from './figures.js';
import { planFilter } from './filter-sql.js';
import { type KeyPlan, planKeys } from './group-keys.js';
import { groupedSql } from './grouped-sql.js';
import { proratedUsageSql } from './prorated-usage.js';
import { hasOneGrain, refuseHoursOfDays, type Selection } from './selection.js';
import type { GroupKey, ReportOptions, UsageFigures, UsageReport, UsageRow } from './usage-report.js';
import { warningsOf } from './warnings.js';
import { resolveWindow } from './window.js';
import { zoneOffsets } from './zone-offsets.js';

/**
 * The unified usage report of a window, from the ledger alone. Never adds grains of one SIM, kind and time, never adds currencies;
 * a figure is the sum of what was told, `null` where nothing was, and `untold` counts the records that leave it open.
 * `isComplete(report.coverage)` tells whether everything was read.
 * @throws `input` for a bad window, zone or group key, and for hour buckets of figures that a vendor tells per day only
 */
export function usageReport(options: ReportOptions): Promise<UsageReport> {
  return options.ledger.read((reader) => reportFrom(reader, options));
}

/** The same on a ledger that is already open, so that several reports tell of the same state. */
export async function reportFrom(reader: LedgerReader, options: Omit<ReportOptions, 'ledger'>): Promise<UsageReport> {
  const { groupBy = ['provider', 'kind'], filter = {}, clock = Date.now, top = null, convert = null } = options;
  if (convert && top && typeof top.by === 'object')
    throw inputError(
      'top.by',
      'groups are ranked by costs as they were told: leave out `convert`, or rank by another figure',
    );
  const timezone = parseZone(options.timezone ?? 'UTC');
  const zone = IANAZone.create(timezone);
  const window = resolveWindow(options.window, timezone);
  const offsets = zoneOffsets(zone, window);
  const keys = planKeys(groupBy, zone, offsets, options.billingCycleDay);
  const selection: Selection = {
    window,
    ...planFilter(filter),
    tags: filter.tags ?? null,
    oneGrain: await hasOneGrain(reader),
    prorated: options.prorate ? proratedUsageSql(window, timezone, groupBy) : null,
  };
  if (groupBy.includes('hour')) await refuseHoursOfDays(reader, selection);
  const found = await reader.query(groupedSql(keys, selection, top));
  const costs = convert && (await convertedCosts(reader, keys, selection, convert));
  // What is not told cannot be among the highest.
  const rows = found.filter(({ ranked }) => ranked !== null).map((row) => rowOf(row, keys, costs));
  const omitted = Number(found[0]?.['groups'] ?? rows.length) - rows.length;
  const totals =
    omitted > 0 || groupBy.includes('tag')
      ? await totalsOf(reader, selection, convert)
      : rows.reduce<UsageFigures>(addFigures, NO_FIGURES);
  const coverage = await coverageOf(reader, {
    window,
    now: clock(),
    bucketing: bucketingOf(window, offsets, groupBy),
    ...(filter.providers && { providers: filter.providers }),
    ...(filter.kinds && { kinds: filter.kinds }),
  });
  return {
    schema: 'carrierkit.usage-report/1',
    window: { ...window, timezone },
    groupBy,
    coverage,
    warnings: warningsOf({
      coverage,
      rows,
      totals,
      omitted,
      conversion: costs?.conversion ?? null,
      prorated: options.prorate === true,
    }),
    totals,
    rows,
    conversion: costs?.conversion ?? null,
    omitted,
  };
}

async function totalsOf(
  reader: LedgerReader,
  selection: Selection,
  convert: ReportOptions['convert'] | null,
): Promise<UsageFigures> {
  const [row] = await reader.query(groupedSql([], selection, null));
  const costs = convert && (await convertedCosts(reader, [], selection, convert));
  return row ? { ...figuresOf(row), ...(costs && { cost: costs.byGroup.get(groupOf([])) ?? null }) } : NO_FIGURES;
}

function rowOf(row: Row, keys: readonly KeyPlan[], costs: ConvertedCosts | null): UsageRow {
  const labels: [GroupKey, string | null][] = keys.map(({ key, label }, index) => {
    const text = cellText(row, `l${index}`);
    return [key, text === null ? null : label(text)];
  });
  return {
    ...Object.fromEntries(labels),
    ...figuresOf(row),
    ...(costs && { cost: costs.byGroup.get(groupOf(keys.map((_, index) => row[`l${index}`]))) ?? null }),
    ...('overlapping' in row && { overlapping: row['overlapping'] === true }),
  };
}

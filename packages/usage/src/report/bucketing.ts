import type { Grain, TimeWindow } from '@carrierkit/core';
import type { CoverageEntry } from '../coverage/coverage.js';
import type { GroupKey, TimeKey } from './usage-report.js';
import type { ZoneOffset } from './zone-offsets.js';

const FINER_THAN_MONTH: ReadonlySet<GroupKey> = new Set<TimeKey>(['hour', 'day', 'week', 'cycle']);

/**
 * How rows of each grain fall into a report's buckets. Vendors keep days and months in UTC; where the report's bounds are others,
 * a row spans two buckets (or the window's edge) and is counted by its start.
 */
export function bucketingOf(
  window: TimeWindow,
  offsets: readonly ZoneOffset[],
  groupBy: readonly GroupKey[],
): (grain: Grain) => CoverageEntry['bucketing'] {
  const inUtc = offsets.every(({ minutes }) => minutes === 0);
  const wholeDays = [window.from, window.to].every((instant) => instant.endsWith('T00:00:00.000Z'));
  const wholeMonths = [window.from, window.to].every((instant) => instant.endsWith('-01T00:00:00.000Z'));
  const timeKeys = groupBy.some((key) => key === 'month' || FINER_THAN_MONTH.has(key));
  return (grain) => {
    switch (grain) {
      case 'event':
        return 'exact';
      case 'day':
        return wholeDays && (inUtc || !timeKeys) ? 'exact' : 'vendor-day';
      case 'month':
        return wholeMonths && (inUtc || !timeKeys) && !groupBy.some((key) => FINER_THAN_MONTH.has(key))
          ? 'exact'
          : 'vendor-month';
    }
  };
}

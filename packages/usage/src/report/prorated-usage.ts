import type { TimeWindow } from '@carrierkit/core';
import { bucketsOf } from '@carrierkit/core/time';
import { timestamp } from '../ledger/sql.js';
import type { GroupKey } from './usage-report.js';

/**
 * SQL for a relation in the place of `usage`, in which an event that goes over a day's bound (an hour's, where hours are asked for) is cut there.
 * Bytes and seconds are parted by time, in whole numbers whose sum is the event's; its messages and its cost stay where it began.
 * All but the first part of an event are `continued`.
 */
export function proratedUsageSql(window: TimeWindow, timezone: string, groupBy: readonly GroupKey[]): string {
  const buckets = bucketsOf(window, groupBy.includes('hour') ? 'hour' : 'day', { zone: timezone });
  // The window's own edges are bounds too: what lies outside of it falls away.
  const bounds = new Set([window.from, ...buckets.flatMap(({ from, to }) => [from, to]), window.to]);
  const list = `[${[...bounds].toSorted().map(timestamp).join(', ')}]`;
  const amounts = ['bytes', 'bytes_up', 'bytes_down', 'seconds'];
  const inFirst = ['messages', 'cost', 'currency'];
  const until = (point: string) => `(epoch_ms(${point}) - epoch_ms(points[1]))`;
  const part = (amount: string) => `(${amount}::HUGEINT * ${until('points[i + 1]')} // ${until('points[-1]')}
    - ${amount}::HUGEINT * ${until('points[i]')} // ${until('points[-1]')})::BIGINT AS ${amount}`;
  return `(WITH cut AS (
      SELECT *, CASE WHEN grain = 'event' AND ended_at > started_at AND coalesce(bytes, seconds) IS NOT NULL
        THEN list_filter(${list}, lambda bound: bound > started_at AND bound < ended_at) ELSE [] END AS cuts
      FROM usage WHERE started_at < ${timestamp(window.to)} AND greatest(started_at, coalesce(ended_at, started_at)) >= ${timestamp(window.from)}),
    points AS (SELECT * EXCLUDE (cuts), [started_at] || cuts || [ended_at] AS points FROM cut WHERE len(cuts) > 0)
    SELECT * EXCLUDE (cuts), false AS continued FROM cut WHERE len(cuts) = 0
    UNION ALL BY NAME
    SELECT * EXCLUDE (points, i) REPLACE (points[i] AS started_at, points[i + 1] AS ended_at, ${amounts.map(part).join(', ')},
        ${inFirst.map((name) => `CASE WHEN i = 1 THEN ${name} END AS ${name}`).join(', ')}, charged_apart OR i > 1 AS charged_apart), i > 1 AS continued
    FROM (SELECT *, unnest(range(1, len(points))) AS i FROM points))`;
}

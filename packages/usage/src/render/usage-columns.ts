import type { UsageReport, UsageRow } from '../report/usage-report.js';

/** A column of a report's groups, as formats for machines have it. */
export interface UsageColumn {
  readonly name: string;
  /** `whole`: a whole number of any size. `count`: of records, so within 2^53. `money`: decimal text. */
  readonly holds: 'text' | 'whole' | 'count' | 'money' | 'flag';
  /** `null` = not told. */
  readonly value: (row: UsageRow) => string | number | boolean | null;
}

/** The columns of a group: its keys, its figures, a cost for each currency, and what was left untold. */
export function usageColumns({ groupBy, totals }: UsageReport): readonly UsageColumn[] {
  return [
    ...groupBy.map((key): UsageColumn => ({ name: key, holds: 'text', value: (row) => row[key] ?? null })),
    ...(['records', 'bytes', 'seconds', 'messages'] as const).map(
      (name): UsageColumn => ({ name, holds: 'whole', value: (row) => row[name] }),
    ),
    ...Object.keys(totals.cost ?? {}).map(
      (currency): UsageColumn => ({
        name: `cost_${currency}`,
        holds: 'money',
        value: ({ cost }) => cost?.[currency] ?? null,
      }),
    ),
    ...(['bytes', 'seconds', 'messages', 'cost'] as const).map(
      (name): UsageColumn => ({ name: `untold_${name}`, holds: 'count', value: ({ untold }) => untold[name] }),
    ),
    ...(groupBy.includes('tag') ? [overlapping] : []),
  ];
}

const overlapping: UsageColumn = { name: 'overlapping', holds: 'flag', value: (row) => row.overlapping ?? false };

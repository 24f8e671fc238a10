import { inputError } from '@carrierkit/core';
import { text } from '../ledger/sql.js';
import { FIGURES_OF_GROUP, figuresByCurrencySql } from './figures.js';
import type { KeyPlan } from './group-keys.js';
import { type Selection, selectionSql } from './selection.js';
import type { TopGroups } from './usage-report.js';

/** SQL for one row a group: its labels `l0`, `l1` …, its figures, how many groups there are in all, and with `top` the figure they are `ranked` by. */
export function groupedSql(keys: readonly KeyPlan[], selection: Selection, top: TopGroups | null): string {
  const byTag = keys.some(({ key }) => key === 'tag');
  const inventory = keys.some(({ needsInventory }) => needsInventory);
  const columns = keys.map((_, index) => `k${index}`);
  const list = (parts: readonly string[]) => parts.map((part) => `${part}, `).join('');
  const inOrderOfKeys = columns.map((column) => `${column} NULLS LAST`);
  const order = top ? ['ranked DESC NULLS LAST', ...inOrderOfKeys] : inOrderOfKeys;
  const groups = Object.fromEntries(keys.map(({ expression }, index) => [`k${index}`, expression]));
  const from = selectionSql(selection, { inventory, tag: byTag });
  return `WITH by_currency AS (${figuresByCurrencySql(groups, from, { overlapping: byTag ? 'len(i.tags) > 1' : null, continued: selection.prorated !== null })})
    SELECT ${list(keys.map(({ labelled }, index) => `${labelled(`k${index}`)} AS l${index}`))} ${FIGURES_OF_GROUP}, count(*) OVER () AS groups
      ${byTag ? ', bool_or(overlapping) AS overlapping' : ''}${top ? `, ${rankSql(top.by)} AS ranked` : ''}
    FROM by_currency ${columns.length > 0 ? `GROUP BY ${columns.join(', ')} ORDER BY ${order.join(', ')}` : ''}
    ${top ? `LIMIT ${checkedLimit(top.limit)}` : ''}`;
}

function rankSql(by: TopGroups['by']): string {
  if (typeof by === 'string') return `sum(by_currency.${by})`;
  return `sum(by_currency.cost) FILTER (WHERE by_currency.currency = ${text(by.costIn)})`;
}

function checkedLimit(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1) throw inputError('top.limit', 'expected a positive whole number');
  return limit;
}

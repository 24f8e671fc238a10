import { isOneOf, text, textList } from '../ledger/sql.js';
import type { ReportFilter } from './usage-report.js';

export interface FilterPlan {
  /** SQL conditions over `u` (usage) and `i` (inventory). */
  readonly conditions: readonly string[];
  readonly needsInventory: boolean;
}

export function planFilter(filter: ReportFilter): FilterPlan {
  const conditions: string[] = [];
  const oneOf = (expression: string, values: readonly string[] | undefined) => {
    if (values) conditions.push(isOneOf(expression, values));
  };
  oneOf('u.provider', filter.providers);
  oneOf('u.kind', filter.kinds);
  oneOf('u.iccid', filter.sims);
  oneOf('u.direction', filter.directions);
  oneOf('u.cost_type', filter.costTypes);
  oneOf('u.country', filter.countries);
  oneOf('u.technology', filter.technologies);
  oneOf('coalesce(u.account, i.account)', filter.accounts);
  if (filter.tags) conditions.push(`list_has_any(i.tags, ${textList(filter.tags)})`);
  for (const [name, value] of Object.entries(filter.attributes ?? {}))
    conditions.push(`i.attributes[${text(name)}] = ${text(value)}`);
  return {
    conditions,
    needsInventory: filter.accounts !== undefined || filter.tags !== undefined || filter.attributes !== undefined,
  };
}

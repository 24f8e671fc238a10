import { inputError } from '@carrierkit/core';
import { grainChoice } from '../ledger/grain-choice.js';
import type { LedgerReader } from '../ledger/ledger.js';
import { isOneOf, timestamp } from '../ledger/sql.js';

/** Which records a report is about. */
export interface Selection {
  readonly window: { readonly from: string; readonly to: string };
  readonly conditions: readonly string[];
  readonly needsInventory: boolean;
  readonly tags: readonly string[] | null;
  readonly oneGrain: boolean;
  /** SQL for a relation in the place of `usage` whose events are cut at bounds; null = an event counts where it began. */
  readonly prorated: string | null;
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
  return `FROM ${selection.prorated ?? 'usage'} u
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
export async function hasOneGrain(ledger: LedgerReader): Promise<boolean> {
  const mixed = await ledger.query(`SELECT 1 FROM (SELECT provider, grain, unnest(kinds) AS kind FROM sources)
    GROUP BY provider, kind HAVING count(DISTINCT grain) > 1 LIMIT 1`);
  return mixed.length === 0;
}

/** @throws `input` where hours are asked for and the vendor tells days */
export async function refuseHoursOfDays(ledger: LedgerReader, selection: Selection): Promise<void> {
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

import type { UsageSource } from '../ports/capabilities.js';
import type { UsageRecord } from './usage-record.js';

/**
 * The name of the cell that an aggregate belongs to, for vendors that give their records no id: provider, sim, kind, direction, grain, start, country, operator.
 * Never a measured value, so that a corrected figure replaces the old one. `part` tells rows apart that one vendor splits further (a tariff, a rating group).
 */
export function usageCellId(
  cell: Pick<
    UsageRecord,
    'provider' | 'iccid' | 'simRef' | 'kind' | 'direction' | 'grain' | 'startedAt' | 'country' | 'operator'
  > & { readonly part?: string },
): string {
  const { operator } = cell;
  const network = operator && (operator.mcc !== null ? `${operator.mcc}-${operator.mnc ?? ''}` : operator.name);
  const sim = cell.iccid ?? (cell.simRef === null ? null : `ref:${cell.simRef}`);
  // Written out: this is made for every one of millions of records.
  const name =
    `${escaped(cell.provider)}|${escaped(sim)}|${escaped(cell.kind)}|${escaped(cell.direction)}|${escaped(cell.grain)}` +
    `|${escaped(cell.startedAt)}|${escaped(cell.country)}|${escaped(network)}`;
  return cell.part === undefined ? name : `${name}|${escaped(cell.part)}`;
}

/** The name of a way to read usage within its provider, for sync positions and coverage: `data+sms/day/account`. */
export function usageSourceKey(source: Pick<UsageSource, 'kinds' | 'grain' | 'scope'>): string {
  return `${source.kinds.toSorted().join('+')}/${source.grain}/${source.scope}`;
}

/** Two different cells must never share a name: `|` and `\` inside a part are escaped, a missing part differs from an empty one. */
function escaped(part: string | null): string {
  if (part === null) return '-';
  return part === '-' || part.includes('|') || part.includes('\\') ? part.replace(/^-$|[|\\]/g, '\\$&') : part;
}

/** One pair of a `q` expression. */
export interface Criterion {
  readonly field: string;
  readonly value: string;
}

/** Splits at commas and each pair at its first colon, since values (dates, IPv6) contain more of them. */
export function parseQuery(expression: string): readonly Criterion[] | undefined {
  const pairs: Criterion[] = [];
  for (const part of expression.split(',')) {
    const colon = part.indexOf(':');
    if (colon < 1) return undefined;
    pairs.push({ field: part.slice(0, colon), value: part.slice(colon + 1) });
  }
  return pairs;
}

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

/** `-status,id`. A plus that came unencoded arrives as a blank and is no sign then. */
export function parseSort(expression: string): readonly SortKey[] {
  return expression.split(',').map((part) => ({
    field: part.replace(/^[+-]/, ''),
    descending: part.startsWith('-'),
  }));
}

export type Sortable = string | number | null;

/** Orders by the keys in turn; nothing comes after something. */
export function compareBy<T>(keys: readonly SortKey[], valueOf: (item: T, field: string) => Sortable) {
  return (left: T, right: T): number => {
    for (const { field, descending } of keys) {
      const order = compare(valueOf(left, field), valueOf(right, field));
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
}

function compare(left: Sortable, right: Sortable): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right ? -1 : 1;
}

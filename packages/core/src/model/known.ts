/** A vendor's enumeration: our word beside the vendor's. A word that is new to us is `unknown`, never an error. */
export interface Known<V extends string> {
  readonly value: V | 'unknown';
  readonly raw: string;
}

/**
 * Our word for a vendor's word or code. `raw` is what the vendor said, as text (`''` when it said nothing);
 * give it where the code alone says little, for example an id beside a description.
 */
export function known<V extends string>(
  words: ReadonlyMap<string, V> | ReadonlyMap<number, V> | Readonly<Record<string, V>>,
  key: unknown,
  raw: string = textOf(key),
): Known<V> {
  if (words instanceof Map) return { value: (words as ReadonlyMap<unknown, V>).get(key) ?? 'unknown', raw };
  const record = words as Readonly<Record<string, V>>;
  const word = textOf(key);
  return { value: (Object.hasOwn(record, word) ? record[word] : undefined) ?? 'unknown', raw };
}

function textOf(key: unknown): string {
  if (typeof key === 'string') return key;
  return key === null || key === undefined ? '' : JSON.stringify(key);
}

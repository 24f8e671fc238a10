import { mapConcurrent } from '@carrierkit/adapter-kit';

/** Works on each item side by side, on those with the same key once; results in input order. */
export async function onceEach<T, R>(
  items: readonly T[],
  keyOf: (item: T) => string,
  parallel: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  const results = new Map<string, R>();
  await mapConcurrent([...first], parallel, async ([key, item]) => results.set(key, await work(item)));
  return items.map((item) => results.get(keyOf(item)) as R);
}

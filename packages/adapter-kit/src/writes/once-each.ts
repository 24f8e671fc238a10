import { mapConcurrent } from './map-concurrent.js';

/** Works on each item side by side, on those with the same key once; results in input order. */
export function onceEach<T, R>(
  items: readonly T[],
  keyOf: (item: T) => string,
  parallel: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const started = new Map<string, Promise<R>>();
  return mapConcurrent(items, parallel, (item) => {
    const key = keyOf(item);
    const result = started.get(key) ?? work(item);
    started.set(key, result);
    return result;
  });
}

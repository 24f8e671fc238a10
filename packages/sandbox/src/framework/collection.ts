/** Objects of one kind, kept in order of creation: for operations that need nothing but reading and writing them. */
export interface Collection<T extends object> {
  list(): readonly T[];
  get(key: string): T | undefined;
  /** Adds, or replaces the object of the same key in its place. */
  put(item: T): T;
  /** Merges the members that are given; `undefined`: no such object. */
  patch(key: string, change: Partial<T>): T | undefined;
  remove(key: string): boolean;
}

export function createCollection<T extends object>(keyOf: (item: T) => string, items: Iterable<T> = []): Collection<T> {
  const kept = new Map<string, T>();
  const put = (item: T): T => {
    kept.set(keyOf(item), item);
    return item;
  };
  for (const item of items) put(item);
  return {
    put,
    list: () => [...kept.values()],
    get: (key) => kept.get(key),
    patch: (key, change) => {
      const item = kept.get(key);
      return item === undefined ? undefined : put({ ...item, ...change });
    },
    remove: (key) => kept.delete(key),
  };
}

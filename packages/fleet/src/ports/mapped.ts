/** What happens at the end of a mapped walk. */
interface Ends {
  /** After the last item. */
  ended?(): Promise<void>;
  /** The source failed: throw, or the walk ends here as if that were its end. */
  failed?(error: unknown): void;
}

/**
 * A walk with each item turned into another. No `async function*`: there `return()` queues behind a `next()` that waits for a slow
 * vendor, here it reaches the source at once.
 */
export function mapped<A, B>(
  source: AsyncIterable<A>,
  map: (item: A) => B | Promise<B>,
  { ended, failed }: Ends = {},
): AsyncGenerator<B, undefined, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let over = false;

  async function leave(): Promise<IteratorReturnResult<undefined>> {
    over = true;
    await iterator.return?.();
    return { done: true, value: undefined };
  }

  async function next(): Promise<IteratorResult<A, undefined>> {
    try {
      const result = (await iterator.next()) as IteratorResult<A, undefined>;
      if (result.done) over = true;
      return result;
    } catch (error) {
      over = true;
      if (!failed) throw error;
      failed(error);
      return { done: true, value: undefined };
    }
  }

  return {
    async next() {
      if (over) return { done: true, value: undefined };
      const result = await next();
      if (result.done) {
        await ended?.();
        return { done: true, value: undefined };
      }
      try {
        return { done: false, value: await map(result.value) };
      } catch (error) {
        await leave();
        throw error;
      }
    },
    return: leave,
    async throw(error: unknown) {
      await leave();
      throw error;
    },
    async [Symbol.asyncDispose]() {
      await leave();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

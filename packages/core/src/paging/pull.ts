/** Something that can be asked for items, wrapped by `pulled`. */
export interface Pull<T> {
  /** The next item where it is at hand, else `null`. Never throws. */
  take(): IteratorYieldResult<T> | null;
  /** Called when nothing is at hand: true = ask again, false = that was all, rejection = the walk fails. */
  more(): Promise<boolean>;
  /** The walk is over, for whatever reason: let go of everything, and let a `more` under way settle. Called once, never throws. */
  stop(): void;
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * An async generator for the outside, without two costs of `async function*`: an item at hand is handed out in one step (a fifth of the time),
 * and `return()` takes effect at once instead of queueing behind a `next()` that may hang.
 */
export function pulled<T>(source: Pull<T>): AsyncGenerator<T, undefined, undefined> {
  let over = false;
  /** The last `next()` that still waits; later ones queue behind it. */
  let turn: Promise<unknown> | null = null;

  const finish = (): void => {
    if (over) return;
    over = true;
    source.stop();
  };
  const wait = async (): Promise<IteratorResult<T, undefined>> => {
    try {
      while (!over) {
        const item = source.take();
        if (item) return item;
        if (!(await source.more())) finish();
      }
      return END;
    } catch (error) {
      if (over) return END; // left already: nobody wants to hear of it
      finish();
      throw error;
    }
  };
  const queue = (): Promise<IteratorResult<T, undefined>> => {
    const mine = turn ? turn.then(wait) : wait();
    const settled = mine.then(ignore, ignore);
    turn = settled;
    void settled.then(() => {
      if (turn === settled) turn = null;
    });
    return mine;
  };
  return {
    next() {
      const item = turn || over ? null : source.take();
      return item ? Promise.resolve(item) : queue();
    },
    async return() {
      finish();
      return END;
    },
    async throw(error: unknown) {
      finish();
      throw error;
    },
    async [Symbol.asyncDispose]() {
      finish();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function ignore(): void {}

import { ConnectivityError } from '@carrierkit/core';

/** A write, and how to find out whether it happened. */
export interface SettledWrite<T> {
  /** The write; sent again only when it certainly did not happen. */
  readonly write: () => Promise<T>;
  /** Looks whether the write happened: its result if so, `null` if not. */
  readonly find: () => Promise<T | null>;
  /** `true` where a look that finds nothing proves that nothing happened (changes apply at once). */
  readonly absenceProves: (error: ConnectivityError) => boolean;
}

const maxSends = 3;

/**
 * A write whose reply may be lost and that must not happen twice: after a lost reply the vendor is asked. Found: done. Not found where that
 * proves something: sent again. Otherwise the error is thrown with `effect: 'unknown'`, and the write is never repeated.
 */
export async function writeAndSettle<T>({ write, find, absenceProves }: SettledWrite<T>): Promise<T> {
  for (let sends = 1; ; sends++) {
    try {
      return await write();
    } catch (error) {
      if (!ConnectivityError.is(error) || error.effect === 'none') throw error;
      const found = await find().catch((lookup: unknown) => {
        if (!ConnectivityError.is(lookup)) throw lookup;
        // Nobody can tell now; the first error is the one to report.
        throw error;
      });
      if (found !== null) return found;
      if (!absenceProves(error)) throw error;
      if (sends >= maxSends)
        throw new ConnectivityError(error.kind, error.message, { ...error.toJSON(), effect: 'none' });
    }
  }
}

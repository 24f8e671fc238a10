import type { Provider } from '@carrierkit/core';
import type { KnownFleet } from './known-fleet.js';

/** One provider ready to be examined, and what is known about the account behind it. */
export interface Subject {
  readonly provider: Provider;
  readonly fleet: KnownFleet;
  /** The same vendor with credentials that it refuses. Left out, the handling of wrong credentials stays unproven. */
  readonly wrongCredentials?: Provider;
  /** Lets this much time pass at the vendor. Left out, the suite waits for asynchronous changes in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Releases what `setup` made. The suite has closed the providers before. */
  readonly close?: () => Promise<void>;
}

/** Called before every check. Start what is expensive once outside, and put it back to its first state in here. */
export type Setup = () => Promise<Subject>;

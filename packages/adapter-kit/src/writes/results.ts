import type { SendOutcome, SimOutcome } from '@carrierkit/core';

type Without<O, K extends PropertyKey> = O extends unknown ? Omit<O, K> : never;

/** What became of a write, whichever SIM it was. */
export type SimResult = Without<SimOutcome, 'provider' | 'iccid'>;

/** What became of a message, whoever it was for. */
export type SendResult = Without<SendOutcome, 'provider' | 'to'>;

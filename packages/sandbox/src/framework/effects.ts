import type { VendorName } from '@carrierkit/vendor-apis';
import type { Clock } from './clock.js';

export type EffectState = 'pending' | 'done' | 'failed';

/** One write that changed something, entered at acceptance. */
export interface Effect {
  readonly seq: number;
  readonly adapter: VendorName;
  readonly operationId: string;
  readonly at: string;
  /** Canonical ICCIDs, vendor ids only where no SIM is concerned. */
  readonly subject: readonly string[];
  readonly detail: unknown;
  /** The request's Idempotency-Key. */
  readonly key: string | null;
  readonly requestId: number;
  readonly state: EffectState;
}

/** Ends an effect that was entered as `pending`. */
export interface EffectHandle {
  done(): void;
  failed(): void;
}

export interface EffectLog {
  record(entry: Omit<Effect, 'seq' | 'at'>): EffectHandle;
  list(): readonly Effect[];
}

export function createEffectLog(clock: Clock): EffectLog {
  const effects: Effect[] = [];
  return {
    record: (entry) => {
      const place = effects.length;
      const effect = { ...entry, seq: place + 1, at: clock.iso() };
      effects.push(effect);
      const settle = (state: EffectState): void => {
        effects[place] = { ...effect, state };
      };
      return { done: () => settle('done'), failed: () => settle('failed') };
    },
    list: () => effects,
  };
}

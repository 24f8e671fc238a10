import type { Ability } from '@carrierkit/core';
import type { Subject } from './subject.js';

/** One promise of the ports, provable at any provider. */
export interface Check {
  /** Unique; starts with the ability, or with `provider`. */
  readonly name: string;
  /** The declared ability that the check belongs to; `null` = every provider. Declared `none`, the absence is asserted instead. */
  readonly ability: Ability | null;
  /** Throws when the promise is broken. */
  readonly run: (subject: Subject) => Promise<void>;
}

/** `absent`: declared `none`, and really not there. `unproven`: the known fleet lacks what the proof needs. */
export type CheckResult = { readonly name: string; readonly ability: Ability | null } & (
  | { readonly status: 'passed' | 'absent'; readonly note: null }
  | { readonly status: 'unproven'; readonly note: string }
  | { readonly status: 'failed'; readonly note: string; readonly error: unknown }
);

/** Thrown by a check that cannot decide with the facts it was given. */
export class NotProven extends Error {
  override readonly name = 'NotProven';
}

export function notProven(reason: string): never {
  throw new NotProven(reason);
}

/** A fact without which a declared ability cannot be examined at all. */
export function required<T>(fact: T | undefined, member: string, ability: Ability): T {
  if (fact === undefined) throw new Error(`The known fleet must give \`${member}\`, because ${ability} is declared.`);
  return fact;
}

/** A fact that deepens a proof and may be left out. */
export function wanted<T>(fact: T | undefined, member: string): T {
  return fact === undefined ? notProven(`the known fleet gives no \`${member}\``) : fact;
}

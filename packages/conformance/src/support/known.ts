import type { Iccid } from '@carrierkit/core';
import type { KnownFleet } from '../known-fleet.js';

/** The first `count` of a list that the known fleet gives. */
export function firstOf<T>(list: readonly T[], count: number, member: string): readonly T[] {
  if (list.length < count) throw new Error(`The known fleet must give at least ${count} in \`${member}\`.`);
  return list.slice(0, count);
}

export function oneOf<T>(list: readonly T[], member: string): T {
  const [first] = firstOf(list, 1, member);
  return first as T;
}

/** Every SIM that is told with a state. */
export function knownSims(fleet: KnownFleet): readonly Iccid[] {
  return Object.values(fleet.sims).flat();
}

export const movable = (fleet: KnownFleet): Iccid => oneOf(fleet.movable.sims, 'movable.sims');

/**
 * Seeded pseudo-random numbers. A source is made from a path of keys (`randomFrom(seed, 'emnify', index)`), so that
 * what one part of the sandbox draws never shifts what another part draws.
 */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** Whole number, both ends included. */
  integer(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Text of `length` decimal digits. */
  digits(length: number): string;
  /** Text of `length` lower-case hexadecimal digits. */
  hex(length: number): string;
  /** Text of `length` characters drawn from `alphabet`. */
  text(length: number, alphabet: string): string;
}

/** 32-bit hash of whole numbers; cheap enough to be called millions of times. */
export function hashNumbers(seed: number, ...parts: readonly number[]): number {
  let hash = scramble(seed ^ 0x9e3779b9);
  for (const part of parts) hash = scramble(Math.imul(hash, 31) ^ part);
  return hash;
}

/** 32-bit hash of a path of numbers and texts. */
export function hashKeys(...keys: readonly (number | string)[]): number {
  let hash = 0x2545f491;
  for (const key of keys) {
    if (typeof key === 'number') hash = scramble(Math.imul(hash, 31) ^ key);
    else for (let at = 0; at < key.length; at++) hash = scramble(Math.imul(hash, 31) ^ key.charCodeAt(at));
  }
  return hash;
}

export function randomFrom(...keys: readonly (number | string)[]): Random {
  let state = hashKeys(...keys);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    return scramble(state) / 4294967296;
  };
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const text = (length: number, alphabet: string): string => {
    let drawn = '';
    while (drawn.length < length) drawn += alphabet[integer(0, alphabet.length - 1)];
    return drawn;
  };
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError('pick needs a list with at least one member');
      return list[integer(0, list.length - 1)] as T;
    },
    digits: (length) => text(length, '0123456789'),
    hex: (length) => text(length, '0123456789abcdef'),
    text,
  };
}

/** Bijective mixing of 32 bits into an unsigned number; every input bit reaches every output bit. */
function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

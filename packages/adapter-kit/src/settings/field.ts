import { inputError } from '@carrierkit/core';
import type { SecretSource } from './secret.js';

/**
 * Reads one setting as it was given; `undefined` is one left out.
 * Not zod's: settings are read when a provider is made, which should not load a library of schemas yet.
 * @throws `input` that names it and says what was expected, never the value
 */
export type Field<T> = (given: unknown, name: string) => T;

function fieldOf<T>(fits: (given: unknown) => given is T, expected: string): Field<T> {
  return (given, name) => {
    if (fits(given)) return given;
    throw inputError(name, given === undefined ? `is missing; expected ${expected}` : `expected ${expected}`);
  };
}

const isText = (given: unknown): given is string => typeof given === 'string' && given !== '';

/** The kinds of settings there are. */
export const field = {
  text: fieldOf(isText, 'text'),
  flag: fieldOf((given) => typeof given === 'boolean', 'true or false'),
  /** Of an allowance or the like: more than nothing, at most all. */
  share: fieldOf(
    (given): given is number => typeof given === 'number' && given > 0 && given <= 1,
    'a number above 0, at most 1',
  ),
  /** A credential: text, or a function that fetches it. */
  secret: fieldOf(
    (given): given is SecretSource => isText(given) || typeof given === 'function',
    'text, or a function that fetches it',
  ),
  httpUrl: fieldOf(
    (given): given is string => isText(given) && /^https?:\/\//i.test(given) && URL.canParse(given),
    'http://host:port or https://host:port',
  ),
  /** Both ends included. */
  wholeNumber: (from: number, to = Number.MAX_SAFE_INTEGER): Field<number> =>
    fieldOf(
      (given): given is number =>
        typeof given === 'number' && Number.isSafeInteger(given) && given >= from && given <= to,
      to === Number.MAX_SAFE_INTEGER ? `a whole number, at least ${from}` : `a whole number from ${from} to ${to}`,
    ),
  /** One of some words, spelled exactly so. */
  oneOf: <const T extends string>(...words: readonly T[]): Field<T> =>
    fieldOf(
      (given): given is T => words.some((word) => word === given),
      `one of ${words.map((word) => `'${word}'`).join(', ')}`,
    ),
  /** May be left out; is `undefined` then. */
  optional:
    <T>(inner: Field<T>): Field<T | undefined> =>
    (given, name) =>
      given === undefined ? undefined : inner(given, name),
  /** May be left out; is the value then. */
  withDefault:
    <T>(inner: Field<T>, value: T): Field<T> =>
    (given, name) =>
      given === undefined ? value : inner(given, name),
} as const;

import { inputError } from '@carrierkit/core';
import { InvalidArgumentError } from 'commander';

/** For options that may be given several times, each with one value or more. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

/** `['site=Berlin']` -> `{ site: 'Berlin' }`. @throws `input` */
export function attributesOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const equals = text.indexOf('=');
      if (equals < 1) throw inputError('--attribute', 'expected NAME=VALUE');
      return [text.slice(0, equals), text.slice(equals + 1)] as const;
    }),
  );
}

/** One of a closed set of words. @throws `input` */
export function oneOf<V extends string>(text: string, allowed: readonly V[], path: string): V {
  const found = allowed.find((word) => word === text);
  if (found !== undefined) return found;
  throw inputError(path, `expected one of ${allowed.join(', ')}`);
}

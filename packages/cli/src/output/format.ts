import { inputError } from '@carrierkit/core';

export type Format = 'table' | 'json' | 'ndjson' | 'csv';
export const FORMATS: readonly Format[] = ['table', 'json', 'ndjson', 'csv'];

/** A table for people, JSON for programs, unless told otherwise. @throws `input` */
export function chooseFormat<F extends string>(
  given: string | null,
  allowed: readonly F[],
  isTerminal: boolean,
  /** Names that are allowed too, and handled elsewhere. */
  others: readonly string[] = [],
): F {
  if (given === null) return (isTerminal ? 'table' : 'json') as F;
  const found = allowed.find((format) => format === given);
  if (found !== undefined) return found;
  throw inputError('--format', `expected one of ${[...allowed, ...others].join(', ')}`);
}

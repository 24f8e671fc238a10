import { inspect } from 'node:util';
import { ConnectivityError } from '@carrierkit/core';

/** A credential as text, or a function that fetches it (asked at sign-in and once after the vendor rejected it). */
export type SecretSource = string | (() => string | Promise<string>);

/** Holds a credential so that no log, error, JSON or inspect shows it. */
export class Secret {
  readonly #source: SecretSource;

  constructor(source: SecretSource) {
    this.#source = source;
  }

  /** The one way to the value; for the moment of signing in only. Throws `authentication` where there is none. */
  async reveal(): Promise<string> {
    const value = typeof this.#source === 'function' ? await fetched(this.#source) : this.#source;
    // A JavaScript caller's unset variable would go out as 'undefined'.
    if (typeof value !== 'string' || value.trim() === '') throw unusable('is missing or empty');
    return value;
  }

  /** Never the value. */
  toString(): string {
    return '[secret]';
  }

  /** Never the value. */
  toJSON(): string {
    return '[secret]';
  }

  /** Never the value: what `console.log` shows. */
  [inspect.custom](): string {
    return '[secret]';
  }
}

/** What such a function throws may hold the request it made, credentials and all: only its class is told. */
async function fetched(source: () => string | Promise<string>): Promise<string> {
  try {
    return await source();
  } catch (error) {
    throw unusable(`could not be fetched (${error instanceof Error ? error.name : typeof error})`);
  }
}

function unusable(how: string): ConnectivityError<'authentication'> {
  return new ConnectivityError('authentication', `the credential ${how}; check the secret in the provider's settings`);
}

import { inspect } from 'node:util';

/** A credential as text, or a function that fetches it (asked at sign-in and once after the vendor rejected it). */
export type SecretSource = string | (() => string | Promise<string>);

/** Holds a credential so that no log, error, JSON or inspect shows it. */
export class Secret {
  readonly #source: SecretSource;

  constructor(source: SecretSource) {
    this.#source = source;
  }

  /** The one way to the value; for the moment of signing in only. */
  async reveal(): Promise<string> {
    return typeof this.#source === 'function' ? await this.#source() : this.#source;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

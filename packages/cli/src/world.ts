/** Somewhere to write to. `write` resolves when more may be written, so that a slow reader slows us instead of filling memory. */
export interface Sink {
  /** Resolves when more may be written. */
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  /** Characters in a line of the terminal; `null` where there is none, and nothing needs to fit. */
  readonly columns: number | null;
}

/** What the command touches outside of itself, so that it can be called from a test. */
export interface World {
  readonly out: Sink;
  readonly err: Sink;
  readonly input: AsyncIterable<string | Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Fires when the user interrupts. */
  readonly signal: AbortSignal;
  /** Puts a question to the user; `null` where nobody can be asked. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
}

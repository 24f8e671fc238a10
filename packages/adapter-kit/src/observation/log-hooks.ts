import type { Hooks } from '@carrierkit/core';

/** What is needed of a logger; pino has it, and so have its children. */
export interface Logger {
  /** What is as it should be. */
  debug(facts: object, message: string): void;
  /** What somebody may want to look at. */
  warn(facts: object, message: string): void;
}

/**
 * A line for every answer (`debug`), failure, retry and wait for the vendor's allowance (`warn`, waits `debug`), each with the correlation id that all
 * attempts of a call share. Nothing that hooks tell is secret or about a subscriber, so lines may go wherever logs go.
 */
export function logHooks(logger: Logger): Hooks {
  return {
    onResponse({ error, ...event }) {
      if (error === null) logger.debug(event, `${event.operation} was answered ${event.status}`);
      else logger.warn({ ...event, error }, `${event.operation} failed: ${error.kind}`);
    },
    onRetry({ error, ...event }) {
      logger.warn({ ...event, error }, `${event.operation} is tried again in ${Math.round(event.delayMs)} ms`);
    },
    onWait(event) {
      logger.debug(event, `${event.operation} waits ${Math.round(event.waitMs)} ms for ${event.bucket}`);
    },
  };
}

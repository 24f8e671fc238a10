import type { IncomingMessage } from 'node:http';
import { onAbort } from '@carrierkit/core';
import { realTimer } from '../settings/timing.js';

/** Why a stream ended early. */
export class StreamBroken extends Error {
  override readonly name = 'StreamBroken';
  readonly reason: 'idle' | 'cancelled' | 'network';

  constructor(reason: StreamBroken['reason']) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * An answer body as text, chunk by chunk, never buffered. Fails when nothing arrives for `idleMs`, when the connection breaks before the end,
 * and when the signal aborts; breaking off the iteration closes the connection.
 */
export async function* textStream(
  body: IncomingMessage,
  options: {
    readonly idleMs: number;
    /** For the first text, where that may take less. */
    readonly firstMs?: number;
    readonly signal?: AbortSignal | undefined;
  },
): AsyncGenerator<string, void, undefined> {
  let reason: StreamBroken['reason'] = 'network';
  const end = (why: StreamBroken['reason']) => {
    reason = why;
    body.destroy(new Error(why));
  };
  const silent = () => end('idle');
  let stopTimer = realTimer(silent, options.firstMs ?? options.idleMs);
  const ignore = onAbort(options.signal, () => end('cancelled'));
  try {
    if (options.signal?.aborted) end('cancelled');
    body.setEncoding('utf8');
    for await (const chunk of body) {
      stopTimer();
      // The time the consumer takes is not the vendor's.
      yield String(chunk);
      stopTimer = realTimer(silent, options.idleMs);
    }
  } catch {
    throw new StreamBroken(reason);
  } finally {
    stopTimer();
    ignore();
    body.destroy();
  }
}

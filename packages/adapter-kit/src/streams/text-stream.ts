import type { IncomingMessage } from 'node:http';
import { onAbort } from '../settings/on-abort.js';

/** Why a stream ended early; `null` code: our own idle limit or the caller. */
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
  options: { readonly idleMs: number; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<string, void, undefined> {
  let reason: StreamBroken['reason'] = 'network';
  const end = (why: StreamBroken['reason']) => {
    reason = why;
    body.destroy(new Error(why));
  };
  let timer = setTimeout(end, options.idleMs, 'idle');
  const ignore = onAbort(options.signal, () => end('cancelled'));
  try {
    if (options.signal?.aborted) end('cancelled');
    body.setEncoding('utf8');
    for await (const chunk of body) {
      clearTimeout(timer);
      // The time the consumer takes is not the vendor's.
      yield String(chunk);
      timer = setTimeout(end, options.idleMs, 'idle');
    }
  } catch {
    throw new StreamBroken(reason);
  } finally {
    clearTimeout(timer);
    ignore();
    body.destroy();
  }
}

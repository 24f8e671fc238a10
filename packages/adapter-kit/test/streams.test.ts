import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { ConnectivityError } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { csvRows } from '../src/index.js';
import { textStream } from '../src/streams/text-stream.js';

const all = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
};

describe('rows of a CSV', () => {
  /** In pieces that end anywhere; tells when it was let go. */
  const text = (...pieces: readonly string[]) => {
    const state = { ended: false };
    const source = (async function* () {
      try {
        yield* pieces;
      } finally {
        state.ended = true;
      }
    })();
    return { source, state };
  };

  it('have the names of the header line, whatever byte order mark or empty lines there are', async () => {
    const { source } = text('\ufeffICC', 'ID,Total\r\n89,', '5\r\n\r\n90,"1,5"\r\n');
    expect(await all(csvRows(source))).toEqual([
      { ICCID: '89', Total: '5' },
      { ICCID: '90', Total: '1,5' },
    ]);
  });

  it('let go of the source when the reader leaves', async () => {
    const { source, state } = text('a\n1\n', ...Array.from({ length: 10_000 }, () => '2\n'.repeat(100)));
    for await (const _ of csvRows(source)) break;
    expect(state.ended).toBe(true);
  });

  it('that do not fit the header line are no answer', async () => {
    const { source } = text('a,b\n1\n');
    await expect(all(csvRows(source))).rejects.toMatchObject({
      kind: 'contract',
      message: 'the vendor sent a CSV that cannot be read: its rows do not fit its header line',
    });
  });

  it('end with what broke the source', async () => {
    const broken = (async function* () {
      yield 'a\n1\n';
      throw new ConnectivityError('unavailable', 'gone');
    })();
    await expect(all(csvRows(broken))).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('an answer as a stream of text', () => {
  const bodyOf = (...pieces: readonly (string | Uint8Array)[]) => {
    const body = new PassThrough();
    for (const piece of pieces) body.write(piece);
    return body as PassThrough & IncomingMessage;
  };
  const patience = { idleMs: 60_000 };

  it('keeps characters whole that were cut between two pieces', async () => {
    const [first, second] = [Buffer.from('€').subarray(0, 1), Buffer.from('€').subarray(1)];
    const body = bodyOf(first, second);
    body.end();
    expect((await all(textStream(body, patience))).join('')).toBe('€');
  });

  it('is closed when the reader leaves', async () => {
    const body = bodyOf('a', 'b');
    for await (const _ of textStream(body, patience)) break;
    expect(body.destroyed).toBe(true);
  });

  it('is cancelled by a signal, also by one that has fired before', async () => {
    const stop = new AbortController();
    const reading = all(textStream(bodyOf('a'), { ...patience, signal: stop.signal }));
    stop.abort();
    await expect(reading).rejects.toMatchObject({ name: 'StreamBroken', reason: 'cancelled' });
    const late = textStream(bodyOf('a'), { ...patience, signal: AbortSignal.abort() });
    await expect(all(late)).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('is idle where the first text keeps waiting longer than it may', async () => {
    await expect(all(textStream(bodyOf(), { ...patience, firstMs: 1 }))).rejects.toMatchObject({ reason: 'idle' });
  });
});

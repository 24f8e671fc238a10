import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { World } from '../world.js';

/** A line of a file; lines are counted from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/** The lines of a file, or of standard input for `-`, one at a time; empty ones and those that begin with `#` are left out. */
export async function* linesOf(world: Pick<World, 'input' | 'folder'>, file: string): AsyncGenerator<Line> {
  const input = file === '-' ? Readable.from(world.input) : createReadStream(resolve(world.folder, file));
  const failed = new Promise<never>((_, reject) => input.once('error', reject));
  failed.catch(() => {});
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  for (let number = 1; ; number++) {
    const next = await Promise.race([lines.next(), failed]);
    if (next.done) return;
    const text = next.value.replace(/^\uFEFF/, '').trim();
    if (text !== '' && !text.startsWith('#')) yield { text, number };
  }
}

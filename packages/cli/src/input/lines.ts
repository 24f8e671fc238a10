import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { World } from '../world.js';

/** The lines of a file, or of standard input for `-`, one at a time; empty ones and those that begin with `#` are left out. */
export async function* linesOf(world: Pick<World, 'input' | 'folder'>, file: string): AsyncGenerator<string> {
  const input = file === '-' ? Readable.from(world.input) : createReadStream(resolve(world.folder, file));
  const failed = new Promise<never>((_, reject) => input.once('error', reject));
  failed.catch(() => {});
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([lines.next(), failed]);
    if (next.done) return;
    const line = next.value.replace(/^\uFEFF/, '').trim();
    if (line !== '' && !line.startsWith('#')) yield line;
  }
}

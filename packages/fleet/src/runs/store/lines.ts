import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { isErrno, PRIVATE_FILE } from '../../stores/private-files.js';

const WRITE_AT_ONCE = 64 * 1024;

/** A file's complete lines; what follows the last newline was torn off by a crash and is left out. No file has no lines. */
export async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  const stream = createReadStream(path, { encoding: 'utf8' });
  let rest = '';
  try {
    for await (const text of stream as AsyncIterable<string>) {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  } finally {
    stream.destroy();
  }
}

/** Replaces a file's content; on return it is on the disk. */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const file = await open(path, 'w', PRIVATE_FILE);
  try {
    let text = '';
    for await (const line of lines) {
      text += `${line}\n`;
      if (text.length < WRITE_AT_ONCE) continue;
      await file.appendFile(text);
      text = '';
    }
    await file.appendFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Cuts off what follows the last newline, so that the next line does not continue a torn one. */
export async function cutTornLine(file: FileHandle): Promise<void> {
  let end = (await file.stat()).size;
  const window = Buffer.alloc(4096);
  while (end > 0) {
    const start = Math.max(0, end - window.length);
    const { bytesRead } = await file.read(window, 0, end - start, start);
    const newline = window.subarray(0, bytesRead).lastIndexOf(0x0a);
    if (newline >= 0) {
      end = start + newline + 1;
      break;
    }
    end = start;
  }
  await file.truncate(end);
}

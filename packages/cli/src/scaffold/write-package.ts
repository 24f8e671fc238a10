import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inputError } from '@carrierkit/core';
import type { NewFile } from './template-files.js';

/** Writes the files of a new package. @throws `input` when the folder holds something already: nothing is overwritten */
export async function writePackage(folder: string, files: readonly NewFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw inputError('--folder', `${folder} is not empty; move what is there away, or name another folder`);
  for (const { path, text } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  }
}

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packs every package into `folder`; tells the tarball of each package name. Below `pnpm run`, which puts pnpm on the path. */
export function packAll(folder) {
  mkdirSync(folder, { recursive: true });
  const { problem } = run(root, 'pnpm', '-r', '--filter', './packages/*', 'pack', '--pack-destination', folder);
  if (problem !== undefined) throw new Error(problem);
  return new Map(readdirSync(folder).map((file) => [nameOf(file), join(folder, file)]));
}

/** `carrierkit-adapter-kit-0.1.0.tgz` -> `@carrierkit/adapter-kit`; the command's package has no scope. */
function nameOf(file) {
  const name = file.replace(/-\d+\.\d+\.\d+.*$/, '');
  return name === 'carrierkit' ? name : name.replace('carrierkit-', '@carrierkit/');
}

import { spawnSync } from 'node:child_process';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A page as the formatter of the repository wants it. */
export function formatted(page, text) {
  const biome = join(root, 'node_modules', '.bin', 'biome');
  const args = ['format', `--stdin-file-path=page${extname(page)}`];
  const result = spawnSync(biome, args, { cwd: root, input: text, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`biome could not format ${page}: ${result.stderr}`);
  return result.stdout;
}

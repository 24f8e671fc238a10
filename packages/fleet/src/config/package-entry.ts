import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isErrno } from '../stores/private-files.js';
import { isPlain } from './references.js';

const CONDITIONS: ReadonlySet<string> = new Set(['node', 'import', 'module-sync', 'default']);

/**
 * The file that `import 'name'` would load from a folder, or undefined where the package is not installed. Node resolves imports from a
 * folder of one's choice only for `require`, which does not see packages that are for `import` alone, and looks into places of its own.
 */
export async function packageEntry(name: string, folder: string): Promise<string | undefined> {
  for (let place = resolve(folder); ; place = dirname(place)) {
    const root = join(place, 'node_modules', name);
    const manifest = await readManifest(join(root, 'package.json'));
    if (manifest) return join(root, entryOf(manifest));
    if (dirname(place) === place) return undefined;
  }
}

interface Manifest {
  readonly exports?: unknown;
  readonly main?: unknown;
}

async function readManifest(path: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Manifest;
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

function entryOf({ exports, main }: Manifest): string {
  const root = isPlain(exports) && '.' in exports ? exports['.'] : exports;
  return pick(root) ?? (typeof main === 'string' ? main : 'index.js');
}

/** The first condition that holds, in the package's own order. */
function pick(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (Array.isArray(target)) return target.map(pick).find((path) => path !== undefined);
  if (!isPlain(target)) return undefined;
  const fitting = Object.entries(target).filter(([condition]) => CONDITIONS.has(condition));
  return fitting.map(([, inner]) => pick(inner)).find((path) => path !== undefined);
}

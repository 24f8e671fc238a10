import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every published package: its folder, and where the declarations of each entry are. */
export function publishedPackages(root) {
  const packages = join(root, 'packages');
  return readdirSync(packages).map((folder) => {
    const { name, exports } = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'));
    const entries = Object.entries(exports)
      .filter(([, target]) => target.types !== undefined)
      .map(([path, { types }]) => ({ name: name + path.slice(1), file: join(packages, folder, types) }));
    return { folder, name, entries };
  });
}

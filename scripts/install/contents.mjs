import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const PUBLISHED = /^(?:package\.json|README\.md|LICENSE|dist|src|template|usage-report\.schema\.json)$/;
const DEPENDENCIES = ['dependencies', 'peerDependencies', 'optionalDependencies'];

/** What is in the package but should not be, and the other way round. */
export function contentProblems(folder, manifest) {
  const files = readdirSync(join(folder, 'node_modules', manifest.name)).filter((file) => file !== 'node_modules');
  const unknown = files.filter((file) => !PUBLISHED.test(file)).map((file) => `the package also contains ${file}`);
  const missing = ['LICENSE', 'README.md'].filter((file) => !files.includes(file));
  const ranges = DEPENDENCIES.flatMap((kind) => Object.entries(manifest[kind] ?? {}));
  const unpublished = ranges.filter(([, range]) => /^(?:workspace|catalog|file|link):/.test(range));
  return [
    ...unknown,
    ...missing.map((file) => `the package has no ${file}`),
    ...unpublished.map(([name, range]) => `it depends on ${name}@${range}, which no registry knows`),
  ];
}

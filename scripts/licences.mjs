// Which licences come with what we publish. Fails on one that nobody has agreed to, and on a package that names none.
import { execFileSync } from 'node:child_process';

const AGREED = new Set(['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0']);

const text = execFileSync('pnpm', ['--filter', './packages/*', 'sbom', '--prod', '--sbom-format', 'cyclonedx'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const { components } = JSON.parse(text);
const packages = components.map(({ group, name, version, licenses = [] }) => {
  const full = group === undefined ? name : `${group}/${name}`;
  const licence = licenses.map(({ license, expression }) => expression ?? license.id ?? license.name).join(' AND ');
  return { name: full, version, licence: licence || 'none named' };
});

const counts = new Map();
for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
for (const [licence, count] of [...counts].sort(([, a], [, b]) => b - a))
  console.log(String(count).padStart(5), licence);

const refused = packages.filter(({ licence }) => !AGREED.has(licence));
for (const { name, version, licence } of refused) console.error(`${name}@${version}: ${licence}`);
if (refused.length > 0) process.exitCode = 1;

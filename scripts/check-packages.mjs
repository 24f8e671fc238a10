// Every published package as its users get it: publint and are-the-types-wrong on the packed tarball.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../packages/', import.meta.url);
const run = (cwd, args) => spawnSync('pnpm', ['exec', ...args], { cwd, encoding: 'utf8' });

let failed = 0;
for (const folder of readdirSync(root)) {
  const cwd = fileURLToPath(new URL(`${folder}/`, root));
  const { name, exports } = JSON.parse(readFileSync(new URL(`${folder}/package.json`, root), 'utf8'));
  const checks = [run(cwd, ['publint', '--strict'])];
  if (exports !== undefined)
    checks.push(run(cwd, ['attw', '--pack', '.', '--profile', 'esm-only', '--format', 'ascii']));
  const bad = checks.filter((check) => check.status !== 0);
  failed += bad.length;
  console.log(`${bad.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  for (const check of bad) console.log(check.stdout + check.stderr);
}
process.exit(failed === 0 ? 0 : 1);

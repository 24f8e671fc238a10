// node run.mjs [name…]   runs the benchmarks (all of them without a name), prints ratios, and renews their part of docs/benchmarks.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { formatted } from '../scripts/docs/formatted.mjs';
import { benchmarks } from './benchmarks.mjs';
import { line, verdict } from './support/goals.mjs';
import { page } from './support/page.mjs';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0)
  throw new Error(`no benchmark is called ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`);

const file = new URL('../docs/benchmarks.md', import.meta.url);
const machine = `Node ${process.versions.node}, ${availableParallelism()} cores`;
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  const rows = await benchmarks[name].run();
  for (const row of rows) console.log(line(row));
  // At once, so that a later benchmark that fails does not take this one's figures along.
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  writeFileSync(file, formatted('benchmarks.md', page(text, benchmarks, { name, rows, machine })));
  if (rows.some((row) => verdict(row) === 'missed')) process.exitCode = 1;
}

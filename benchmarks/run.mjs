// node run.mjs [name…] [--write]   runs the benchmarks (all of them without a name), prints ratios, and with --write renews docs/benchmarks.md.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { imports } from './imports.mjs';
import { ledger } from './ledger.mjs';
import { limits } from './limits.mjs';
import { list } from './list.mjs';
import { runs } from './runs.mjs';
import { stream } from './stream.mjs';

const all = { list, stream, imports, runs, ledger, limits };
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = names.filter((name) => !(name in all));
if (unknown.length > 0)
  throw new Error(`no benchmark is called ${unknown.join(', ')}; there are ${Object.keys(all).join(', ')}`);

const rows = [];
for (const name of names.length > 0 ? names : Object.keys(all))
  for (const result of await all[name]()) {
    rows.push(result);
    const line = `${verdict(result).padEnd(7)} ${result.ratio.toFixed(2).padStart(6)}  ${result.what}, beside ${result.rival} ${target(result)}`;
    console.log(line.trimEnd());
  }
if (process.argv.includes('--write')) writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), page());
if (rows.some((row) => verdict(row) === 'missed')) process.exitCode = 1;

function verdict({ ratio, atMost, atLeast, missed }) {
  if (atMost === undefined && atLeast === undefined) return 'beside';
  return missed === undefined && ratio <= (atMost ?? Infinity) && ratio >= (atLeast ?? 0) ? 'met' : 'missed';
}

function target({ atMost, atLeast }) {
  if (atMost !== undefined) return `at most ${atMost}`;
  return atLeast === undefined ? '' : `at least ${atLeast}`;
}

function page() {
  const lines = rows.map((row) => {
    const goal = target(row);
    return `| ${row.what} | ${row.rival} | ${row.ratio.toFixed(2)} | ${goal || '–'} | ${goal ? verdict(row) : '–'} |`;
  });
  return `# Benchmarks

Written by \`npm run bench -- --write\`, on Node ${process.versions.node.split('.')[0]} with ${availableParallelism()} cores. Each ratio was measured beside its rival in the same run: ours divided by the rival's; for speed and for allowances used, more is better.

| What | Beside | Ratio | Goal | |
| ---- | ------ | ----: | ---- | - |
${lines.join('\n')}
`;
}

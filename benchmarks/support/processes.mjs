import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** A server in a process of its own, and its address. */
export async function served(script, ...args) {
  const child = spawn(process.execPath, [here(script), ...args.map(String)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  return { url: String(line).trim(), close: () => child.kill() };
}

/** What a script prints as JSON, run in a process of its own; `[flags…, script]` where Node needs some. */
export async function measured(script, ...args) {
  const [file, ...flags] = [script].flat().reverse();
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, here(file), ...args.map(String)]);
  return JSON.parse(stdout);
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The median of each way's figure; the ways take turns, so that what else the machine does meets them all. */
export async function inTurns(rounds, ways, measure) {
  const figures = new Map(ways.map((way) => [way, []]));
  for (let round = 0; round < rounds; round++) for (const way of ways) figures.get(way).push(await measure(way));
  return new Map([...figures].map(([way, values]) => [way, median(values)]));
}

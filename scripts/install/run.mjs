import { spawnSync } from 'node:child_process';

/** Runs a program to its end: what it printed, and a `problem` if it failed. */
export function run(cwd, program, ...args) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status === 0) return { stdout };
  return { stdout, problem: `${program} ${args.join(' ')}: ${error ?? `${stdout}${stderr}`}` };
}

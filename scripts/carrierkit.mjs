// `npm run -s carrierkit -- …`: the built command, building it first when it is missing. Standard output stays the command's own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = fileURLToPath(new URL('../packages/cli/dist/main.js', import.meta.url));

if (!existsSync(main)) {
  process.stderr.write('carrierkit: first run in this clone, building…\n');
  const build = spawnSync('npx', ['--yes', '-p', 'pnpm@12.18.0', 'pnpm', 'run', 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) process.exit(build.status ?? 1);
}
await import(main);

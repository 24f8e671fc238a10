// The libraries on every Node that they promise: the tests of what a vendor call goes through, with the conformance of all adapters, then
// tarballs in empty projects, where `require` has to load ES modules. The Nodes come from npm (package `node`).
// Arguments: versions; without any, all of them. `npm run test:nodes`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const versions = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24', '26'];
const tested = ['core', 'adapter-kit', 'adapter-truphone', 'adapter-emnify', 'adapter-subscriptions'];
const STEPS = {
  tests: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', ...tested.map((name) => `packages/${name}/`)],
  // The packages that are not tested above: the database has to load, the container, the command.
  install: ['scripts/check-install.mjs', 'core', 'adapter-truphone', 'fleet', 'usage', 'cli'],
};
const SUMMARY = /^\s*(?:Test Files|Tests|Duration|ok )/;

for (const version of versions) {
  console.log(`Node ${run(version, '--version').stdout.trim()}`);
  for (const [step, args] of Object.entries(STEPS)) {
    const { status, stdout, stderr } = run(version, ...args);
    if (status === 0) console.log(summaryOf(stdout));
    else console.error(`${stdout}${stderr}\nNode ${version}: ${step} failed`);
    if (status !== 0) process.exitCode = 1;
  }
}

function run(version, ...args) {
  const env = { ...process.env, NO_COLOR: '1' };
  const all = ['--yes', '-p', `node@${version}`, '--', 'node', ...args];
  return spawnSync('npx', all, { cwd: root, encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 });
}

function summaryOf(printed) {
  const lines = printed.split('\n').filter((line) => SUMMARY.test(line));
  return lines.join('\n');
}

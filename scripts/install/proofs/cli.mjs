import assert from 'node:assert';
import { execFileSync } from 'node:child_process';

// The command as a shell finds it.
const printed = execFileSync('npx', ['--no-install', 'carrierkit', 'operations', '--format', 'json'], {
  encoding: 'utf8',
});
assert.ok(JSON.parse(printed).length > 100);

import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// The command as npm puts it on the path: its shebang has to find this Node. Not through npx, which may already be what runs this.
const command = (...words) =>
  JSON.parse(execFileSync('node_modules/.bin/carrierkit', [...words, '--format', 'json'], { encoding: 'utf8' }));
assert.ok(command('operations').length > 100);

// What it writes depends on what registries know, and comes with its template.
const { files } = command('adapter', 'new', 'acme', '--folder', 'acme');
assert.ok(files.includes('test/conformance.test.ts'));
const { dependencies, devDependencies } = JSON.parse(readFileSync('acme/package.json', 'utf8'));
for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies }))
  assert.match(range, /^[\^~]?\d/, name);

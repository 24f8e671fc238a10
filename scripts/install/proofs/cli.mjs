import assert from 'node:assert';
import { execFileSync } from 'node:child_process';

// The command as npm puts it on the path: its shebang has to find this Node. Not through npx, which may already be what runs this.
const printed = execFileSync('node_modules/.bin/carrierkit', ['operations', '--format', 'json'], { encoding: 'utf8' });
assert.ok(JSON.parse(printed).length > 100);

// What each published package exports, as `public-api.txt` in its folder: a change that users would notice shows in review.
// `npm run api` records it anew, `--check` (in `npm test`) fails where it differs from what is recorded.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishedPackages } from './api/packages.mjs';
import { publicApi } from './api/public-api.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const packages = publishedPackages(root);

for (const [folder, text] of publicApi(packages)) {
  const file = join('packages', folder, 'public-api.txt');
  if (!check) writeFileSync(join(root, file), text);
  else if (recorded(file) !== text) report(file, text);
}
if (process.exitCode !== 1) console.log(`api: ${packages.length} packages export what is recorded`);

function recorded(file) {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return '';
  }
}

function report(file, text) {
  const diff = spawnSync('git', ['diff', '--no-index', '--no-color', '-U1', '--', file, '-'], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  });
  const changes = diff.stdout.split('\n').slice(4).join('\n');
  console.error(`${changes}\n${file}: the package exports something else than recorded (- recorded, + now).`);
  console.error('If that is meant: npm run api, and a changeset for its users (npx changeset).');
  process.exitCode = 1;
}

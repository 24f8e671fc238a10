// Keeps the documents true: code samples are copies of files that the tests run, the tables of capabilities and states come from the adapters, links lead
// somewhere. `npm run docs` brings them up to date, `--check` fails where they are not.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capabilitiesPage } from './docs/capabilities-page.mjs';
import { formatted } from './docs/formatted.mjs';
import { brokenLinks } from './docs/links.mjs';
import { withSamples } from './docs/samples.mjs';
import { statesPage } from './docs/states-page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const problems = [];

const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' });
const pages = listed.stdout.split('\n').filter((path) => path !== '' && existsSync(join(root, path)));

update('docs/capabilities.md', await capabilitiesPage());
update('docs/states.md', statesPage());
for (const page of pages) {
  const text = readFileSync(join(root, page), 'utf8');
  const { updated, errors } = withSamples(text, (file) => readFileSync(join(root, file), 'utf8'));
  problems.push(...errors.map((error) => `${page}: ${error}`));
  if (updated !== text) update(page, updated);
  const at = join(root, dirname(page));
  problems.push(...brokenLinks(updated, at).map((link) => `${page}: there is nothing at ${link}`));
}

for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`docs: ${pages.length} pages are ${check ? 'true' : 'up to date'}`);
process.exit(problems.length === 0 ? 0 : 1);

function update(page, text) {
  const file = join(root, page);
  const wanted = formatted(page, text);
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return;
  if (check) problems.push(`${page} is out of date: run npm run docs`);
  else writeFileSync(file, wanted);
}

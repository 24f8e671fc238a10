// Turns the YAML descriptions and the notes into plain files beside the compiled code, so that readers of the package need no YAML parser.
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = new URL('..', import.meta.url);
const vendors = ['truphone', 'emnify', 'subscriptions'];
const changedAt = (url) => statSync(url, { throwIfNoEntry: false })?.mtimeMs ?? 0;

export function buildDescriptions() {
  mkdirSync(new URL('dist/', root), { recursive: true });
  for (const vendor of vendors) {
    const source = new URL(`${vendor}.openapi.yaml`, root);
    const target = new URL(`dist/${vendor}.openapi.json`, root);
    if (changedAt(target) < changedAt(source)) {
      writeFileSync(target, JSON.stringify(parse(readFileSync(source, 'utf8'), { maxAliasCount: -1 })));
    }
    copyFileSync(new URL(`${vendor}.notes.md`, root), new URL(`dist/${vendor}.notes.md`, root));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildDescriptions();

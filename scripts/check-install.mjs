// Every published package as a stranger gets it: packed, installed with npm into an empty project, imported, required, type-checked and used.
// Arguments are folders below packages/; without any, all packages. `npm run test:install` is all of them.
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentProblems } from './install/contents.mjs';
import { loadingProblems } from './install/loading.mjs';
import { emptyProject, installedManifest, withOptionalPeers } from './install/project.mjs';
import { run } from './install/run.mjs';
import { packAll } from './install/tarballs.mjs';
import { treeProblems } from './install/tree.mjs';
import { typeProblems } from './install/types.mjs';

const packages = fileURLToPath(new URL('../packages/', import.meta.url));
const proofs = fileURLToPath(new URL('install/proofs/', import.meta.url));
const folders = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(packages);
const work = realpathSync(mkdtempSync(join(tmpdir(), 'carrierkit-install-')));

try {
  const tarballs = packAll(join(work, 'tarballs'));
  for (const folder of folders) {
    const began = performance.now();
    const problems = check(folder, tarballs);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${folder} installs alone and works (${seconds} s)`);
    for (const problem of problems) console.log(`     ${problem}`);
    if (problems.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

function check(folder, tarballs) {
  const { name } = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'));
  const project = join(work, folder);
  const failure = emptyProject(project, name, tarballs);
  if (failure !== undefined) return [failure];
  const manifest = installedManifest(project, name);
  return [
    ...contentProblems(project, manifest),
    ...treeProblems(project, folder),
    ...loadingProblems(project, name),
    ...useProblems(project, folder),
    ...entryProblems(project, manifest),
  ];
}

/** Uses the package once, for what it is there for. */
function useProblems(project, folder) {
  cpSync(proofs, join(project, 'proofs'), { recursive: true });
  const { problem } = run(project, process.execPath, `proofs/${folder}.mjs`);
  return problem === undefined ? [] : [problem];
}

/** The sub-paths, and the types of all entries. */
function entryProblems(project, manifest) {
  const entries = Object.entries(manifest.exports)
    .filter(([, target]) => target.types !== undefined)
    .map(([path]) => manifest.name + path.slice(1));
  const failure = withOptionalPeers(project, manifest);
  if (failure !== undefined) return [failure];
  return [...entries.slice(1).flatMap((entry) => loadingProblems(project, entry)), ...typeProblems(project, entries)];
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

// The npm cache is the user's own, shared by all projects; `error` keeps warnings about settings that only pnpm knows out.
const QUIETLY = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];

/**
 * A project with one package and Node's types, nothing else. The workspace packages it depends on come from tarballs (`overrides`: no registry
 * has them yet), the rest from the registry.
 */
export function emptyProject(folder, name, tarballs) {
  mkdirSync(folder, { recursive: true });
  const file = (of) => `file:${tarballs.get(of)}`;
  const others = [...tarballs.keys()].filter((of) => of !== name);
  const project = {
    private: true,
    dependencies: { [name]: file(name), '@types/node': '^20.19.0' },
    overrides: Object.fromEntries(others.map((of) => [of, file(of)])),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  return run(folder, 'npm', 'install', ...QUIETLY).problem;
}

/** What is installed of the package: its manifest as published. */
export function installedManifest(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
}

/** Adds the peers that npm leaves out because they are optional; some sub-paths are for those who have them. */
export function withOptionalPeers(folder, { peerDependencies = {}, peerDependenciesMeta = {} }) {
  const wanted = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional);
  if (wanted.length === 0) return undefined;
  return run(folder, 'npm', 'install', ...QUIETLY, ...wanted.map((name) => `${name}@${peerDependencies[name]}`))
    .problem;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// A product that talks to one carrier takes no database, no web server and no command line with it.
const HEAVY =
  /^(?:@duckdb\/.*|echarts|fastify|express|ajv|inversify|commander|@clack\/.*|cli-table3|vitest|carrierkit|@carrierkit\/(?!core|adapter-).*)$/;
const LIGHT = new Set(['adapter-kit', 'adapter-truphone', 'adapter-emnify', 'adapter-subscriptions']);

/** What is installed with a package but should not be. */
export function treeProblems(project, folder) {
  return installed(project)
    .filter((name) => (folder === 'core' ? name !== '@carrierkit/core' : LIGHT.has(folder) && HEAVY.test(name)))
    .map((name) => `it also installs ${name}`);
}

/** The names of all packages in the tree but Node's types, which the project itself asked for. */
function installed(project) {
  const lock = JSON.parse(readFileSync(join(project, 'node_modules', '.package-lock.json'), 'utf8'));
  const names = Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1));
  return names.filter((name) => name !== '@types/node' && name !== 'undici-types');
}

import { run } from './run.mjs';

/** What is wrong with loading an entry: `import` and `require` have to find the same names. Each in a process that has loaded nothing yet. */
export function loadingProblems(project, entry) {
  const evaluate = (type, code) => run(project, process.execPath, `--input-type=${type}`, '-e', code);
  const imported = evaluate('module', `import * as all from '${entry}'; console.log(Object.keys(all).sort().join());`);
  const required = evaluate('commonjs', `console.log(Object.keys(require('${entry}')).sort().join());`);
  const failures = [imported.problem, required.problem].filter((problem) => problem !== undefined);
  if (failures.length > 0) return failures;
  if (imported.stdout.trim() === '') return [`${entry} exports nothing`];
  return imported.stdout === required.stdout ? [] : [`${entry}: import finds other names than require`];
}

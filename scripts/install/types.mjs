import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const COMMON = {
  strict: true,
  noEmit: true,
  types: ['node'],
  target: ts.ScriptTarget.ES2022,
};
const WAYS = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

const OURS = /node_modules\/(?:@carrierkit\/|carrierkit\/)/;

/** What a TypeScript user of the entries would see, from a module and (where Node decides) from a CommonJS file. */
export function typeProblems(project, entries) {
  const code = entries.map(sample).join('\n');
  return Object.entries(WAYS).flatMap(([way, options]) => {
    const files = way === 'nodenext' ? ['types.mts', 'types.cts'] : ['types.ts'];
    for (const file of files) writeFileSync(join(project, file), code);
    return problems(project, files, { ...COMMON, ...options }).map((problem) => `${way}: ${problem}`);
  });
}

/** Without types, an import would be `any` and know every name: the line below the comment would compile. */
function sample(entry, index) {
  return `import * as all${index} from '${entry}';
export const found${index}: object = all${index};
// @ts-expect-error the types have to be there
export const missing${index} = all${index}.noSuchExport;`;
}

/** Errors in the sample and in the declarations that we publish; those of other libraries are not ours to check. */
function problems(project, files, options) {
  const paths = files.map((file) => join(project, file));
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram(paths, { ...options, typeRoots: [join(project, 'node_modules', '@types')] }, host);
  const ours = program.getSourceFiles().filter(({ fileName }) => paths.includes(fileName) || OURS.test(fileName));
  const found = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...ours.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
  return found.map(({ file, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, ' ');
    return file === undefined ? text : `${file.fileName.split('node_modules/').at(-1)}: ${text}`;
  });
}

import { readFile } from 'node:fs/promises';
import type { Names } from './names.js';
import type { NewFile } from './template-files.js';

const DEPENDENCIES = ['@carrierkit/adapter-kit', '@carrierkit/core', 'zod'];
const DEV_DEPENDENCIES = ['@carrierkit/conformance', '@types/node', 'typescript', 'vitest'];

interface Manifest {
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** What a package needs beside its code. Versions are those that this command itself was tested with. */
export async function packageFiles({ title }: Names, packageName: string): Promise<readonly NewFile[]> {
  const own = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as Manifest;
  const versions = { ...own.devDependencies, ...own.dependencies };
  const ranges = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, versions[name]]));
  const manifest = {
    name: packageName,
    version: '0.0.0',
    description: `CarrierKit adapter for ${title}`,
    type: 'module',
    engines: own.engines,
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist'],
    sideEffects: false,
    scripts: { build: 'tsc -p tsconfig.build.json', typecheck: 'tsc', test: 'vitest run' },
    dependencies: ranges(DEPENDENCIES),
    devDependencies: ranges(DEV_DEPENDENCIES),
  };
  return [
    json('package.json', manifest),
    json('tsconfig.json', { compilerOptions: COMPILER_OPTIONS, include: ['src', 'test'] }),
    json('tsconfig.build.json', {
      extends: './tsconfig.json',
      compilerOptions: { noEmit: false, declaration: true, rootDir: 'src', outDir: 'dist' },
      include: ['src'],
    }),
    { path: '.gitignore', text: 'node_modules/\ndist/\n' },
  ];
}

/** As strict as our own. */
const COMPILER_OPTIONS = {
  target: 'es2023',
  lib: ['es2023', 'esnext.disposable'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
};

function json(path: string, value: object): NewFile {
  return { path, text: `${JSON.stringify(value, null, 2)}\n` };
}

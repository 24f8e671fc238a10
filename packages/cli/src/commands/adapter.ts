import { resolve } from 'node:path';
import { inputError } from '@carrierkit/core';
import type { Command } from 'commander';
import { collect } from '../input/options.js';
import type { View } from '../output/view.js';
import { type Described, describedFile } from '../scaffold/description/described-file.js';
import { readDescription } from '../scaffold/description/read-description.js';
import { type Names, namesOf } from '../scaffold/names.js';
import { packageFiles } from '../scaffold/package-files.js';
import { type NewFile, templateFiles } from '../scaffold/template-files.js';
import { writePackage } from '../scaffold/write-package.js';
import type { Shell } from '../shell/shell.js';

interface Options {
  readonly folder?: string;
  readonly package?: string;
  readonly description?: string;
  readonly only?: readonly string[];
}

interface Written {
  readonly package: string;
  readonly folder: string;
  readonly files: readonly string[];
  /** Taken from the vendor's description. */
  readonly operations: number;
}

const view: View<Written> = [
  { name: 'package', value: (written) => written.package },
  { name: 'folder', value: ({ folder }) => folder },
  { name: 'files', value: ({ files }) => String(files.length) },
  { name: 'operations', value: ({ operations }) => String(operations) },
];

/** npm's rule for new names. */
const PACKAGE_NAME = /^(?:@[a-z0-9-][a-z0-9._-]*\/)?[a-z0-9-][a-z0-9._-]*$/;

/** `carrierkit adapter new`: a package that type-checks and conforms, to be made into a vendor's adapter. Overwrites nothing. */
export function adapterCommand(program: Command, shell: Shell): void {
  program
    .command('adapter')
    .description('adapters of your own')
    .command('new')
    .argument('<name>', "the vendor's short name, such as acme-mobile")
    .description('write a package that conforms, to be made into the adapter of a further vendor')
    .option('--folder <folder>', 'where to write it (default: ./carrierkit-adapter-NAME)')
    .option(
      '--description <file>',
      "the vendor's OpenAPI 3 description: its operations are declared, to be called and mapped",
    )
    .option('--only <prefix...>', 'of the description only paths that begin so, for example /sim_cards', collect)
    .option('--package <name>', 'its npm name (default: carrierkit-adapter-NAME)')
    .action((name: string, options: Options, command: Command) =>
      shell.perform(command, [], async ({ output, world }) => {
        const names = namesOf(name);
        const packageName = options.package ?? `carrierkit-adapter-${name}`;
        if (!PACKAGE_NAME.test(packageName)) throw inputError('--package', `'${packageName}' is no npm package name`);
        const folder = resolve(world.folder, options.folder ?? `carrierkit-adapter-${name}`);
        const described = await describedIn(world.folder, options);
        const files = await filesOf(names, packageName, described);
        await writePackage(folder, files);
        const paths = files.map(({ path }) => path);
        await output.one({ package: packageName, folder, files: paths, operations: described?.operations ?? 0 }, view);
        if (output.format === 'table')
          await output.text(`\nNow run there 'npm install' and 'npm test'; README.md says what comes next.\n`);
        return 0;
      }),
    );
}

async function describedIn(folder: string, { description, only = [] }: Options): Promise<Described | null> {
  if (description !== undefined) return describedFile(await readDescription(resolve(folder, description)), only);
  if (only.length > 0) throw inputError('--only', 'chooses among the operations of a --description, and there is none');
  return null;
}

/** What was described stands in the place of the template's own. */
async function filesOf(names: Names, packageName: string, described: Described | null): Promise<readonly NewFile[]> {
  const files = [
    ...(await packageFiles(names, packageName)),
    ...(await templateFiles(names, packageName, described?.origin ?? null)),
  ];
  return described === null ? files : files.map((file) => (file.path === described.file.path ? described.file : file));
}

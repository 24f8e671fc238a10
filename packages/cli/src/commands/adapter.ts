import { resolve } from 'node:path';
import { inputError } from '@carrierkit/core';
import type { Command } from 'commander';
import type { View } from '../output/view.js';
import { namesOf } from '../scaffold/names.js';
import { packageFiles } from '../scaffold/package-files.js';
import { templateFiles } from '../scaffold/template-files.js';
import { writePackage } from '../scaffold/write-package.js';
import type { Shell } from '../shell/shell.js';

interface Options {
  readonly folder?: string;
  readonly package?: string;
}

interface Written {
  readonly package: string;
  readonly folder: string;
  readonly files: readonly string[];
}

const view: View<Written> = [
  { name: 'package', value: (written) => written.package },
  { name: 'folder', value: ({ folder }) => folder },
  { name: 'files', value: ({ files }) => String(files.length) },
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
    .option('--package <name>', 'its npm name (default: carrierkit-adapter-NAME)')
    .action((name: string, options: Options, command: Command) =>
      shell.perform(command, [], async ({ output, world }) => {
        const names = namesOf(name);
        const packageName = options.package ?? `carrierkit-adapter-${name}`;
        if (!PACKAGE_NAME.test(packageName)) throw inputError('--package', `'${packageName}' is no npm package name`);
        const folder = resolve(world.folder, options.folder ?? `carrierkit-adapter-${name}`);
        const files = [...(await packageFiles(names, packageName)), ...(await templateFiles(names, packageName))];
        await writePackage(folder, files);
        await output.one({ package: packageName, folder, files: files.map(({ path }) => path) }, view);
        if (output.format === 'table')
          await output.text(`\nNow run there 'npm install' and 'npm test'; README.md says what comes next.\n`);
        return 0;
      }),
    );
}

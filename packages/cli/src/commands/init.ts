import { writeFile } from 'node:fs/promises';
import { inputError } from '@carrierkit/core';
import type { Command } from 'commander';
import { collect, oneOf } from '../input/options.js';
import type { View } from '../output/view.js';
import { configFile } from '../shell/session.js';
import type { Shell } from '../shell/shell.js';

interface Template {
  readonly id: string;
  readonly about: string;
  /** Setting and the environment variable that holds it. */
  readonly secrets: Readonly<Record<string, string>>;
}

const TEMPLATES: Readonly<Record<'truphone' | 'emnify' | 'subscriptions', Template>> = {
  truphone: { id: 'emea', about: 'Truphone IoT Portal', secrets: { token: 'TRUPHONE_TOKEN' } },
  emnify: { id: 'iot', about: 'emnify', secrets: { applicationToken: 'EMNIFY_APPLICATION_TOKEN' } },
  subscriptions: {
    id: 'staff',
    about: '1GLOBAL subscriptions and orders',
    secrets: { clientId: 'SUBS_CLIENT_ID', clientSecret: 'SUBS_CLIENT_SECRET' },
  },
};
const ADAPTERS = Object.keys(TEMPLATES) as (keyof typeof TEMPLATES)[];

interface Written {
  readonly file: string;
  /** Environment variables that the config reads. */
  readonly variables: readonly string[];
}

const view: View<Written> = [
  { name: 'file', value: ({ file }) => file },
  { name: 'variables', value: ({ variables }) => variables.join(' ') },
];

/** `carrierkit init`: a config to begin with. Overwrites nothing. */
export function initCommand(program: Command, shell: Shell): void {
  program
    .command('init')
    .description('write a config to begin with')
    .option('--adapter <adapter...>', `for these carriers: ${ADAPTERS.join(', ')} (default: all)`, collect)
    .action((options: { readonly adapter?: readonly string[] }, command: Command) =>
      shell.perform(command, [], async ({ world, globals, output }) => {
        const adapters = (options.adapter ?? ADAPTERS).map((word) => oneOf(word, ADAPTERS, '--adapter'));
        const file = configFile(world, globals);
        await writeNew(file, contentFor([...new Set(adapters)]));
        await output.one({ file, variables: adapters.flatMap((name) => Object.values(TEMPLATES[name].secrets)) }, view);
        if (output.format === 'table')
          await output.text(
            "\nSet these variables, then run 'carrierkit doctor'. Keep .carrierkit and the ledger out of version control.\n",
          );
        return 0;
      }),
    );
}

async function writeNew(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw inputError('--config', `${file} is there already; move it away, or name another file`);
  }
}

function contentFor(adapters: readonly (keyof typeof TEMPLATES)[]): string {
  const blocks = adapters.map((name) => {
    const { id, about, secrets } = TEMPLATES[name];
    const lines = Object.entries(secrets).map(([setting, variable]) => `    ${setting}: \${${variable}}\n`);
    return `  ${id}: # the id that stands on everything this provider returns; ${about}\n    adapter: ${name}\n${lines.join('')}`;
  });
  return `# Credentials are read from the environment: they do not belong into this file.
providers:
${blocks.join('')}
# Everything below is the default.
# routing: { iccidPrefixes: {} }   # for example "8988303": iot
# stateDir: .carrierkit            # runs, directory, own orders
# usage: { ledger: carrierkit.duckdb, timezone: UTC }
`;
}

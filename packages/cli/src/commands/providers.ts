import type { Ability, Provider } from '@carrierkit/core';
import type { Command } from 'commander';
import type { View } from '../output/view.js';
import type { Shell } from '../shell/shell.js';

type Row = Pick<Provider, 'id' | 'adapter' | 'capabilities'>;

const view: View<Row> = [
  { name: 'id', value: ({ id }) => id, whole: true },
  { name: 'adapter', value: ({ adapter }) => adapter, whole: true },
  { name: 'inventory', value: abilitiesOf('inventory.') },
  { name: 'lifecycle', value: abilitiesOf('lifecycle.') },
  { name: 'messaging', value: abilitiesOf('messaging.') },
  {
    name: 'usage',
    value: ({ capabilities }) =>
      [...new Set(capabilities.usage.map(({ kinds, grain }) => `${kinds.join('+')}/${grain}`))].join(' '),
  },
];

function abilitiesOf(port: string): (row: Row) => string {
  return ({ capabilities: { supports } }) =>
    (Object.keys(supports) as Ability[])
      .filter((ability) => ability.startsWith(port) && supports[ability] !== 'none')
      .map((ability) => ability.slice(port.length))
      .join(' ');
}

/** `carrierkit providers`: whom the config names, and what each of them can do. */
export function providersCommand(program: Command, shell: Shell): void {
  program
    .command('providers')
    .description('who is in the config, and what each can do')
    .action((_: unknown, command: Command) =>
      shell.perform(command, ['provider'], async (session) => {
        const providers = await session.providers();
        await session.output.list(
          providers.map(({ id, adapter, capabilities }) => ({ id, adapter, capabilities })),
          view,
        );
        return 0;
      }),
    );
}

import type { Declaration } from '@carrierkit/adapter-kit';
import type { Command } from 'commander';
import { builtInAdapters } from '../adapters.js';
import type { View } from '../output/view.js';
import type { Shell } from '../shell/shell.js';

interface Operation {
  readonly adapter: string;
  readonly operationId: string;
  readonly method: Declaration['method'];
  readonly path: string;
  readonly repeat: Declaration['repeat'];
  readonly basis: NonNullable<Declaration['basis']>;
}

const view: View<Operation> = [
  { name: 'adapter', value: ({ adapter }) => adapter, whole: true },
  { name: 'operationId', value: ({ operationId }) => operationId, whole: true },
  { name: 'method', value: ({ method }) => method, whole: true },
  { name: 'path', value: ({ path }) => path },
  {
    name: 'repeat',
    value: ({ repeat }) => repeat,
    whole: true,
    tone: ({ repeat }) => (repeat === 'unsafe' ? 'warning' : null),
  },
  { name: 'basis', value: ({ basis }) => basis, tone: ({ basis }) => (basis === 'documented' ? null : 'warning') },
];

/** `carrierkit operations`: every vendor call that there is, for `carrierkit call`. */
export function operationsCommand(program: Command, shell: Shell): void {
  program
    .command('operations')
    .description("every vendor call that 'call' can make, and whether it may be repeated")
    .action((_: unknown, command: Command) =>
      shell.perform(command, [], async ({ output }) => {
        await output.list(await declared(), view);
        return 0;
      }),
    );
}

async function declared(): Promise<readonly Operation[]> {
  const adapters = await builtInAdapters();
  return adapters.flatMap(({ adapter, operations }) =>
    Object.entries(operations).map(([operationId, { method, path, repeat, basis = 'documented' }]) => ({
      adapter: adapter.name,
      operationId,
      method,
      path,
      repeat,
      basis,
    })),
  );
}

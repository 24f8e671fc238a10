import type { Order, Orders } from '@carrierkit/core';
import type { Command } from 'commander';
import { readOrders } from '../input/order-file.js';
import { readRef } from '../input/refs.js';
import { type RunFlags, runOptions, runSettings } from '../input/run-options.js';
import type { View } from '../output/view.js';
import { runJob } from '../shell/run-job.js';
import type { Session } from '../shell/session.js';
import type { Shell } from '../shell/shell.js';
import { type ShownList, showList } from '../shell/show-list.js';
import { refText } from '../views/ref-text.js';

type Template = Orders['templates'] extends (...args: never[]) => AsyncIterable<infer T> ? T : never;

const orderView: View<Order> = [
  { name: 'order', value: refText, whole: true },
  { name: 'type', value: ({ type }) => type.value },
  {
    name: 'state',
    value: ({ state }) => state.value,
    whole: true,
    tone: ({ state }) => (state.value === 'completed' ? 'good' : state.value === 'failed' ? 'bad' : null),
  },
  { name: 'vendorState', value: ({ state }) => state.raw },
  { name: 'iccid', value: ({ iccid }) => iccid, whole: true },
  { name: 'placedAt', value: ({ placedAt }) => placedAt },
  { name: 'simRef', value: ({ simRef }) => simRef, detail: true },
];

const templateView: View<Template> = [
  { name: 'provider', value: ({ provider }) => provider, whole: true },
  { name: 'id', value: ({ id }) => id, whole: true },
  { name: 'name', value: ({ name }) => name },
];

/** `carrierkit orders`: at vendors where a subscription comes about by an order. */
export function ordersCommand(program: Command, shell: Shell): void {
  const orders = program.command('orders').description('order subscriptions, SIM replacements, suspensions');
  runOptions(orders.command('place'))
    .description('place the order of a file (YAML or JSON; one, or a list); - reads standard input')
    .argument('<file>')
    .action((file: string, flags: RunFlags, command: Command) =>
      shell.perform(command, ['provider', 'dryRun', 'wait'], async (session) => {
        const requests = await readOrders(session, file);
        return runJob(session, {
          job: () => ({ type: 'orders', orders: requests }),
          placeOf: (item) => `order ${item + 1} of ${file === '-' ? 'standard input' : file}`,
          question: ({ items }) => `Place ${items} orders?`,
          ...runSettings(flags),
        });
      }),
    );
  orders
    .command('get')
    .description('one order as it is now')
    .argument('<provider:id>')
    .action((text: string, _: unknown, command: Command) =>
      shell.perform(command, ['raw'], async (session) => {
        const { lifecycle } = await session.fleet();
        const ref = await readRef(session, text);
        await session.output.one(await lifecycle.orders.get(ref, { signal: session.world.signal }), orderView);
        return 0;
      }),
    );
  orders
    .command('wait')
    .description('wait until an order is completed or failed; --wait says how long at most')
    .argument('<provider:id>')
    .action((text: string, _: unknown, command: Command) =>
      shell.perform(command, ['raw', 'wait'], async (session) => {
        const { lifecycle } = await session.fleet();
        const ref = await readRef(session, text);
        const { wait } = session.globals;
        session.progress.show(`waiting for ${text}`);
        const order = await lifecycle.orders.wait(ref, {
          signal: session.world.signal,
          ...(typeof wait === 'number' && { deadlineMs: wait }),
        });
        session.progress.clear();
        await session.output.one(order, orderView);
        return order.state.value === 'failed' ? 1 : 0;
      }),
    );
  orders
    .command('list')
    .description('the orders of the accounts, as far as the vendors can list them')
    .action((_: unknown, command: Command) =>
      shell.perform(command, ['provider', 'raw'], (session) =>
        collection(session, orderView, (port, filter, options) => port.list(filter, options)),
      ),
    );
  orders
    .command('templates')
    .description('what can be ordered')
    .action((_: unknown, command: Command) =>
      shell.perform(command, ['provider', 'raw'], (session) =>
        collection(session, templateView, (port, filter, options) => port.templates(filter, options)),
      ),
    );
}

async function collection<T>(
  session: Session,
  view: View<T>,
  read: (
    port: Orders,
    filter: NonNullable<Parameters<Orders['list']>[0]>,
    options: Parameters<ShownList<T>['open']>[0],
  ) => AsyncIterable<T>,
) {
  const { lifecycle } = await session.fleet();
  const able = (await session.providers()).filter((provider) => provider.lifecycle.orders);
  // Where none of them has orders, the port says so.
  const filter = able.length > 0 ? { providers: able.map(({ id }) => id) } : filterOf(session);
  return showList(session, { open: (options) => read(lifecycle.orders, filter, options), view, from: able });
}

function filterOf({ globals }: Session) {
  return globals.provider === null ? {} : { providers: [globals.provider] };
}

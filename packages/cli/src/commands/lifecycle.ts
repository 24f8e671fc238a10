import {
  inputError,
  isSettableState,
  plan,
  type ServiceName,
  type SettableState,
  serviceNames,
  simStates,
  type TransitionPlan,
} from '@carrierkit/core';
import type { Command } from 'commander';
import { readIccid } from '../input/iccids.js';
import { simItems } from '../input/items.js';
import { collect, oneOf } from '../input/options.js';
import { type RunFlags, runOptions, runSettings } from '../input/run-options.js';
import type { View } from '../output/view.js';
import { readSim } from '../shell/read-sim.js';
import { runJob } from '../shell/run-job.js';
import type { Session } from '../shell/session.js';
import type { Shell } from '../shell/shell.js';

interface SimOptions extends RunFlags {
  readonly iccid?: readonly string[];
  readonly file?: string;
}

interface ServiceOptions extends SimOptions {
  readonly enable?: readonly string[];
  readonly disable?: readonly string[];
}

const SETTABLE: readonly SettableState[] = simStates.filter(isSettableState);
const SWITCHES = ['provider', 'dryRun', 'wait'] as const;

const planView: View<TransitionPlan> = [
  { name: 'from', value: ({ from }) => from },
  { name: 'to', value: ({ to }) => to },
  {
    name: 'legal',
    value: ({ legal }) => (legal === null ? 'the vendor decides' : legal ? 'yes' : 'no'),
    tone: ({ legal }) => (legal === false ? 'bad' : legal ? 'good' : 'warning'),
  },
  { name: 'path', value: ({ path }) => path?.join(' -> ') ?? null },
  {
    name: 'steps',
    value: ({ steps }) =>
      steps
        .map(({ from, to, reversible, billing, basis }) =>
          [`${from} -> ${to}`, reversible ? 'can be undone' : 'cannot be undone', billing, basis]
            .filter(Boolean)
            .join(', '),
        )
        .join('; '),
  },
];

/** `carrierkit lifecycle`: states and services. */
export function lifecycleCommand(program: Command, shell: Shell): void {
  const lifecycle = program.command('lifecycle').description('what state SIMs are in, and which services they have');
  lifecycle
    .command('plan')
    .description('how one SIM gets to a state; changes nothing')
    .argument('<iccid>')
    .argument('<state>')
    .action((iccid: string, state: string, _: unknown, command: Command) =>
      shell.perform(command, ['provider'], async (session) => {
        const to = oneOf(state, simStates, 'STATE');
        const sim = await readSim(session, readIccid(session, iccid));
        const { capabilities } = (await session.fleet()).provider(sim.provider);
        await session.output.one(plan(capabilities.transitions, sim.state.value, to), planView);
        return 0;
      }),
    );
  simOptions(lifecycle.command('set'))
    .description('set the state of SIMs; retired ends them')
    .argument('<state>', SETTABLE.join(', '))
    .action((state: string, options: SimOptions, command: Command) =>
      shell.perform(command, [...SWITCHES, 'irreversible'], (session) => setState(session, state, options)),
    );
  simOptions(lifecycle.command('services'))
    .description('switch services of SIMs on or off; those not named stay as they are')
    .option('--enable <service...>', serviceNames.join(', '), collect)
    .option('--disable <service...>', 'the same', collect)
    .action((options: ServiceOptions, command: Command) =>
      shell.perform(command, SWITCHES, async (session) => {
        const services = servicesOf(options);
        const sims = itemsOf(session, options);
        return runJob(session, {
          job: () => ({ type: 'services', sims: sims.read(), services }),
          placeOf: sims.placeOf,
          question: ({ items }) => `Switch ${Object.keys(services).join(', ')} of ${items} SIMs?`,
          ...runSettings(options),
        });
      }),
    );
}

async function setState(session: Session, state: string, options: SimOptions) {
  const to = oneOf(state, SETTABLE, 'STATE');
  const { irreversible, dryRun } = session.globals;
  if (to === 'retired' && !irreversible && !dryRun)
    throw inputError('--irreversible', 'is missing: a retired SIM does not come back');
  const sims = itemsOf(session, options);
  return runJob(session, {
    job: () => ({ type: 'change', sims: sims.read(), to, ...(irreversible && { irreversible: true }) }),
    placeOf: sims.placeOf,
    question: ({ items }) => `Set ${items} SIMs to ${to}?`,
    ...runSettings(options),
  });
}

function simOptions(command: Command): Command {
  return runOptions(
    command
      .option('--iccid <iccid...>', 'these SIMs', collect)
      .option('--file <file>', 'SIMs of a file, one ICCID a line; - reads standard input'),
  );
}

function itemsOf(session: Session, { iccid, file }: SimOptions) {
  return simItems(session, { ...(iccid && { words: iccid }), ...(file !== undefined && { file }) });
}

function servicesOf({
  enable = [],
  disable = [],
}: ServiceOptions): Readonly<Partial<Record<ServiceName, 'enabled' | 'disabled'>>> {
  const switched = (words: readonly string[], path: string, to: 'enabled' | 'disabled') =>
    words.map((word) => [oneOf(word, serviceNames, path), to] as const);
  const all = [...switched(enable, '--enable', 'enabled'), ...switched(disable, '--disable', 'disabled')];
  const services = Object.fromEntries(all);
  if (all.length === 0) throw inputError('', 'say what to switch: --enable or --disable');
  if (Object.keys(services).length < all.length) throw inputError('', 'the same service is named twice');
  return services;
}

import { ConnectivityError } from '@carrierkit/core';
import type { LoadedConfig } from '@carrierkit/fleet';
import type { Command } from 'commander';
import { type Check, passed } from '../doctor/check.js';
import { page } from '../doctor/page.js';
import { providerChecks } from '../doctor/provider-checks.js';
import { configProblems, folderCheck, ledgerCheck } from '../doctor/set-up.js';
import type { View } from '../output/view.js';
import type { ExitCode } from '../shell/exit-code.js';
import type { Session } from '../shell/session.js';
import type { Shell } from '../shell/shell.js';

/** For `csv`; people get a page. */
const view: View<Check> = [
  { name: 'provider', value: ({ provider }) => provider },
  { name: 'check', value: ({ check }) => check },
  { name: 'ok', value: ({ ok }) => (ok ? 'ok' : 'failed') },
  { name: 'detail', value: ({ detail }) => detail },
  { name: 'remedy', value: ({ remedy }) => remedy },
];

/** `carrierkit doctor`: is everything in order, and if not, what to do. Changes nothing at any vendor. */
export function doctorCommand(program: Command, shell: Shell): void {
  program
    .command('doctor')
    .description(
      'check config, folders, credentials, connections, clock, limits, and whether vendors answer as described',
    )
    .action((_: unknown, command: Command) => shell.perform(command, ['provider'], examine));
}

async function examine(session: Session): Promise<ExitCode> {
  let config: LoadedConfig;
  try {
    config = await session.config();
    await session.fleet();
  } catch (thrown) {
    if (!ConnectivityError.is(thrown, 'input')) throw thrown;
    await show(session, configProblems(thrown.toJSON()));
    return 2;
  }
  const checks = [
    passed(null, 'config', `${config.file ?? 'given'} names ${Object.keys(config.providers).join(', ')}`),
    await folderCheck('stateDir', config.stateDir),
    await ledgerCheck(config),
    ...(await vendors(session)),
  ];
  await show(session, checks);
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length === 0) return 0;
  return checks.some(({ ok, provider }) => ok && provider !== null) ? 3 : 1;
}

async function show({ output, progress }: Session, checks: readonly Check[]): Promise<void> {
  progress.clear();
  if (output.format === 'json') return output.one({ ok: checks.every(({ ok }) => ok), checks }, []);
  if (output.format === 'table') return output.text(page(checks, output.canvas));
  await output.list(checks, view);
}

async function vendors(session: Session): Promise<readonly Check[]> {
  const { now, signal } = session.world;
  const providers = await session.providers();
  session.progress.show(`asking ${providers.map(({ id }) => id).join(', ')}`);
  const asking = { now, signal, show: (text: string) => session.progress.show(text) };
  const found = await Promise.all(providers.map((provider) => providerChecks(provider, asking)));
  return found.flat();
}

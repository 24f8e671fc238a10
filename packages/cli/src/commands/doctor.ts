import { access, constants, mkdir } from 'node:fs/promises';
import { ConnectivityError, type ErrorInfo, type ProviderId } from '@carrierkit/core';
import type { LoadedConfig } from '@carrierkit/fleet';
import type { Command } from 'commander';
import { remedyOf } from '../output/remedy.js';
import type { View } from '../output/view.js';
import type { ExitCode } from '../shell/exit-code.js';
import type { Session } from '../shell/session.js';
import type { Shell } from '../shell/shell.js';

interface Check {
  /** `null`: about the whole set-up. */
  readonly provider: ProviderId | null;
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly remedy: string | null;
}

const view: View<Check> = [
  { name: 'provider', value: ({ provider }) => provider, whole: true },
  { name: 'check', value: ({ check }) => check, whole: true },
  { name: 'ok', value: ({ ok }) => (ok ? 'ok' : 'failed'), whole: true, tone: ({ ok }) => (ok ? 'good' : 'bad') },
  { name: 'detail', value: ({ detail }) => detail },
  { name: 'remedy', value: ({ remedy }) => remedy },
];

/** `carrierkit doctor`: is everything in order, and if not, what to do. Changes nothing at any vendor. */
export function doctorCommand(program: Command, shell: Shell): void {
  program
    .command('doctor')
    .description('check config, folders, credentials and connections')
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
  const found = passed(null, 'config', `${config.file ?? 'given'} names ${Object.keys(config.providers).join(', ')}`);
  const checks = [
    found,
    await folderCheck('stateDir', config.stateDir),
    await ledgerCheck(config),
    ...(await providerChecks(session)),
  ];
  await show(session, checks);
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length === 0) return 0;
  return checks.some(({ ok, provider }) => ok && provider !== null) ? 3 : 1;
}

async function show({ output, progress }: Session, checks: readonly Check[]): Promise<void> {
  progress.clear();
  if (output.format === 'json') return output.one({ ok: checks.every(({ ok }) => ok), checks }, []);
  await output.list(checks, view);
}

function configProblems({ details, message }: ErrorInfo<'input'>): readonly Check[] {
  const issues = details.issues.length > 0 ? details.issues : [{ path: 'config', message }];
  return issues.map((issue) => {
    const [, provider] = /^providers\.([^.]+)/.exec(issue.path) ?? [];
    return failed(provider ?? null, issue.path, issue.message, 'Mend the config; the message says what is expected.');
  });
}

async function providerChecks(session: Session): Promise<readonly Check[]> {
  const providers = await session.providers();
  session.progress.show(`asking ${providers.map(({ id }) => id).join(', ')}`);
  return Promise.all(
    providers.map(async (provider) => {
      const error = await provider.check({ signal: session.world.signal });
      if (error === null)
        return passed(provider.id, 'connection', `${provider.adapter} answers, the credentials are good`);
      return failed(provider.id, 'connection', error.message, remedyOf(error));
    }),
  );
}

async function folderCheck(check: string, folder: string | null): Promise<Check> {
  if (folder === null) return passed(null, check, 'nothing is kept');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
    return passed(null, check, folder);
  } catch (error) {
    return failed(
      null,
      check,
      `${folder} cannot be written (${codeOf(error)})`,
      'Choose another stateDir in the config.',
    );
  }
}

async function ledgerCheck({ usage }: LoadedConfig): Promise<Check> {
  const { openLedger } = await import('@carrierkit/usage');
  try {
    await openLedger(usage.ledger);
    return passed(null, 'ledger', usage.ledger);
  } catch (error) {
    const reason = ConnectivityError.is(error) ? error.message : `cannot be opened (${codeOf(error)})`;
    return failed(null, 'ledger', `${usage.ledger}: ${reason}`, 'Choose another usage.ledger in the config.');
  }
}

function passed(provider: ProviderId | null, check: string, detail: string): Check {
  return { provider, check, ok: true, detail, remedy: null };
}

function failed(provider: ProviderId | null, check: string, detail: string, remedy: string | null): Check {
  return { provider, check, ok: false, detail, remedy };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

import type { SyncEstimate, SyncResult } from '@carrierkit/usage';
import type { Command } from 'commander';
import { collect, oneOf } from '../../input/options.js';
import { type WindowOptions, windowOf } from '../../input/windows.js';
import type { View } from '../../output/view.js';
import type { ExitCode } from '../../shell/exit-code.js';
import type { Session } from '../../shell/session.js';
import type { Shell } from '../../shell/shell.js';
import { coverageView } from '../../views/coverage-view.js';
import { KINDS, openLedger, windowOptions } from './selection.js';

const GRAINS = ['event', 'day', 'month'] as const;

interface SyncFlags extends WindowOptions {
  readonly kind?: readonly string[];
  readonly grain?: string;
  readonly resume: boolean;
}

const estimateView: View<SyncEstimate> = [
  { name: 'provider', value: ({ provider }) => provider, whole: true },
  { name: 'source', value: ({ source }) => source, whole: true },
  { name: 'windows', value: ({ windows }) => windows, right: true },
  { name: 'sims', value: ({ sims }) => sims, right: true },
  { name: 'calls', value: ({ calls }) => calls ?? 'not known', right: true },
  { name: 'hours', value: ({ hours }) => (hours === null ? 'not known' : hours.toFixed(2)), right: true },
];

export function syncCommand(usage: Command, shell: Shell): void {
  windowOptions(usage.command('sync'))
    .description('read usage from the providers into the ledger; repeating it brings corrections and doubles nothing')
    .option('--kind <kind...>', KINDS.join(', '), collect)
    .option('--grain <grain>', `the coarsest that suffices: ${GRAINS.join(', ')} (default: day)`)
    .option('--no-resume', 'also read again what an interrupted sync has read')
    .action((flags: SyncFlags, command: Command) =>
      shell.perform(command, ['provider', 'dryRun'], (session) => sync(session, flags)),
    );
}

async function sync(session: Session, { kind, grain, resume, ...flags }: SyncFlags): Promise<ExitCode> {
  const { usage } = await session.config();
  const window = await windowOf(flags, usage.timezone);
  const { estimateSync, isComplete, syncUsage } = await import('@carrierkit/usage');
  const options = {
    ledger: await openLedger(session),
    providers: await session.providers(),
    window,
    timezone: usage.timezone,
    clock: session.world.now,
    ...(kind && { kinds: kind.map((word) => oneOf(word, KINDS, '--kind')) }),
    ...(grain !== undefined && { grain: oneOf(grain, GRAINS, '--grain') }),
  };
  if (session.globals.dryRun) {
    await session.output.list(await estimateSync(options), estimateView);
    return 0;
  }
  const result = await syncUsage({
    ...options,
    resume,
    signal: session.world.signal,
    onProgress: ({ provider, source, sims, message }) =>
      session.progress.show(
        [provider, source ?? 'inventory', sims && `${sims.done} of ${sims.total} SIMs`, message]
          .filter(Boolean)
          .join(': '),
      ),
  });
  await showSync(session, result);
  return isComplete(result.coverage) ? 0 : 3;
}

async function showSync({ output, progress, calls }: Session, result: SyncResult): Promise<void> {
  progress.clear();
  const { window, coverage, records } = result;
  if (output.format === 'json') return output.one({ window, coverage, records, calls: Object.fromEntries(calls) }, []);
  await output.list(coverage, coverageView);
  if (output.format !== 'table') return;
  const { added, changed, unchanged } = records;
  const made = [...calls].map(([provider, count]) => `${provider} ${count}`);
  await output.text(
    `\n${added} records added, ${changed} changed, ${unchanged} unchanged; calls: ${made.join(', ')}\n`,
  );
}

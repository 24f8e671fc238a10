import { inputError } from '@carrierkit/core';
import type { Command } from 'commander';
import { parseDuration } from './duration.js';

/** Of every command that is a bulk run. */
export interface RunFlags {
  readonly run?: string;
  readonly stopAfter?: string;
  readonly patience?: string;
}

/** The same, read. */
export interface RunLimits {
  readonly stopAfterFailures?: number;
  readonly outagePatienceMs?: number;
}

export function limitOptions(command: Command): Command {
  return command
    .option('--stop-after <failures>', 'stop when so many have failed or are unknown; what was not begun is left')
    .option('--patience <duration>', 'how long a carrier that is down is waited for (default: 5m)');
}

export function runOptions(command: Command): Command {
  return limitOptions(command.option('--run <id>', 'name of the run, for runs show and runs resume'));
}

/** @throws `input` */
export function runLimits({ stopAfter, patience }: RunFlags): RunLimits {
  if (stopAfter !== undefined && !/^[1-9]\d{0,8}$/.test(stopAfter))
    throw inputError('--stop-after', 'expected a number of failures, 1 or more');
  return {
    ...(stopAfter !== undefined && { stopAfterFailures: Number(stopAfter) }),
    ...(patience !== undefined && { outagePatienceMs: parseDuration(patience, '--patience') }),
  };
}

/** What `runJob` takes of them. */
export function runSettings(flags: RunFlags): { readonly runId?: string; readonly limits: RunLimits } {
  return { ...(flags.run !== undefined && { runId: flags.run }), limits: runLimits(flags) };
}

import { type ErrorInfo, inputError, toErrorInfo } from '@carrierkit/core';
import { type Command, CommanderError } from 'commander';
import { reportError, reportWarnings } from './output/report-error.js';
import { colorsFor } from './output/table.js';
import { createProgram } from './program.js';
import { type ExitCode, exitCodeOf } from './shell/exit-code.js';
import { withPlainWait } from './shell/globals.js';
import { createShell } from './shell/shell.js';
import { systemError } from './shell/system-error.js';
import type { World } from './world.js';

/** Runs one command line and returns its exit code; throws for nothing. `argv` begins behind the program's name. */
export async function runCli(argv: readonly string[], world: World): Promise<ExitCode> {
  const shell = createShell(world);
  const program = createProgram(shell, runCli);
  const isJson = wantsJson(argv, world);
  const colors = colorsFor(world.err.isTerminal, world.env);
  try {
    await program.parseAsync(withPlainWait(argv, flagsWithValue(program)), { from: 'user' });
    await reportWarnings(shell.warnings, world.err, isJson, colors);
    return shell.exitCode ?? 0;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    if (thrown instanceof CommanderError && thrown.code === 'commander.help') return 2;
    const error = toErrorInfo(thrown instanceof CommanderError ? wrongUsage(thrown) : (systemError(thrown) ?? thrown));
    const isMissed = error.kind === 'not-found';
    if (!isMissed && !isJson) await reportWarnings(shell.warnings, world.err, isJson, colors);
    await reportError(isMissed ? withHints(error, shell.warnings) : error, world.err, isJson, colors);
    if (world.env['CARRIERKIT_DEBUG'] && thrown instanceof Error) await world.err.write(`${thrown.stack}\n`);
    return exitCodeOf(error, world.signal.aborted);
  }
}

/** What looked odd about an ICCID is likely to be the reason why nobody has it. */
function withHints(error: ErrorInfo, warnings: readonly string[]): ErrorInfo {
  const hints = warnings.filter((warning) => !error.message.includes(warning));
  return { ...error, message: [error.message, ...hints].join('; ') };
}

function wrongUsage({ message }: CommanderError) {
  return inputError('', `${message.replace(/^error: /, '').replaceAll('\n', ' ')} (--help tells more)`);
}

/** Also where the command line could not be understood. */
function wantsJson(argv: readonly string[], { out }: World): boolean {
  const given = argv.find((word) => word.startsWith('--format='))?.slice('--format='.length);
  const format = given ?? (argv.includes('--format') ? argv[argv.indexOf('--format') + 1] : undefined);
  if (format === 'table' || format === 'csv') return false;
  return !out.isTerminal || format === 'json' || format === 'ndjson';
}

function flagsWithValue(command: Command): ReadonlySet<string> {
  const own = command.options.filter(({ required }) => required).map(({ long }) => long ?? '');
  return new Set([...own, ...command.commands.flatMap((inner) => [...flagsWithValue(inner)])]);
}

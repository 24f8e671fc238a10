import type { Command } from 'commander';
import { chooseFormat, FORMATS } from '../output/format.js';
import { outputFor } from '../output/output.js';
import type { World } from '../world.js';
import type { ExitCode } from './exit-code.js';
import { assertTaken, readGlobals, type Switch } from './globals.js';
import { openSession, type Session } from './session.js';

/** What a command does; it returns the exit code or throws. */
export type Perform = (session: Session) => Promise<ExitCode>;

/** A whole command line, from its words to its exit code. */
export type RunCli = (argv: readonly string[], world: World) => Promise<ExitCode>;

/** Runs a command's action between opening its session and closing it. */
export interface Shell {
  readonly world: World;
  /** Of the command that ran; `null` if none did. */
  readonly exitCode: ExitCode | null;
  /** What the user should know beside the answer or the error. */
  readonly warnings: readonly string[];
  /** `formats`: what the command can write beside the usual ones; `session.globals.format` then tells which. */
  perform(command: Command, taken: readonly Switch[], action: Perform, formats?: readonly string[]): Promise<void>;
}

export function createShell(world: World): Shell {
  let exitCode: ExitCode | null = null;
  const warnings: string[] = [];
  return {
    world,
    warnings,
    get exitCode() {
      return exitCode;
    },
    async perform(command, taken, action, formats = []) {
      const globals = readGlobals(command.optsWithGlobals());
      assertTaken(globals, taken, pathOf(command));
      const ownFormat = formats.includes(globals.format ?? '');
      const format = ownFormat ? 'table' : chooseFormat(globals.format, FORMATS, world.out.isTerminal, formats);
      const session = openSession(world, globals, outputFor(world, format, globals.raw), warnings);
      try {
        exitCode = await action(session);
      } finally {
        await session.close();
      }
    },
  };
}

/** `lifecycle set` */
function pathOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name();
}

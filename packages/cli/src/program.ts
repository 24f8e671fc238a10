import { Command } from 'commander';
import { sandboxCommand } from './commands/sandbox.js';
import { smsCommand } from './commands/sms.js';

/** The command with all it can do; wrong usage ends with exit code 2. */
export function createProgram(): Command {
  const program = new Command('carrierkit')
    .description('SIMs, lifecycle, messaging and usage over many carriers')
    .showHelpAfterError()
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  sandboxCommand(program);
  smsCommand(program);
  return program;
}

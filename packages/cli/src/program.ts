import { createRequire } from 'node:module';
import { Command } from 'commander';
import { adapterCommand } from './commands/adapter.js';
import { batchesCommand } from './commands/batches.js';
import { callCommand } from './commands/call.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { initCommand } from './commands/init.js';
import { lifecycleCommand } from './commands/lifecycle.js';
import { operationsCommand } from './commands/operations.js';
import { ordersCommand } from './commands/orders.js';
import { providersCommand } from './commands/providers.js';
import { runsCommand } from './commands/runs.js';
import { sandboxCommand } from './commands/sandbox.js';
import { simsCommand } from './commands/sims.js';
import { smsCommand } from './commands/sms.js';
import { usageCommand } from './commands/usage/usage.js';
import { addGlobalOptions } from './shell/globals.js';
import type { RunCli, Shell } from './shell/shell.js';

const { version } = createRequire(import.meta.url)('../package.json') as { readonly version: string };

const EXIT_CODES = `
Exit codes:
  0  all items applied, unchanged or accepted
  1  nothing done and nothing unknown
  2  wrong usage or config, or --yes is missing where nobody can be asked
  3  some failed or unknown; a list without some of its providers; a report that is empty or has unread sources
  130  interrupted
`;

/** The command with all it can do. Its actions leave their exit code at the shell. */
export function createProgram(shell: Shell, run: RunCli): Command {
  const { out, err } = shell.world;
  const program = new Command('carrierkit')
    .description('SIMs, lifecycle, messaging and usage over many carriers')
    .version(version, '-V, --version', 'the version of this command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void out.write(text),
      writeErr: (text) => void err.write(text),
      // Said once, by the one who catches it, in the format that was asked for.
      outputError: () => {},
    })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', EXIT_CODES);
  addGlobalOptions(program);
  providersCommand(program, shell);
  simsCommand(program, shell);
  lifecycleCommand(program, shell);
  smsCommand(program, shell);
  batchesCommand(program, shell);
  ordersCommand(program, shell);
  usageCommand(program, shell);
  runsCommand(program, shell);
  operationsCommand(program, shell);
  callCommand(program, shell);
  doctorCommand(program, shell);
  initCommand(program, shell);
  adapterCommand(program, shell);
  sandboxCommand(program, shell);
  demoCommand(program, shell, run);
  return program;
}

import type { Command } from 'commander';
import type { Shell } from '../../shell/shell.js';
import { questionCommands } from './questions.js';
import { reportCommand } from './report.js';
import { syncCommand } from './sync.js';

/** `carrierkit usage`: what the SIMs have used, read into a ledger and reported from it. */
export function usageCommand(program: Command, shell: Shell): void {
  const usage = program.command('usage').description('what the SIMs have used');
  syncCommand(usage, shell);
  reportCommand(usage, shell);
  questionCommands(usage, shell);
}

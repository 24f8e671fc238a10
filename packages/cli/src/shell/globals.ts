import { inputError } from '@carrierkit/core';
import type { Command } from 'commander';
import { parseDuration } from '../input/duration.js';

/** What may stand before or after every command. */
export interface Globals {
  readonly config: string | null;
  readonly provider: string | null;
  /** As asked for; each command says which it has. */
  readonly format: string | null;
  readonly yes: boolean;
  readonly irreversible: boolean;
  readonly dryRun: boolean;
  /** Milliseconds; `true`: as long as the provider's own settings say; `null`: not at all. */
  readonly wait: number | true | null;
  readonly raw: boolean;
}

/** The ones that only some commands can honour. Silently ignored, `--dry-run` would be a write. */
export type Switch = 'provider' | 'yes' | 'irreversible' | 'dryRun' | 'wait' | 'raw';

const SWITCH_FLAGS: Readonly<Record<Switch, string>> = {
  provider: '--provider',
  yes: '--yes',
  irreversible: '--irreversible',
  dryRun: '--dry-run',
  wait: '--wait',
  raw: '--raw',
};

export function addGlobalOptions(program: Command): void {
  program
    .option('--config <file>', 'config file (default: carrierkit.config.yaml)')
    .option('--provider <id>', 'only this provider')
    .option('--format <format>', 'table, json, ndjson or csv (default: table on a terminal, else json)')
    .option('--yes', 'do what costs money or changes service without asking')
    .option('--irreversible', 'beside --yes, for what cannot be undone')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--wait [duration]', 'wait until accepted changes are done, at most for 30s, 5m, 1h')
    .option('--raw', "with the vendor's own objects");
}

export function readGlobals(options: Readonly<Record<string, unknown>>): Globals {
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : null);
  return {
    config: text('config'),
    provider: text('provider'),
    format: text('format'),
    yes: options['yes'] === true,
    irreversible: options['irreversible'] === true,
    dryRun: options['dryRun'] === true,
    wait: waitOf(options['wait']),
    raw: options['raw'] === true,
  };
}

function waitOf(given: unknown): Globals['wait'] {
  if (given === undefined) return null;
  return typeof given === 'string' && given !== '' ? parseDuration(given, '--wait') : true;
}

/** @throws `input` for one that the command cannot honour. `--yes` is harmless where nothing is asked. */
export function assertTaken(globals: Globals, taken: readonly Switch[], command: string): void {
  for (const name of Object.keys(SWITCH_FLAGS) as Switch[]) {
    const given = globals[name] !== null && globals[name] !== false;
    if (given && name !== 'yes' && !taken.includes(name))
      throw inputError(SWITCH_FLAGS[name], `'${command}' does not take it`);
  }
}

/** A word that is meant as a duration, be it a good one or not; ICCIDs are longer. */
const LIKE_DURATION = /^\d{1,9}[a-z]{0,9}$/i;

/** `--wait` takes a duration or nothing, but commander would take whatever word comes next: other words are kept away from it. */
export function withPlainWait(argv: readonly string[], takesValue: ReadonlySet<string>): string[] {
  const end = argv.indexOf('--');
  return argv.map((word, index) => {
    const next = argv[index + 1];
    const isOption = word === '--wait' && (end === -1 || index < end) && !takesValue.has(argv[index - 1] ?? '');
    return isOption && next !== undefined && !LIKE_DURATION.test(next) ? '--wait=' : word;
  });
}

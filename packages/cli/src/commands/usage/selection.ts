import { type Iccid, inputError, spellingsOf } from '@carrierkit/core';
import type { Ledger, ReportFilter } from '@carrierkit/usage';
import type { Command } from 'commander';
import { readIccid } from '../../input/iccids.js';
import { attributesOf, collect, oneOf } from '../../input/options.js';
import { type WindowOptions, windowOf } from '../../input/windows.js';
import type { Session } from '../../shell/session.js';

export const KINDS = ['data', 'sms', 'voice', 'other'] as const;

/** Which usage a question is about. */
export interface SelectionFlags extends WindowOptions {
  readonly timezone?: string;
  readonly kind?: readonly string[];
  readonly sim?: readonly string[];
  readonly account?: readonly string[];
  readonly tag?: readonly string[];
  readonly country?: readonly string[];
  readonly attribute?: readonly string[];
}

export function windowOptions(command: Command): Command {
  return command
    .option('--from <date>', 'first day')
    .option('--to <date>', 'the day after the last one')
    .option('--month <month>', 'a whole month, such as 2026-10');
}

export function selectionOptions(command: Command): Command {
  return windowOptions(command)
    .option('--timezone <zone>', "IANA name (default: the config's)")
    .option('--kind <kind...>', KINDS.join(', '), collect)
    .option('--sim <iccid...>', 'only these SIMs', collect)
    .option('--account <account...>', 'only these accounts', collect)
    .option('--tag <tag...>', 'only SIMs with one of these tags', collect)
    .option('--country <code...>', 'only usage in these countries (ISO alpha-2)', collect)
    .option('--attribute <name=value...>', 'only SIMs with these attributes', collect);
}

/** What every question to the ledger has in common. */
export async function selectionOf(session: Session, flags: SelectionFlags) {
  const { usage, facts } = await session.config();
  const timezone = flags.timezone ?? usage.timezone;
  return {
    ledger: await openLedger(session),
    window: await windowOf(flags, timezone),
    timezone,
    filter: await filterOf(session, flags),
    billingCycleDay: Object.fromEntries(
      Object.entries(facts).map(([id, { billingCycleDay }]) => [id, billingCycleDay]),
    ),
    clock: session.world.now,
  };
}

export async function openLedger(session: Session): Promise<Ledger> {
  const { usage } = await session.config();
  const library = await import('@carrierkit/usage');
  return library.openLedger(usage.ledger);
}

/** The provider of `--provider`, where the config has it. @throws `input` */
export async function onlyProvider(session: Session): Promise<{ readonly providers?: readonly [string] }> {
  const { provider } = session.globals;
  if (provider === null) return {};
  if (!(provider in (await session.config()).providers))
    throw inputError('--provider', `there is no provider '${provider}' in the config`);
  return { providers: [provider] };
}

async function filterOf(session: Session, flags: SelectionFlags): Promise<ReportFilter> {
  const { kind, sim, account, tag, country, attribute } = flags;
  return {
    ...(await onlyProvider(session)),
    ...(kind && { kinds: kind.map((word) => oneOf(word, KINDS, '--kind')) }),
    ...(sim && { sims: sim.flatMap((text) => spelt(readIccid(session, text, '--sim'))) }),
    ...(account && { accounts: account }),
    ...(tag && { tags: tag }),
    ...(country && { countries: country.map(countryOf) }),
    ...(attribute && { attributes: attributesOf(attribute) }),
  };
}

/** As typed, and with or without its check digit: as `sims list --iccid` takes it. */
function spelt(iccid: Iccid): readonly string[] {
  return [iccid, ...spellingsOf(iccid)];
}

/** A word that is no code would find nothing, and look like no usage. */
function countryOf(text: string): string {
  const code = text.toUpperCase();
  if (/^[A-Z]{2}$/.test(code)) return code;
  throw inputError('--country', 'expected two letters, such as DE (ISO 3166-1 alpha-2)');
}

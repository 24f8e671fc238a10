import { inputError, parseImsi, parseMsisdn, type SimChanges, type SimFilter, simStates } from '@carrierkit/core';
import type { Command } from 'commander';
import { readIccid } from '../input/iccids.js';
import { attributesOf, collect, oneOf, wholeNumber } from '../input/options.js';
import { readSim } from '../shell/read-sim.js';
import { named, type Session } from '../shell/session.js';
import type { Shell } from '../shell/shell.js';
import { showList } from '../shell/show-list.js';
import { waitFor } from '../shell/wait-for.js';
import { showResult } from '../shell/write-result.js';
import { simView } from '../views/sim-view.js';

interface ListOptions {
  readonly state?: readonly string[];
  readonly tag?: readonly string[];
  readonly iccid?: readonly string[];
  readonly msisdn?: string;
  readonly imsi?: string;
  readonly label?: string;
  readonly account?: string;
  readonly attribute?: readonly string[];
  readonly limit?: number;
}

interface UpdateOptions {
  readonly label?: string;
  readonly tag?: readonly string[];
  readonly tags: boolean;
  readonly attribute?: readonly string[];
}

/** `carrierkit sims`: the inventory. */
export function simsCommand(program: Command, shell: Shell): void {
  const sims = program.command('sims').description('list, read and label SIMs');
  sims
    .command('list')
    .description('SIMs of all providers, or of those that fit')
    .option('--state <state...>', `any of ${simStates.join(', ')}`, collect)
    .option('--tag <tag...>', 'has all of these tags', collect)
    .option('--iccid <iccid...>', 'any of these', collect)
    .option('--msisdn <+number>', 'has this number')
    .option('--imsi <imsi>', 'has this IMSI')
    .option('--label <label>', 'has exactly this label')
    .option('--account <account>', 'belongs to this account')
    .option('--attribute <name=value...>', 'has all of these attributes', collect)
    .option('--limit <number>', 'at most so many', wholeNumber)
    .action((options: ListOptions, command: Command) =>
      shell.perform(command, ['provider', 'raw'], async (session) => {
        const filter = filterOf(session, options);
        const { inventory } = await session.fleet();
        return showList(session, {
          open: (merge) => inventory.list(filter, merge),
          view: simView,
          from: await session.providers(),
          ...(options.limit !== undefined && { limit: options.limit }),
        });
      }),
    );
  sims
    .command('get')
    .description('one SIM as it is now')
    .argument('<iccid>')
    .action((iccid: string, _: unknown, command: Command) =>
      shell.perform(command, ['provider', 'raw'], async (session) => {
        await session.output.one(await readSim(session, readIccid(session, iccid)), simView);
        return 0;
      }),
    );
  sims
    .command('update')
    .description('change label, tags or attributes; lists replace what was there')
    .argument('<iccid...>')
    .option('--label <label>', "'' clears it")
    .option('--tag <tag...>', 'the SIM has these tags afterwards', collect)
    .option('--no-tags', 'the SIM has no tags afterwards')
    .option('--attribute <name=value...>', 'the SIM has these attributes afterwards', collect)
    .action((iccids: readonly string[], options: UpdateOptions, command: Command) =>
      shell.perform(command, ['provider', 'wait'], async (session) => {
        const changes = changesOf(options);
        const targets = iccids.map((iccid) => readIccid(session, iccid));
        const { inventory } = await session.fleet();
        const sims = targets.map((iccid) => ({ iccid, ...named(session.globals) }));
        const outcomes = await inventory.update({ sims, changes }, { signal: session.world.signal });
        return showResult(session, { runId: null, finished: true, outcomes: await waitFor(session, outcomes) });
      }),
    );
}

function filterOf(session: Session, options: ListOptions): SimFilter {
  const { state, tag, iccid, msisdn, imsi, label, account, attribute } = options;
  const { provider } = session.globals;
  return {
    ...(provider !== null && { providers: [provider] }),
    ...(state && { states: state.map((word) => oneOf(word, simStates, '--state')) }),
    ...(tag && { tags: tag }),
    ...(iccid && { iccids: iccid.map((text) => readIccid(session, text, '--iccid')) }),
    ...(msisdn !== undefined && { msisdn: parseMsisdn(msisdn, { path: '--msisdn' }) }),
    ...(imsi !== undefined && { imsi: parseImsi(imsi, { path: '--imsi' }) }),
    ...(label !== undefined && { label }),
    ...(account !== undefined && { account }),
    ...(attribute && { attributes: attributesOf(attribute) }),
  };
}

function changesOf({ label, tag, tags, attribute }: UpdateOptions): SimChanges {
  const changes: SimChanges = {
    ...(label !== undefined && { label }),
    ...(!tags && { tags: [] }),
    ...(tag && { tags: tag }),
    ...(attribute && { attributes: attributesOf(attribute) }),
  };
  if (Object.keys(changes).length > 0) return changes;
  throw inputError('', 'say what to change: --label, --tag, --no-tags or --attribute');
}

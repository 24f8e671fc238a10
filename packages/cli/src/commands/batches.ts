import { type BatchCheck, ConnectivityError } from '@carrierkit/core';
import type { Command } from 'commander';
import { oneOf } from '../input/options.js';
import type { View } from '../output/view.js';
import { assertConsent } from '../shell/consent.js';
import { showPlan } from '../shell/run-job.js';
import { named, type Session } from '../shell/session.js';
import type { Shell } from '../shell/shell.js';
import { waitFor } from '../shell/wait-for.js';
import { showResult } from '../shell/write-result.js';

const STATES = ['inventory', 'active', 'test'] as const;

const checkView: View<BatchCheck> = [
  { name: 'provider', value: ({ provider }) => provider },
  { name: 'code', value: ({ code }) => code },
  {
    name: 'registrable',
    value: ({ registrable }) => registrable,
    tone: (check) => (check.registrable ? 'good' : 'bad'),
  },
  { name: 'quantity', value: ({ quantity }) => quantity },
  { name: 'reason', value: ({ reason }) => reason },
];

/** `carrierkit batches`: new SIMs by the code on their box. */
export function batchesCommand(program: Command, shell: Shell): void {
  const batches = program.command('batches').description('take in new SIMs by the code on their box (emnify: BIC)');
  batches
    .command('validate')
    .description('ask whether a code can be registered; changes nothing')
    .argument('<code>')
    .action((code: string, _: unknown, command: Command) =>
      shell.perform(command, ['provider'], async (session) => {
        await session.output.one(await validate(session, code), checkView);
        return 0;
      }),
    );
  batches
    .command('register')
    .description('take the SIMs of a code into the account, for good')
    .argument('<code>')
    .option('--state <state>', `their state: ${STATES.join(', ')}`, 'inventory')
    .action((code: string, options: { readonly state: string }, command: Command) =>
      shell.perform(command, ['provider', 'dryRun', 'wait'], async (session) => {
        const state = oneOf(options.state, STATES, '--state');
        if (session.globals.dryRun) return lookAhead(session, code);
        await assertConsent(session, async () => {
          const { quantity } = await validate(session, code);
          return `Register ${quantity ?? 'the'} SIMs of ${code} as ${state}? (cannot be undone)`;
        });
        const { inventory } = await session.fleet();
        const batch = { code, state, ...named(session.globals) };
        const { outcomes } = await inventory.batches.register(batch, { signal: session.world.signal });
        return showResult(session, { runId: null, finished: true, outcomes: await waitFor(session, outcomes) });
      }),
    );
}

async function validate(session: Session, code: string): Promise<BatchCheck> {
  const { inventory } = await session.fleet();
  return inventory.batches.validate({ code, ...named(session.globals) }, { signal: session.world.signal });
}

async function lookAhead(session: Session, code: string) {
  const { provider, registrable, quantity, reason } = await validate(session, code);
  const items = registrable ? (quantity ?? 0) : 0;
  const problem = new ConnectivityError('conflict', `${code} cannot be registered: ${reason ?? 'no reason was told'}`, {
    provider,
  });
  return showPlan(session, {
    items,
    problems: registrable ? [] : [problem.toJSON()],
    irreversible: items,
    billing: [],
    calls: registrable ? { [provider]: 1 } : {},
  });
}

import { type Delivery, formatMsisdn, type SmsSegments, smsSegments } from '@carrierkit/core';
import type { Command } from 'commander';
import { recipientItems } from '../input/items.js';
import { collect } from '../input/options.js';
import { readRef } from '../input/refs.js';
import { type RunFlags, runOptions, runSettings } from '../input/run-options.js';
import type { View } from '../output/view.js';
import { runJob } from '../shell/run-job.js';
import { named } from '../shell/session.js';
import type { Shell } from '../shell/shell.js';
import { sendOutcomeView } from '../views/outcome-view.js';
import { refText } from '../views/ref-text.js';

interface SendOptions extends RunFlags {
  readonly to?: readonly string[];
  readonly file?: string;
  readonly text: string;
  readonly from?: string;
}

const segmentsView: View<SmsSegments> = [
  { name: 'encoding', value: ({ encoding }) => encoding },
  { name: 'segments', value: ({ segments }) => segments },
  { name: 'units', value: ({ units }) => units },
  { name: 'perSegment', value: ({ perSegment }) => perSegment },
  { name: 'remaining', value: ({ remaining }) => remaining },
  { name: 'unsupported', value: ({ unsupported }) => unsupported.join(' ') },
];

const deliveryView: View<Delivery> = [
  { name: 'message', value: ({ message }) => refText(message), whole: true },
  { name: 'iccid', value: ({ to }) => to.iccid, whole: true },
  { name: 'msisdn', value: ({ to }) => to.msisdn && formatMsisdn(to.msisdn) },
  { name: 'direction', value: ({ direction }) => direction },
  { name: 'state', value: ({ state }) => state.value, whole: true },
  { name: 'vendorState', value: ({ state }) => state.raw },
  { name: 'submittedAt', value: ({ submittedAt }) => submittedAt },
];

/** `carrierkit sms`: short messages. */
export function smsCommand(program: Command, shell: Shell): void {
  const sms = program.command('sms').description('short messages');
  sms
    .command('segments')
    .description('count the messages that a text takes, and tell its encoding')
    .argument('<text>')
    .action((text: string, _: unknown, command: Command) =>
      shell.perform(command, [], async ({ output }) => {
        await output.one(smsSegments(text), segmentsView);
        return 0;
      }),
    );
  runOptions(sms.command('send'))
    .description('send a text to SIMs or numbers')
    .option('--to <recipient...>', 'ICCIDs, or numbers that begin with +', collect)
    .option('--file <file>', 'recipients of a file, one a line; - reads standard input')
    .requiredOption('--text <text>', 'what to send')
    .option('--from <sender>', 'who it is from, where the vendor lets one choose')
    .action(({ to, file, text, from, ...flags }: SendOptions, command: Command) =>
      shell.perform(command, ['provider', 'dryRun'], async (session) => {
        const recipients = recipientItems(session, { ...(to && { words: to }), ...(file !== undefined && { file }) });
        const { segments } = smsSegments(text);
        const each = segments === 1 ? 'a message' : `${segments} messages each`;
        return runJob(session, {
          job: () => ({
            type: 'send',
            to: recipients.read(),
            text,
            ...(from !== undefined && { from }),
            ...named(session.globals),
          }),
          placeOf: recipients.placeOf,
          question: ({ items }) => `Send ${each} to ${items} recipients?`,
          view: sendOutcomeView,
          ...runSettings(flags),
        });
      }),
    );
  sms
    .command('status')
    .description('what became of a message')
    .argument('<provider:id>')
    .action((text: string, _: unknown, command: Command) =>
      shell.perform(command, ['raw'], async (session) => {
        const ref = await readRef(session, text);
        const { messaging } = await session.fleet();
        await session.output.list(await messaging.delivery(ref, { signal: session.world.signal }), deliveryView);
        return 0;
      }),
    );
}

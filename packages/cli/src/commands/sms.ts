import { type SmsSegments, smsSegments } from '@carrierkit/core';
import type { Command } from 'commander';
import type { View } from '../output/view.js';
import type { Shell } from '../shell/shell.js';

const segmentsView: View<SmsSegments> = [
  { name: 'encoding', value: ({ encoding }) => encoding },
  { name: 'segments', value: ({ segments }) => segments },
  { name: 'units', value: ({ units }) => units },
  { name: 'perSegment', value: ({ perSegment }) => perSegment },
  { name: 'remaining', value: ({ remaining }) => remaining },
  { name: 'unsupported', value: ({ unsupported }) => unsupported.join(' ') },
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
}

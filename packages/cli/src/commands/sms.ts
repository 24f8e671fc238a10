import { smsSegments } from '@carrierkit/core';
import type { Command } from 'commander';

/** `carrierkit sms segments`: how many messages a text costs (3GPP TS 23.038). */
export function smsCommand(program: Command): void {
  const sms = program.command('sms').description('SMS');
  sms
    .command('segments')
    .description('count the messages that a text takes, and tell its encoding')
    .argument('<text>')
    .action((text: string) => {
      process.stdout.write(`${JSON.stringify(smsSegments(text))}\n`);
    });
}

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Sandbox } from '@carrierkit/sandbox';
import type { Command } from 'commander';
import { wholeNumber } from '../input/options.js';
import type { Shell } from '../shell/shell.js';
import { untilAborted } from '../shell/until-aborted.js';

interface Options {
  readonly port: number;
  readonly sims: number;
  readonly days: number;
  readonly seed: number;
  readonly limits: boolean;
  readonly now?: string;
  readonly writeConfig?: string;
}

/** `carrierkit sandbox`: plays the three vendors on 127.0.0.1 until it is stopped; prints one JSON line when it is ready. */
export function sandboxCommand(program: Command, shell: Shell): void {
  program
    .command('sandbox')
    .description('play the three vendors on localhost')
    .option('--port <number>', 'port on 127.0.0.1; 0 takes any free one', wholeNumber, 4010)
    .option('--sims <number>', 'SIMs in all, a third for each vendor', wholeNumber, 300)
    .option('--days <number>', 'days before the start that have usage', wholeNumber, 60)
    .option('--seed <number>', 'same seed, same answers', wholeNumber, 1)
    .option('--no-limits', "switch the vendors' rate limits off")
    .option('--now <instant>', 'where its clock starts, for example 2026-10-01T00:00:00Z')
    .option('--write-config <file>', 'write a config that names the three vendors emea, iot and staff')
    .action((options: Options, command: Command) =>
      shell.perform(command, [], async ({ output, world }) => {
        const { port, sims, days, seed, limits, now, writeConfig } = options;
        const { createSandbox } = await import('@carrierkit/sandbox');
        const sandbox = await createSandbox({ port, sims, days, seed, limits, ...(now !== undefined && { now }) });
        try {
          if (writeConfig !== undefined)
            writeFileSync(resolve(world.folder, writeConfig), configOf(sandbox), { mode: 0o600 });
          await output.text(`${JSON.stringify({ ready: true, baseUrl: sandbox.baseUrl, pid: process.pid })}\n`);
          await untilAborted(world.signal);
        } finally {
          await sandbox.close();
        }
        return 0;
      }),
    );
}

/** Credentials of the sandbox are public, and accepted as literals because the base URLs are loopback. */
export function configOf({ info }: Pick<Sandbox, 'info'>): string {
  const { baseUrls, credentials, senders } = info;
  const text = (value: string | undefined) => JSON.stringify(value ?? '');
  return `providers:
  emea:
    adapter: truphone
    baseUrl: ${text(baseUrls.truphone)}
    token: ${text(credentials.truphone?.['token'])}
  iot:
    adapter: emnify
    baseUrl: ${text(baseUrls.emnify)}
    applicationToken: ${text(credentials.emnify?.['applicationToken'])}
  staff:
    adapter: subscriptions
    baseUrl: ${text(baseUrls.subscriptions)}
    clientId: ${text(credentials.subscriptions?.['clientId'])}
    clientSecret: ${text(credentials.subscriptions?.['clientSecret'])}
    sender: ${text(senders[0])}
`;
}

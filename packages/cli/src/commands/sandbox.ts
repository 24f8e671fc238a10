import { writeFileSync } from 'node:fs';
import { createSandbox } from '@carrierkit/sandbox';
import { type Command, InvalidArgumentError } from 'commander';

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
export function sandboxCommand(program: Command): void {
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
    .action(async (options: Options) => {
      const { port, sims, days, seed, limits, now, writeConfig } = options;
      const sandbox = await createSandbox({ port, sims, days, seed, limits, ...(now !== undefined && { now }) });
      if (writeConfig !== undefined) writeFileSync(writeConfig, configOf(sandbox.baseUrl), { mode: 0o600 });
      process.stdout.write(`${JSON.stringify({ ready: true, baseUrl: sandbox.baseUrl, pid: process.pid })}\n`);
      const stop = () => void sandbox.close().then(() => process.exit(0));
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
    });
}

/** Credentials of the sandbox are public, and accepted as literals because the base URLs are loopback. */
export function configOf(baseUrl: string): string {
  return `providers:
  emea:
    adapter: truphone
    baseUrl: ${baseUrl}/truphone
    token: "0123456789abcdef0123456789abcdef01234567"
  iot:
    adapter: emnify
    baseUrl: ${baseUrl}/emnify
    applicationToken: sandbox-application-token
  staff:
    adapter: subscriptions
    baseUrl: ${baseUrl}/subscriptions
    clientId: sandbox-client
    clientSecret: sandbox-secret
`;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

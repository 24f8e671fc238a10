import { parseLossless, type Reply, redactMembers } from '@carrierkit/adapter-kit';
import { inputError, type Json, type WriteOptions } from '@carrierkit/core';
import type { Command } from 'commander';
import { builtInAdapters } from '../adapters.js';
import type { View } from '../output/view.js';
import type { Session } from '../shell/session.js';
import type { Shell } from '../shell/shell.js';

type Answer = Pick<Reply<unknown>, 'status' | 'data'>;
type VendorCall = (input: unknown, options: WriteOptions) => Promise<Reply<unknown>>;

/** No command prints these, whichever vendor calls them so. */
const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  ...['pin', 'pin1', 'pin2', 'puk', 'puk1', 'puk2'],
  ...['activation_code', 'confirmation_code', 'matching_id', 'lpa', 'qr_code'],
  ...['token', 'access_token', 'auth_token', 'refresh_token', 'mfa_token', 'application_token'],
  ...['password', 'client_secret'],
]);

const view: View<Answer> = [
  { name: 'status', value: ({ status }) => status },
  { name: 'data', value: ({ data }) => JSON.stringify(data, null, 2) },
];

/** `carrierkit call`: one vendor operation as the vendor documents it, with our authentication, limits and retries. */
export function callCommand(program: Command, shell: Shell): void {
  program
    .command('call')
    .description(
      "make one vendor call; PINs, PUKs and tokens of the answer are not shown ('operations' lists the calls)",
    )
    .argument('<provider>')
    .argument('<operation>')
    .option('--params <json>', "path, query and header values by the vendor's names, and body")
    .action((provider: string, operation: string, { params = '{}' }: { readonly params?: string }, command: Command) =>
      shell.perform(command, [], async (session) => {
        const input = readParams(params);
        const call = await findCall(session, provider, operation);
        const { status, data } = await call(input, { signal: session.world.signal });
        if (isStream(data)) await showStream(session, status, data);
        else await session.output.one({ status, data: redactMembers(data as Json, SECRET_MEMBERS) }, view);
        return 0;
      }),
    );
}

/** Long numbers stay as they are written: ICCIDs have more digits than a number keeps. */
function readParams(text: string): Json {
  try {
    return parseLossless(text);
  } catch {
    throw inputError('--params', 'is not valid JSON; in a shell, put it into single quotes');
  }
}

async function findCall(session: Session, provider: string, operation: string): Promise<VendorCall> {
  const { client, adapter } = (await session.fleet()).provider(provider);
  const calls = client as Readonly<Record<string, VendorCall>>;
  const found = Object.hasOwn(calls, operation) ? calls[operation] : undefined;
  if (found) return found;
  const isOurs = (await builtInAdapters()).some((one) => one.adapter.name === adapter);
  const hint = isOurs ? "'carrierkit operations' lists them" : `it has ${Object.keys(calls).join(', ')}`;
  throw inputError('OPERATION', `${adapter} has no operation '${operation}'; ${hint}`);
}

function isStream(data: unknown): data is AsyncIterable<string> {
  return typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
}

/** Reports of any size: passed on as they arrive, in JSON as one long text. */
async function showStream({ output }: Session, status: number, data: AsyncIterable<string>): Promise<void> {
  if (output.format !== 'json') {
    for await (const piece of data) await output.text(piece);
    return;
  }
  await output.text(`{"status":${status},"data":"`);
  try {
    for await (const piece of data) await output.text(JSON.stringify(piece).slice(1, -1));
  } finally {
    await output.text('"}\n');
  }
}

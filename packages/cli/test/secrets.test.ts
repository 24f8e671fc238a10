import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createSandbox } from '@carrierkit/sandbox';
import { afterAll, expect, test } from 'vitest';
import { configOf } from '../src/commands/sandbox.js';
import { Workplace } from './support/cli.js';

const sandbox = await createSandbox({ sims: 60, days: 40, limits: false });
const place = new Workplace();
afterAll(async () => {
  place.remove();
  await sandbox.close();
});

const control = async (path: string, body?: unknown) => {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return (await fetch(`${sandbox.baseUrl}/_sandbox/${path}`, init)).json();
};
const text = 'Meet me at the dock, code 48151623';

/** Everything that the command wrote below a folder: not the configs and the order, which it was given. */
function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (!/\.(?:yaml|json)$/.test(entry.name)) yield path;
  }
}

test('no output and no file shows a token, PIN, PUK or message text, whatever goes wrong', async () => {
  place.write('carrierkit.config.yaml', configOf(sandbox));
  place.write('wrong.yaml', configOf(sandbox).replace('sandbox-application-token', 'not-the-token-73650'));
  const sims = (await control('sims')) as readonly { adapter: string; iccid: string; state: string }[];
  const active = ['ACTIVE', 'Activated', 'active'].map(
    (state) => sims.filter((sim) => sim.state === state).at(-1)!.iccid,
  );
  const to = active.flatMap((iccid) => ['--to', iccid]);
  const iccids = active.flatMap((iccid) => ['--iccid', iccid]);
  const { accounts, templates } = sandbox.info;
  const subscriber = { firstName: 'Ada', lastName: 'Unlikely', email: 'ada.unlikely@example.com' };
  const delivery = { by: 'email', to: ['ada.unlikely@example.com'] };
  place.write(
    'order.json',
    JSON.stringify({ type: 'activate', account: accounts[0], template: templates[0], subscriber, delivery }),
  );

  const outputs: string[] = [];
  const run = async (...args: readonly string[]) => {
    const { out, err } = await place.run(args, { env: { CARRIERKIT_DEBUG: '1' } });
    outputs.push(`${args.slice(0, 2).join(' ')}\n${out}\n${err}`);
  };
  const month = ['--month', new Date().toISOString().slice(0, 7)];
  const everything = async () => {
    await run('providers');
    await run('doctor');
    await run('doctor', '--config', 'wrong.yaml');
    await run('sims', 'list', '--raw');
    await run('sims', 'list', '--config', 'wrong.yaml');
    for (const iccid of active) await run('sims', 'get', iccid, '--raw');
    await run('lifecycle', 'set', 'suspended', ...iccids, '--yes');
    await run('lifecycle', 'set', 'active', ...iccids, '--yes', '--wait', '5s');
    await run('sms', 'send', ...to, '--text', text, '--yes');
    await run('orders', 'place', 'order.json', '--yes');
    await run('orders', 'list', '--raw');
    await run('batches', 'register', sandbox.info.bics.valid[0]!, '--yes');
    await run('call', 'staff', 'listSubscriptions', '--params', '{"limit":5}');
    await run('call', 'emea', 'listSimCards', '--params', '{"per_page":5}');
    await run('usage', 'sync', ...month);
    await run('usage', 'report', ...month, '--out', 'report.html');
    await run('runs', 'list');
  };

  await everything();
  // Texts are refused, after their effect, and the answer repeats what was sent.
  const echo = {
    kind: 'status',
    status: 400,
    when: 'after',
    body: JSON.stringify({ message: `bad ${text}` }),
    times: 9,
  };
  for (const operationId of ['sendSms', 'sendEndpointSms', 'sendMessage'])
    await control('faults', { ...echo, operationId });
  await everything();
  for (const fault of [{ kind: 'status', status: 500 }, { kind: 'drop' }, { kind: 'truncate' }, { kind: 'bad-token' }])
    await control('faults', { ...fault, when: 'after', times: 15, probability: 0.3 });
  await everything();

  // A run that was given up keeps its inputs for a resume, and lets go of them when it is done.
  await fetch(`${sandbox.baseUrl}/_sandbox/faults`, { method: 'DELETE' });
  for (const { runId, finished } of (await place.run(['runs', 'list'])).json<{ runId: string; finished: boolean }[]>())
    if (!finished) await run('runs', 'resume', runId, '--yes');

  const secrets = (await control('secrets')) as readonly string[];
  const searched = [...secrets, text, 'not-the-token-73650'];
  expect(searched.length).toBeGreaterThan(50);
  const found = [
    ...outputs.flatMap((output) =>
      searched.filter((secret) => output.includes(secret)).map((secret) => `${secret} in ${output.split('\n', 1)[0]}`),
    ),
    ...[...filesBelow(place.folder)].flatMap((file) => {
      const content = readFileSync(file).toString('latin1');
      // A run that a carrier's bad day left unfinished still needs its inputs, texts among them: for its owner's eyes only.
      const inputs = file.endsWith('inputs.jsonl') && (statSync(file).mode & 0o077) === 0;
      const wrong = inputs ? searched.filter((secret) => !content.includes(text) || !text.includes(secret)) : searched;
      return wrong.filter((secret) => content.includes(secret)).map((secret) => `${secret} in ${file}`);
    }),
  ];
  expect(found).toEqual([]);
}, 180_000);

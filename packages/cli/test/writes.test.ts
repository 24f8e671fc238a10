import type { Sandbox } from '@carrierkit/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pairConfig, startSandbox, Workplace } from './support/cli.js';
import { control, simsOf } from './support/control.js';

interface Result {
  readonly runId: string | null;
  readonly finished: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly outcomes: readonly {
    readonly item?: number;
    readonly provider: string | null;
    readonly iccid?: string;
    readonly status: string;
    readonly to?: unknown;
    readonly message?: { readonly provider: string; readonly id: string };
    readonly order?: { readonly provider: string; readonly id: string };
    readonly error?: { readonly kind: string };
  }[];
}
interface Effect {
  readonly operationId: string;
  readonly subject: readonly string[];
}

let sandbox: Sandbox;
let place: Workplace;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await control(sandbox, 'reset', {});
  place = new Workplace();
  place.write('carrierkit.config.yaml', pairConfig(sandbox));
});
afterEach(() => place.remove());

const effects = () => control<readonly Effect[]>(sandbox, 'effects');
const iccids = async (state: string, count: number) =>
  (await simsOf(sandbox, 'emnify', state)).slice(0, count).map(({ iccid }) => iccid);

describe('lifecycle', () => {
  it('tells how a SIM gets to a state, and changes nothing', async () => {
    const [iccid] = await iccids('Issued', 1);
    const { code, json } = await place.run(['lifecycle', 'plan', iccid!, 'suspended']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      from: 'inventory',
      to: 'suspended',
      legal: false,
      path: ['inventory', 'active', 'suspended'],
      steps: [
        { from: 'inventory', to: 'active' },
        { from: 'active', to: 'suspended', reversible: true },
      ],
    });
    expect(await effects()).toEqual([]);
  });

  it('asks before it changes service, and does nothing where nobody can be asked', async () => {
    const [iccid] = await iccids('Activated', 1);
    const command = ['lifecycle', 'set', 'suspended', '--iccid', iccid!];
    const silent = await place.run(command);
    expect(silent).toMatchObject({ code: 2, out: '' });
    expect(silent.error()).toMatchObject({ kind: 'input', details: { issues: [{ path: '--yes' }] } });
    const refused = await place.run(command, { answer: false });
    expect(refused.code).toBe(1);
    expect(place.questions[0]).toContain('Set 1 SIMs to suspended?');
    expect(place.questions[0]).toContain('billed to the end of the month');
    expect(await effects()).toEqual([]);
    expect((await place.run(command, { answer: true })).code).toBe(0);
    expect(await effects()).toMatchObject([{ operationId: 'updateSim', subject: [iccid] }]);
  });

  it('says with --dry-run what it would do', async () => {
    const file = place.write('sims.txt', [...(await iccids('Activated', 3)), 'rubbish', ''].join('\n'));
    const { code, json } = await place.run(['--dry-run', 'lifecycle', 'set', 'suspended', '--file', file]);
    expect(code).toBe(3);
    expect(json()).toMatchObject({
      items: 3,
      problems: [{ kind: 'input', message: expect.stringContaining('sims.txt line 4: ') }],
      irreversible: 0,
      billing: [expect.any(String)],
      calls: { iot: 3 },
    });
    expect(await effects()).toEqual([]);
  });

  it('gives one outcome an item in the order of the input, and 3 where some failed', async () => {
    const active = await iccids('Activated', 2);
    const suspended = await iccids('Suspended', 1);
    const issued = await iccids('Issued', 1);
    const mistyped = active[0]!.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    const file = place.write(
      'sims.txt',
      `# a comment\n${[...active, ...suspended, ...issued].join('\r\n')}\n+4912345678\n${active[0]};Lamp\n${mistyped}\n`,
    );
    const run = await place.run(['lifecycle', 'set', 'suspended', '--yes', '--file', file, '--run', 'night-1']);
    expect(run.code).toBe(3);
    const result = run.json<Result>();
    expect(result).toMatchObject({
      runId: 'night-1',
      finished: true,
      counts: { applied: 2, unchanged: 1, accepted: 0, failed: 4, unknown: 0 },
    });
    expect(result.outcomes.map(({ item, status }) => [item, status])).toEqual([
      [0, 'applied'],
      [1, 'applied'],
      [2, 'unchanged'],
      [3, 'failed'],
      [4, 'failed'],
      [5, 'failed'],
      [6, 'failed'],
    ]);
    expect(result.outcomes[3]?.error?.kind).toBe('illegal-transition');
    expect(result.outcomes[4]?.error).toMatchObject({ message: expect.stringContaining('sims.txt line 6: ') });
    // Said before anything was done, also where nobody is asked.
    const told = run.err
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { warning: { message: string } }).warning.message);
    expect(told).toEqual([
      expect.stringMatching(/^left out: .*sims\.txt line 6: /),
      expect.stringMatching(/^left out: .*sims\.txt line 7: .*give the column of ICCIDs only$/),
      expect.stringMatching(/^left out: .*sims\.txt line 8: .* is not its check digit/),
    ]);
    expect((await effects()).map(({ subject }) => subject[0]).sort()).toEqual([...active].sort());
    const shown = await place.run(['runs', 'show', 'night-1']);
    expect(shown.code).toBe(0);
    expect(shown.json<Result>()).toMatchObject({ runId: 'night-1', finished: true, counts: result.counts });
    expect((await place.run(['runs', 'list'])).json()).toMatchObject([{ runId: 'night-1', finished: true }]);
    const again = await place.run(['lifecycle', 'set', 'suspended', '--yes', '--file', file, '--run', 'night-1']);
    expect(again.code).toBe(1);
    expect(again.error().kind).toBe('conflict');
    expect(await effects()).toHaveLength(2);
  });

  it('ends SIMs only with --irreversible', async () => {
    const [iccid] = await iccids('Issued', 1);
    const command = ['lifecycle', 'set', 'retired', '--yes', '--iccid', iccid!];
    const run = await place.run(command);
    expect(run.code).toBe(2);
    expect(run.error()).toMatchObject({ details: { issues: [{ path: '--irreversible' }] } });
    expect(await effects()).toEqual([]);
    expect((await place.run([...command, '--irreversible'])).code).toBe(0);
    expect(await effects()).toMatchObject([{ operationId: 'deleteSim', subject: [iccid] }]);
  });

  it.each([
    [['lifecycle', 'set', 'suspended', '--yes']],
    [['lifecycle', 'set', 'blocked', '--iccid', '8988303000000000007', '--yes']],
    [['lifecycle', 'set', 'active', '--iccid', '12345', '--yes']],
    [['lifecycle', 'set', 'active', '--file', 'not-there.txt', '--yes']],
    [['lifecycle', 'set', 'active', '--wait', '30', '--iccid', '89883030000000000015', '--yes']],
    [['lifecycle', 'services', '--iccid', '89883030000000000015', '--yes']],
    [['lifecycle', 'services', '--iccid', '89883030000000000015', '--enable', 'data', '--disable', 'data', '--yes']],
    [['orders', 'get', 'nobody:1']],
    [['orders', 'get', 'order-1']],
    [['orders', 'place', 'not-there.yaml', '--yes']],
    [['runs', 'resume', 'no-such-run', '--yes']],
  ])('ends with 2 before anything is asked for %j', async (args) => {
    const run = await place.run(args);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(await effects()).toEqual([]);
  });

  it('keeps with --wait what the vendor said afterwards', async () => {
    const [iccid] = (await simsOf(sandbox, 'subscriptions', 'active')).map(({ iccid }) => iccid);
    const command = ['lifecycle', 'set', 'suspended', '--provider', 'staff', '--yes', '--iccid', iccid!];
    const counts = async () => (await place.run(['runs', 'list'])).json<readonly Result[]>().at(-1)?.counts;
    expect((await place.run([...command, '--run', 'late'])).json<Result>().counts).toMatchObject({ accepted: 1 });
    expect(await counts()).toMatchObject({ accepted: 1, applied: 0 });
    expect((await place.run(['runs', 'show', 'late', '--wait', '30s'])).json<Result>().counts).toMatchObject({
      applied: 1,
    });
    expect(await counts()).toMatchObject({ accepted: 0, applied: 1 });
  });

  it('takes --wait for itself and leaves the next word alone', async () => {
    const [iccid] = await iccids('Activated', 1);
    const run = await place.run(['lifecycle', 'set', '--yes', '--wait', 'suspended', '--iccid', iccid!]);
    expect(run.json<Result>().counts['applied']).toBe(1);
  });
});

describe('sms', () => {
  it('sends to SIMs and numbers and reads what became of it', async () => {
    const [sim] = (await place.run(['sims', 'list', '--state', 'active', '--provider', 'iot'])).json<
      { iccid: string; msisdns: string[] }[]
    >();
    const run = await place.run(['sms', 'send', '--to', sim!.iccid, '--text', 'hello', '--yes']);
    const { outcomes, runId } = run.json<Result>();
    expect(run.code).toBe(0);
    expect(outcomes).toMatchObject([{ item: 0, provider: 'iot', status: 'accepted', to: { sim: sim!.iccid } }]);
    expect(runId).toMatch(/^\d{8}-\d{6}-[0-9a-z]{6}$/);
    sandbox.advance(5000);
    const { provider, id } = outcomes[0]!.message!;
    const status = await place.run(['sms', 'status', `${provider}:${id}`]);
    expect(status.json()).toMatchObject([{ state: { value: 'delivered' }, to: { iccid: sim!.iccid } }]);
    const number = await place.run([
      'sms',
      'send',
      '--to',
      `+${sim!.msisdns[0]}`,
      '--provider',
      'iot',
      '--text',
      'x',
      '--yes',
    ]);
    expect(number.json<Result>()).toMatchObject({
      outcomes: [{ status: 'accepted', to: { msisdn: sim!.msisdns[0] } }],
    });
  });

  it('takes no number without its plus: it may be a national one', async () => {
    place.write('numbers.txt', '447700900123\n');
    const run = await place.run(['sms', 'send', '--file', 'numbers.txt', '--provider', 'iot', '--text', 'x', '--yes']);
    expect(run.code).toBe(1);
    expect(run.json<Result>().outcomes).toMatchObject([
      {
        status: 'failed',
        error: { message: expect.stringMatching(/line 1 \(sim.iccid\): .* telephone number, which begins with \+$/) },
      },
    ]);
    expect(await effects()).toEqual([]);
  });

  it('never sends twice where the answer is lost, and says that it does not know', async () => {
    const [sim] = (await place.run(['sims', 'list', '--state', 'active', '--provider', 'staff'])).json<
      { iccid: string }[]
    >();
    await control(sandbox, 'faults', {
      adapter: 'subscriptions',
      operationId: 'sendMessage',
      kind: 'drop',
      when: 'after',
    });
    const run = await place.run(['sms', 'send', '--to', sim!.iccid, '--text', 'hello', '--yes']);
    expect(run.code).toBe(3);
    expect(run.json<Result>()).toMatchObject({ counts: { unknown: 1 }, outcomes: [{ status: 'unknown' }] });
    expect(await effects()).toHaveLength(1);
  });

  it('counts segments', async () => {
    expect((await place.run(['sms', 'segments', 'Grüße'])).json()).toMatchObject({ encoding: 'GSM-7', segments: 1 });
  });
});

describe('batches', () => {
  it('validates and registers, and reads the SIMs back', async () => {
    const { valid, registered } = sandbox.info.bics;
    expect((await place.run(['batches', 'validate', valid[0]!])).json()).toMatchObject({
      provider: 'iot',
      code: valid[0],
      registrable: true,
    });
    expect((await place.run(['batches', 'validate', registered])).json()).toMatchObject({
      registrable: false,
      reason: 'already-registered',
    });
    const ahead = await place.run(['batches', 'register', valid[0]!, '--dry-run']);
    expect(await effects()).toEqual([]);
    const run = await place.run(['batches', 'register', valid[0]!, '--yes']);
    const { runId, counts, outcomes } = run.json<Result>();
    expect({ code: run.code, runId }).toEqual({ code: 0, runId: null });
    expect(counts['applied']).toBe(ahead.json<{ items: number }>().items);
    expect(outcomes.every(({ iccid }) => /^\d{20}$/.test(iccid ?? ''))).toBe(true);
  });
});

describe('orders', () => {
  const order = () => `type: activate
account: ${sandbox.info.accounts[0]}
template: ${sandbox.info.templates[0]}
subscriber: { firstName: Ada, lastName: Lovelace, email: ada@example.com }
delivery: { by: email, to: [ada@example.com] }
`;

  it('places an order, waits for it, and lists it', async () => {
    const file = place.write('order.yaml', order());
    const run = await place.run(['orders', 'place', file, '--yes']);
    const { outcomes } = run.json<Result>();
    expect(run.code).toBe(0);
    expect(outcomes).toMatchObject([{ provider: 'staff', status: 'accepted' }]);
    const ref = `${outcomes[0]!.order!.provider}:${outcomes[0]!.order!.id}`;
    expect((await place.run(['orders', 'get', ref])).json()).toMatchObject({
      state: { value: 'pending' },
      iccid: null,
    });
    sandbox.advance(5000);
    const waited = (await place.run(['orders', 'wait', ref, '--wait', '30s'])).json<{ iccid: string }>();
    expect(waited).toMatchObject({ state: { value: 'completed' }, type: { value: 'activate' } });
    expect(waited.iccid).toMatch(/^8931068\d{12}$/);
    expect((await place.run(['orders', 'list'])).json()).toMatchObject([
      { provider: 'staff', id: outcomes[0]!.order!.id },
    ]);
    expect(await effects()).toHaveLength(1);
  });

  it('names what is wrong with an order and repeats none of it', async () => {
    const file = place.write(
      'orders.json',
      JSON.stringify([{ type: 'activate', account: 'a', template: 't', subscriber: { firstName: 'Ada' } }]),
    );
    const run = await place.run(['orders', 'place', file, '--yes']);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.error().message).toContain('orders[0].subscriber.lastName');
    expect(run.err).not.toContain('Ada');
    expect(await effects()).toEqual([]);
  });

  it('lists templates', async () => {
    const listed = (await place.run(['orders', 'templates'])).json<{ id: string }[]>();
    expect(listed.map(({ id }) => id)).toEqual(sandbox.info.templates);
  });
});

it('keeps a list that lost a provider closed and tells who', async () => {
  await control(sandbox, 'faults', { adapter: 'subscriptions', kind: 'status', status: 403 });
  const run = await place.run(['sims', 'list']);
  expect(run.code).toBe(3);
  expect(run.json<{ provider: string }[]>().every(({ provider }) => provider === 'iot')).toBe(true);
  expect(run.error()).toMatchObject({ provider: 'staff' });
});

describe('a run', () => {
  it('leaves the SIMs of a carrier that is down, says how to go on, and goes on', async () => {
    const sims = await iccids('Activated', 6);
    const file = place.write('sims.txt', sims.join('\n'));
    // One call is tried four times; three calls in a row open the breaker.
    await control(sandbox, 'faults', {
      operationId: 'updateSim',
      kind: 'status',
      status: 503,
      when: 'before',
      times: 100,
    });
    const command = ['lifecycle', 'set', 'suspended', '--file', file, '--run', 'r1', '--yes', '--patience', '0s'];
    const first = await place.run(command);
    const { finished, counts } = first.json<Result>();
    expect({ code: first.code, finished, failed: counts['failed'] }).toEqual({ code: 3, finished: false, failed: 0 });
    expect(first.err).toMatch(/provider 'iot' was given up .*carrierkit runs resume r1/);
    await fetch(`${sandbox.baseUrl}/_sandbox/faults`, { method: 'DELETE' });
    const second = await place.run(['runs', 'resume', 'r1', '--yes']);
    expect(second.json<Result>()).toMatchObject({ finished: true, counts: { applied: sims.length } });
    expect((await effects()).filter(({ operationId }) => operationId === 'updateSim')).toHaveLength(sims.length);
  });

  it.each([
    ['--stop-after', 'many'],
    ['--patience', 'long'],
  ])('ends with 2 for %s %s', async (flag, value) => {
    const run = await place.run([
      'lifecycle',
      'set',
      'suspended',
      '--iccid',
      '8988303042003100018',
      flag,
      value,
      '--yes',
    ]);
    expect(run.code).toBe(2);
    expect(run.error().message).toContain(flag);
  });
});

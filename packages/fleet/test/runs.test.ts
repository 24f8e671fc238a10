import { readFileSync } from 'node:fs';
import { appendFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ConnectivityError,
  type Iccid,
  type OrderRequest,
  type ProviderFactory,
  type Recipient,
  type SimTarget,
  toInstant,
} from '@carrierkit/core';
import { expect, test } from 'vitest';
import { createFleet, type RunOutcome } from '../src/index.js';
import { iccidAt, type MiniOptions, mini, miniVendor, msisdnAt } from './support/mini.js';
import { filesIn, MortalStore, outcomesOf, temporaryFolder } from './support/runs.js';

const TEXT = 'your code is 4711';

function twoVendors(options: MiniOptions = {}) {
  const emea = miniVendor('emea', { prefix: '8944', ...options });
  const iot = miniVendor('iot', { prefix: '8988', ...options });
  const providers: Record<string, ProviderFactory> = {
    emea: mini({ prefix: '8944', ...options }, emea),
    iot: mini({ prefix: '8988', ...options }, iot),
  };
  const routing = { iccidPrefixes: { 8944: 'emea', 8988: 'iot' } };
  return { emea, iot, config: { providers, routing }, effects: () => [...emea.effects, ...iot.effects].sort() };
}

const mixed = (count: number): readonly Iccid[] =>
  Array.from({ length: count }, (_, index) => iccidAt(index % 2 ? '8988' : '8944', Math.floor(index / 2)));

test('a run changes SIMs of two providers, each once, with one outcome per item', async () => {
  const stateDir = await temporaryFolder();
  const { config, effects } = twoVendors({ sims: 10 });
  await using fleet = await createFleet({ ...config, stateDir });
  const told: RunOutcome[] = [];
  const sims = mixed(20);
  const job = { type: 'change', sims, to: 'suspended' } as const;
  const report = await fleet.runs.start(job, { id: 'r1', onOutcome: (outcome) => told.push(outcome) });
  expect(report).toEqual({
    runId: 'r1',
    counts: { applied: 20, unchanged: 0, accepted: 0, failed: 0, unknown: 0 },
    finished: true,
    outages: {},
  });
  expect(effects()).toEqual(sims.map((iccid) => `change ${iccid}`).sort());
  const outcomes = await outcomesOf(fleet.runs, 'r1');
  expect(outcomes.map((outcome) => ['iccid' in outcome && outcome.iccid, outcome.provider, outcome.status])).toEqual(
    sims.map((iccid, index) => [iccid, index % 2 ? 'iot' : 'emea', 'applied']),
  );
  expect(told.sort((a, b) => a.item - b.item)).toEqual(outcomes);
  expect(await fleet.runs.list()).toEqual([report]);
});

test('each call is in the journal before the vendor hears of it, and the inputs are private and go away', async () => {
  const stateDir = await temporaryFolder();
  const run = join(stateDir, 'runs', 'r1');
  const { config, iot } = twoVendors();
  const seen: { readonly line: string; readonly mode: number }[] = [];
  iot.onWrite = async (_, when) => {
    if (when === 'after') return;
    const lines = readFileSync(join(run, 'journal.jsonl'), 'utf8').trim().split('\n');
    seen.push({ line: lines.at(-1)!, mode: (await stat(join(run, 'inputs.jsonl'))).mode & 0o777 });
  };
  await using fleet = await createFleet({ ...config, stateDir });
  await fleet.runs.start({ type: 'change', sims: [iccidAt('8988', 0)], to: 'suspended' }, { id: 'r1' });
  expect(seen.map(({ line, mode }) => [JSON.parse(line), mode])).toEqual([
    [expect.objectContaining({ kind: 'call', provider: 'iot', items: '0' }), 0o600],
  ]);
  expect(await readdir(run)).not.toContain('inputs.jsonl');
  expect((await stat(join(run, 'journal.jsonl'))).mode & 0o777).toBe(0o600);
  expect((await stat(run)).mode & 0o777).toBe(0o700);
});

test('SMS: the journal holds no number and no text, also of bad lines and of vendors that repeat them', async () => {
  const stateDir = await temporaryFolder();
  const { config, iot, effects } = twoVendors({ sims: 5 });
  await using fleet = await createFleet({ ...config, stateDir });
  iot.onWrite = () => {
    throw new ConnectivityError('input', `+${msisdnAt(3)} cannot get '${TEXT}'`, {
      provider: 'iot',
      details: { issues: [{ path: 'text', message: `'${TEXT}' to ${msisdnAt(3)}` }] },
    });
  };
  const to = [
    { sim: iccidAt('8944', 0) },
    '+4915900111111',
    { sim: '+4915900222222' },
    { sim: 4915900333333 },
    { msisdn: 'four' },
    { msisdn: '+4915900000003' },
    { sim: iccidAt('8944', 0) },
    null,
    { sim: { ...(await fleet.inventory.get(iccidAt('8944', 1))), raw: { note: 'private-note' } } },
  ] as unknown as readonly Recipient[];
  const told: RunOutcome[] = [];
  const report = await fleet.runs.start(
    { type: 'send', to, text: TEXT, provider: 'emea' },
    { id: 'r1', onOutcome: (outcome) => told.push(outcome) },
  );
  expect(report).toMatchObject({ finished: true, counts: { accepted: 3, failed: 6 } });
  const failing = { type: 'send', to: [{ msisdn: msisdnAt(3) }], text: TEXT, provider: 'iot' } as const;
  await fleet.runs.start(failing, { id: 'r2' });
  expect(effects()).toEqual(
    [iccidAt('8944', 0), iccidAt('8944', 1), `+${msisdnAt(3)}`].map((one) => `send ${one}`).sort(),
  );

  for (const runId of ['r1', 'r2']) {
    const texts = Object.values(await filesIn(join(stateDir, 'runs', runId))).join('\n');
    expect(texts).not.toMatch(/4915900|4711|private-note/);
  }
  const outcomes = await outcomesOf(fleet.runs, 'r1');
  expect(outcomes.map((outcome) => 'to' in outcome && outcome.to)).toEqual([
    { sim: iccidAt('8944', 0) },
    null,
    null,
    null,
    null,
    null,
    { sim: iccidAt('8944', 0) },
    null,
    { sim: { iccid: iccidAt('8944', 1), provider: 'emea', ref: 'emea-1' } },
  ]);
  expect(told.find(({ item }) => item === 5)).toMatchObject({ to: { msisdn: msisdnAt(3) }, status: 'accepted' });
  expect(outcomes[6]).toMatchObject({
    status: 'failed',
    error: { message: 'items[6]: repeats items[0]; it is done once' },
  });
});

test('lines that are no ICCID have their outcome and leave nothing private behind', async () => {
  const stateDir = await temporaryFolder();
  const { config } = twoVendors();
  await using fleet = await createFleet({ ...config, stateDir });
  const good = iccidAt('8944', 0);
  const sims = [
    '+4915900111111',
    '262011234567890',
    'kim@example.com',
    8.944e18,
    '8.94E+18',
    12n,
    { iccid: good, raw: 12n },
    good.slice(0, -1),
  ];
  const report = await fleet.runs.start(
    { type: 'change', sims: sims as unknown as readonly SimTarget[], to: 'suspended' },
    { id: 'r1' },
  );
  expect(report).toMatchObject({ finished: true, counts: { applied: 1, failed: 7 } });
  const outcomes = await outcomesOf(fleet.runs, 'r1');
  expect(
    outcomes.map((outcome) => 'error' in outcome && [outcome.error.kind, outcome.error.message.slice(0, 8)]),
  ).toEqual([
    ...Array.from({ length: 3 }, (_, item) => ['input', `items[${item}]`]),
    ['damaged-identifier', 'items[3]'],
    ['damaged-identifier', 'items[4]'],
    ['input', 'items[5]'],
    false,
    ['input', 'items[7]'],
  ]);
  const journal = await readFile(join(stateDir, 'runs', 'r1', 'journal.jsonl'), 'utf8');
  expect(journal).not.toMatch(/4915900|26201|kim@/);
  expect(journal).toContain('8.94E+18');
});

test('a torn last line is cut off, and the run goes on from what stands before it', async () => {
  const stateDir = await temporaryFolder();
  const { config, effects } = twoVendors({ sims: 10, parallelCalls: 1 });
  await using fleet = await createFleet({ ...config, stateDir });
  const sims = mixed(12);
  const stop = new AbortController();
  const job = { type: 'change', sims, to: 'suspended' } as const;
  const stopped = await fleet.runs.start(job, { id: 'r1', signal: stop.signal, onOutcome: () => stop.abort() });
  expect(stopped.finished).toBe(false);
  await appendFile(join(stateDir, 'runs', 'r1', 'journal.jsonl'), '{"kind":"outcomes","call":99,"outco');
  expect(await fleet.runs.resume('r1')).toMatchObject({ finished: true, counts: { applied: 12 } });
  expect(effects()).toEqual(sims.map((iccid) => `change ${iccid}`).sort());
  expect((await outcomesOf(fleet.runs, 'r1')).map(({ item }) => item)).toEqual(sims.map((_, item) => item));
});

test('a journal that is damaged in the middle stops its run and hides no other', async () => {
  const stateDir = await temporaryFolder();
  const { config, effects } = twoVendors();
  await using fleet = await createFleet({ ...config, stateDir });
  await fleet.runs.start({ type: 'change', sims: mixed(2), to: 'suspended' }, { id: 'good' });
  await fleet.runs.start({ type: 'change', sims: mixed(2), to: 'active' }, { id: 'bad' });
  await fleet.runs.start({ type: 'change', sims: mixed(2), to: 'active' }, { id: 'later' });
  const pathOf = (id: string) => join(stateDir, 'runs', id, 'journal.jsonl');
  const lines = (await readFile(pathOf('bad'), 'utf8')).trim().split('\n');
  await writeFile(pathOf('bad'), [lines[0], lines[1]!.slice(0, 20), ...lines.slice(2), ''].join('\n'));
  await writeFile(pathOf('later'), (await readFile(pathOf('later'), 'utf8')).replace('"version":1', '"version":2'));
  const before = effects().length;
  await expect(fleet.runs.resume('bad')).rejects.toMatchObject({
    kind: 'contract',
    message: expect.stringContaining("run 'bad' is damaged in line 2"),
  });
  await expect(fleet.runs.resume('later')).rejects.toMatchObject({
    kind: 'input',
    message: expect.stringContaining('update it to resume'),
  });
  expect(effects()).toHaveLength(before);
  expect((await fleet.runs.list()).map(({ runId, finished }) => [runId, finished])).toEqual([
    ['bad', false],
    ['good', true],
    ['later', false],
  ]);
});

const jobs = {
  change: (sims: readonly Iccid[]) => ({ type: 'change', sims, to: 'suspended' }) as const,
  services: (sims: readonly Iccid[]) => ({ type: 'services', sims, services: { data: 'disabled' } }) as const,
  ratePlan: (sims: readonly Iccid[]) => ({ type: 'ratePlan', sims, plan: 'p1' }) as const,
  send: (sims: readonly Iccid[]) => ({ type: 'send', to: sims.map((sim) => ({ sim })), text: TEXT }) as const,
  orders: (sims: readonly Iccid[]) =>
    ({ type: 'orders', orders: sims.map((sim): OrderRequest => ({ type: 'suspend', account: 'a1', sim })) }) as const,
};

/** How vendors differ in what a lost answer allows. */
const vendors = {
  'at once, no keys': {},
  'later, no keys': { changesApplyAtOnce: false },
  'later, keys': { changesApplyAtOnce: false, keyHours: 24 },
} satisfies Record<string, MiniOptions>;

for (const [type, jobFor] of Object.entries(jobs)) {
  for (const [vendor, options] of Object.entries(vendors)) {
    test(`${type}, ${vendor}: killed at any step, once or twice, and resumed, nothing is doubled, lost or untrue`, async () => {
      const sims = [...mixed(7), 'no ICCID' as Iccid];
      for (let first = 0, steps = Number.POSITIVE_INFINITY; first < steps; first++) {
        const store = new MortalStore();
        const { emea, iot, config, effects } = twoVendors({ sims: 4, ...options });
        for (const one of [emea, iot]) one.onWrite = () => store.assertAlive();
        const inNextProcess = async (
          act: (runs: Awaited<ReturnType<typeof createFleet>>['runs']) => Promise<unknown>,
        ) => {
          const fleet = await createFleet(config, { runStore: store });
          return act(fleet.runs).catch((error: unknown) => error);
        };
        await store.live(first);
        const started = await inNextProcess((runs) => runs.start(jobFor(sims), { id: 'r1' }));
        if (!store.dead) steps = 0;
        // Killed a second time, at the next step of the second process.
        await store.live(first % 3);
        await inNextProcess((runs) => runs.resume('r1'));
        await store.live();
        const fleet = await createFleet(config, { runStore: store });
        const report = await fleet.runs.resume('r1').catch((error: unknown) => error);
        if (ConnectivityError.is(report, 'input')) {
          // Killed before the input was complete: nothing was sent.
          expect(effects()).toEqual([]);
          continue;
        }
        expect(report, `killed at step ${first}: ${String(started)}`).toMatchObject({ finished: true });
        const outcomes = await outcomesOf(fleet.runs, 'r1');
        expect(outcomes.map(({ item }) => item)).toEqual(sims.map((_, item) => item));
        const done = effects();
        expect(new Set(done).size).toBe(done.length);
        for (const { item, status } of outcomes.slice(0, -1)) {
          const happened = done.some((effect) => effect.endsWith(sims[item]!));
          if (status === 'applied' || status === 'accepted') expect(happened).toBe(true);
          else expect(status).toBe('unknown');
        }
        if (type === 'change' && vendor !== 'later, no keys')
          expect(outcomes.slice(0, -1).every(({ status }) => status === 'applied')).toBe(true);
        expect(outcomes.at(-1)).toMatchObject({ status: 'failed', error: { kind: 'input' } });
      }
    });
  }
}

test('what cannot be read back now stays open, holds up no other provider and is settled later', async () => {
  const store = new MortalStore();
  const { emea, iot, config, effects } = twoVendors({ sims: 4, parallelCalls: 1 });
  iot.onWrite = (_, when) => {
    store.assertAlive();
    if (when === 'after') store.dead = true;
  };
  emea.onWrite = () => store.assertAlive();
  const sims = mixed(8);
  const first = await createFleet(config, { runStore: store });
  await expect(first.runs.start({ type: 'change', sims, to: 'suspended' }, { id: 'r1' })).rejects.toThrow('process');
  await store.live();
  iot.onWrite = () => {};
  iot.fail = { get: new ConnectivityError('unavailable', 'down', { provider: 'iot' }) };
  const fleet = await createFleet(config, { runStore: store });
  expect(await fleet.runs.resume('r1', { outagePatienceMs: 0 })).toMatchObject({
    finished: false,
    counts: { applied: 6 },
    outages: { iot: { kind: 'unavailable' } },
  });
  iot.fail = {};
  expect(await fleet.runs.resume('r1')).toMatchObject({ finished: true, counts: { applied: 8 } });
  expect(effects()).toEqual(sims.map((iccid) => `change ${iccid}`).sort());
});

test('a call with a key that still lives is repeated as it was; after its life it is not', async () => {
  for (const [hours, repeated] of [
    [1, true],
    [24, false],
  ] as const) {
    let now = Date.parse('2026-11-01T00:00:00Z');
    const clock = () => now;
    const store = new MortalStore();
    const { iot, config } = twoVendors({ keyHours: 24, changesApplyAtOnce: false, clock });
    iot.onWrite = (_, when) => {
      store.dead = when === 'after';
    };
    const sims = [iccidAt('8988', 0), iccidAt('8988', 1)];
    const first = await createFleet(config, { runStore: store, clock });
    await first.runs
      .start({ type: 'send', to: sims.map((sim) => ({ sim })), text: TEXT }, { id: 'r1' })
      .catch(() => {});
    await store.live();
    iot.onWrite = () => {};
    iot.messages.length = 0;
    now += hours * 3_600_000;
    const fleet = await createFleet(config, { runStore: store, clock });
    expect(await fleet.runs.resume('r1')).toMatchObject({ counts: repeated ? { accepted: 2 } : { unknown: 2 } });
    const sent = iot.calls.filter(({ method }) => method === 'send');
    expect(sent.map(({ intent }) => intent)).toEqual(repeated ? ['r1:0-1', 'r1:0-1'] : ['r1:0-1']);
    expect(iot.effects).toHaveLength(2);
  }
});

test('a SIM that is gone after its retirement was cut off has been retired', async () => {
  const store = new MortalStore();
  const { iot, config } = twoVendors({ deletes: true });
  iot.onWrite = (_, when) => {
    store.dead = when === 'after';
  };
  const job = { type: 'change', sims: [iccidAt('8988', 0)], to: 'retired', irreversible: true } as const;
  const first = await createFleet(config, { runStore: store });
  await first.runs.start(job, { id: 'r1' }).catch(() => {});
  await store.live();
  iot.onWrite = () => {};
  const fleet = await createFleet(config, { runStore: store });
  expect(await fleet.runs.resume('r1')).toMatchObject({ finished: true, counts: { applied: 1 } });
  expect(iot.effects).toHaveLength(1);
});

test('an order that an adapter only noted is not taken for one that was placed', async () => {
  const store = new MortalStore();
  const { iot, config } = twoVendors({ changesApplyAtOnce: false });
  iot.onWrite = (_, when) => {
    store.dead = when === 'before';
    store.assertAlive();
  };
  const sim = iccidAt('8988', 0);
  const orders = [{ type: 'suspend', account: 'acme', sim }] as const;
  const first = await createFleet(config, { runStore: store });
  await first.runs.start({ type: 'orders', orders }, { id: 'r1' }).catch(() => {});
  await store.live();
  iot.onWrite = () => {};
  iot.orders.push({
    provider: 'iot',
    id: 'unanswered:1',
    type: { value: 'suspend', raw: 'suspend' },
    state: { value: 'unknown', raw: 'unanswered' },
    iccid: sim,
    simRef: null,
    placedAt: toInstant(Date.now()),
    raw: {},
  });
  const fleet = await createFleet(config, { runStore: store });
  expect(await fleet.runs.resume('r1')).toMatchObject({ finished: true, counts: { unknown: 1, accepted: 0 } });
  expect(iot.effects).toEqual([]);
});

test('an SMS that was sent before is not taken for the one whose answer was lost', async () => {
  let now = Date.parse('2026-11-01T00:00:00Z');
  const clock = () => now;
  const store = new MortalStore();
  const { iot, config } = twoVendors({ clock });
  const to = [{ sim: iccidAt('8988', 0) }];
  const first = await createFleet(config, { runStore: store, clock });
  await first.messaging.send({ to, text: TEXT });
  now += 5000;
  iot.onWrite = () => {
    store.dead = true;
    throw new Error('killed before it was sent');
  };
  await first.runs.start({ type: 'send', to, text: TEXT }, { id: 'r1' }).catch(() => {});
  await store.live();
  iot.onWrite = () => {};
  const fleet = await createFleet(config, { runStore: store, clock });
  expect(await fleet.runs.resume('r1')).toMatchObject({ finished: true, counts: { unknown: 1 } });
  expect(iot.effects).toHaveLength(1);
});

test('a run is held by one at a time', async () => {
  const stateDir = await temporaryFolder();
  const { config, iot, effects } = twoVendors();
  const other = await createFleet({ ...config, stateDir });
  let second: unknown;
  iot.onWrite = async (_, when) => {
    if (when === 'before') second = await other.runs.resume('r1').catch((error: unknown) => error);
  };
  await using fleet = await createFleet({ ...config, stateDir });
  const job = { type: 'change', sims: [iccidAt('8988', 0)], to: 'suspended' } as const;
  await fleet.runs.start(job, { id: 'r1' });
  expect(second).toMatchObject({ kind: 'conflict', message: expect.stringContaining("run 'r1' is held by") });
  await expect(fleet.runs.start(job, { id: 'r1' })).rejects.toMatchObject({ kind: 'conflict' });
  await expect(fleet.runs.resume('r2')).rejects.toMatchObject({
    kind: 'input',
    message: expect.stringContaining("'r1'"),
  });
  await expect(fleet.runs.resume('../r1')).rejects.toMatchObject({ kind: 'input' });
  expect(effects()).toHaveLength(1);
});

test('a run stops after too many failures, leaves the rest for later, and lets go of its files', async () => {
  const stateDir = await temporaryFolder();
  const { config, iot, emea } = twoVendors({ sims: 3000, simsPerCall: 1 });
  for (const one of [emea, iot]) one.fail = { change: new ConnectivityError('conflict', 'not now') };
  await using fleet = await createFleet({ ...config, stateDir });
  const sims = mixed(6000);
  const job = { type: 'change', sims, to: 'suspended' } as const;
  const report = await fleet.runs.start(job, { id: 'r1', stopAfterFailures: 5 });
  expect(report.finished).toBe(false);
  expect(report.counts.failed).toBeGreaterThanOrEqual(5);
  expect(report.counts.failed).toBeLessThan(12);
  if (process.platform === 'linux') {
    const open = await readdir('/proc/self/fd');
    const { readlink } = await import('node:fs/promises');
    const targets = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
    expect(targets.filter((path) => path.startsWith(stateDir))).toEqual([]);
  }
  for (const one of [emea, iot]) one.fail = {};
  expect(await fleet.runs.resume('r1')).toMatchObject({
    finished: true,
    counts: { applied: sims.length - report.counts.failed },
  });
});

test('an input that breaks off leaves nothing behind, and its id is free again', async () => {
  const stateDir = await temporaryFolder();
  const { config, effects } = twoVendors();
  await using fleet = await createFleet({ ...config, stateDir });
  async function* file(): AsyncGenerator<Iccid> {
    yield iccidAt('8988', 0);
    throw new Error('cannot be read');
  }
  await expect(fleet.runs.start({ type: 'change', sims: file(), to: 'suspended' }, { id: 'r1' })).rejects.toThrow(
    'cannot be read',
  );
  expect(await readdir(join(stateDir, 'runs', 'r1'))).not.toContain('inputs.jsonl');
  await writeFile(join(stateDir, 'runs', 'r1', 'inputs.jsonl'), 'left by a killed process');
  await expect(fleet.runs.resume('r1')).rejects.toMatchObject({ message: expect.stringContaining('nothing was sent') });
  expect(await readdir(join(stateDir, 'runs', 'r1'))).not.toContain('inputs.jsonl');
  expect(effects()).toEqual([]);
  const job = { type: 'change', sims: [iccidAt('8988', 0)], to: 'suspended' } as const;
  expect(await fleet.runs.start(job, { id: 'r1' })).toMatchObject({ finished: true });
});

test('what is wrong with the whole job is said before anything is kept', async () => {
  const stateDir = await temporaryFolder();
  const { config } = twoVendors();
  await using fleet = await createFleet({ ...config, stateDir });
  const wrong = [
    [{ type: 'change', sims: [], to: 'retired' }, 'irreversible'],
    [{ type: 'change', sims: [], to: 'blocked' }, 'to'],
    [{ type: 'services', sims: [], services: {} }, 'services'],
    [{ type: 'ratePlan', sims: [], plan: '' }, 'plan'],
    [{ type: 'send', to: [], text: '' }, 'text'],
    [{ type: 'upgrade' }, 'type'],
  ] as unknown as readonly (readonly [Parameters<typeof fleet.runs.start>[0], string])[];
  for (const [job, path] of wrong) {
    await expect(fleet.runs.start(job)).rejects.toMatchObject({ kind: 'input', details: { issues: [{ path }] } });
  }
  expect(await fleet.runs.list()).toEqual([]);
});

test('a plan tells problems, calls, cost and what cannot be undone, and changes nothing', async () => {
  const { config, iot, effects } = twoVendors();
  const fleet = await createFleet(config);
  const inventory = iccidAt('8988', 2);
  iot.sims.set(inventory, { ...iot.sims.get(inventory)!, state: { value: 'inventory', raw: 'NEW' } });
  iot.sims.set(iccidAt('8988', 1), { ...iot.sims.get(iccidAt('8988', 1))!, state: { value: 'suspended', raw: 'OFF' } });
  const sims = [
    iccidAt('8988', 0),
    iccidAt('8988', 1),
    inventory,
    iccidAt('8944', 0),
    inventory.slice(0, -1) as Iccid,
    'x' as Iccid,
  ];
  const plan = await fleet.runs.plan({ type: 'change', sims, to: 'active' });
  expect(plan).toMatchObject({
    items: 4,
    irreversible: 1,
    billing: ['billed for the whole month'],
    calls: { iot: 2, emea: 1 },
  });
  expect(plan.problems.map(({ kind, message }) => [kind, message])).toEqual([
    ['input', 'items[4]: repeats items[2]; it is done once'],
    ['input', expect.stringContaining('items[5]')],
  ]);
  const retire = await fleet.runs.plan({ type: 'change', sims: sims.slice(0, 4), to: 'retired' });
  expect(retire).toMatchObject({ items: 4, irreversible: 4 });
  expect(effects()).toEqual([]);
});

test('a run whose provider is no longer in the config says so and can be resumed when it is back', async () => {
  const stateDir = await temporaryFolder();
  const { config, effects } = twoVendors({ parallelCalls: 1 });
  const stop = new AbortController();
  const job = { type: 'change', sims: mixed(8), to: 'suspended' } as const;
  const first = await createFleet({ ...config, stateDir });
  await first.runs.start(job, { id: 'r1', signal: stop.signal, onOutcome: () => stop.abort() });
  const { iot: _, ...others } = config.providers;
  const without = await createFleet({ providers: others, stateDir });
  await expect(without.runs.resume('r1')).rejects.toMatchObject({
    kind: 'input',
    message: expect.stringContaining("there is no provider 'iot'"),
  });
  const back = await createFleet({ ...config, stateDir });
  expect(await back.runs.resume('r1')).toMatchObject({ finished: true, counts: { applied: 8 } });
  expect(effects()).toHaveLength(8);
});

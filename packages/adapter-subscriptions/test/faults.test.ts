import type { Provider } from '@carrierkit/core';
import { ConnectivityError, toErrorInfo } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import type { SubscriptionsSettings } from '../src/index.js';
import { type Fault, vendorFor } from './support.js';

const vendor = await vendorFor();
/** Three calls for each subscription: more than a minute allows. */
const limited = await vendorFor({ ignorePrefer: true }, { limits: true, sims: 1_200 });

/** What a caller hears of a write. */
type Told = 'accepted' | 'failed' | 'unknown';
type Write = (provider: Provider) => Promise<readonly Told[]>;

async function activeSims(provider: Provider) {
  // The first subscriptions are senders: the ones behind them are free to be changed.
  return (await provider.inventory.list({ states: ['active'] }).toArray({ limit: 6 })).slice(4);
}

const writes: readonly (readonly [name: string, operationId: string, write: Write])[] = [
  [
    'a change of state',
    'createOrder',
    async (provider) => {
      const [sim] = await activeSims(provider);
      const outcomes = await provider.lifecycle.change({ sims: [sim!, sim!], to: 'suspended' });
      return outcomes.map(({ status }) => status as Told);
    },
  ],
  [
    'an order',
    'createOrder',
    async (provider) => {
      const [sim] = await activeSims(provider);
      const request = { type: 'suspend', account: sim?.account as string, sim: sim! } as const;
      try {
        const order = await provider.lifecycle.orders!.place(request);
        expect(order.state.value).toBe('pending');
        return ['accepted'];
      } catch (error) {
        if (!ConnectivityError.is(error)) throw error;
        return [toErrorInfo(error).effect === 'none' ? 'failed' : 'unknown'];
      }
    },
  ],
  [
    'an SMS to two',
    'sendMessage',
    async (provider) => {
      const sims = await activeSims(provider);
      const outcomes = await provider.messaging!.send({ to: sims.map((sim) => ({ sim })), text: 'fault' });
      return outcomes.map(({ status }) => status as Told);
    },
  ],
];

interface Case {
  readonly name: string;
  readonly fault: Omit<Fault, 'operationId'>;
  readonly told: Told;
  readonly effects: number;
  /** Where the key is trusted. */
  readonly trusting: Told;
}

const lost = { told: 'unknown', trusting: 'accepted' } as const;
const refused = { told: 'failed', trusting: 'failed', effects: 0 } as const;
const repeated = { told: 'accepted', trusting: 'accepted', effects: 1 } as const;
const cases: readonly Case[] = [
  { name: 'lost before it had an effect', fault: { kind: 'drop', when: 'before' }, ...lost, effects: 0 },
  { name: 'lost after it had', fault: { kind: 'drop', when: 'after' }, ...lost, effects: 1 },
  { name: 'answered with half a body', fault: { kind: 'malformed', when: 'after' }, ...lost, effects: 1 },
  { name: 'cut off in its answer', fault: { kind: 'truncate', when: 'after' }, ...lost, effects: 1 },
  { name: 'answered 502 after it had', fault: { kind: 'status', status: 502, when: 'after' }, ...lost, effects: 1 },
  { name: 'answered 503 before', fault: { kind: 'status', status: 503, when: 'before' }, ...lost, effects: 0 },
  { name: 'throttled', fault: { kind: 'status', status: 429, when: 'before' }, ...repeated },
  { name: 'told that its token is bad', fault: { kind: 'bad-token', when: 'before' }, ...repeated },
  {
    name: 'answered a bare 401 after it had',
    fault: { kind: 'status', status: 401, when: 'after' },
    ...lost,
    effects: 1,
  },
  { name: 'refused as wrong', fault: { kind: 'status', status: 400, when: 'before' }, ...refused },
  { name: 'refused as forbidden', fault: { kind: 'status', status: 403, when: 'before' }, ...refused },
  { name: 'refused as a conflict', fault: { kind: 'status', status: 409, when: 'before' }, ...refused },
  { name: 'refused as not acceptable', fault: { kind: 'status', status: 422, when: 'before' }, ...refused },
];

const providerWith = (settings: Partial<SubscriptionsSettings> = {}) =>
  vendor.provider({ sender: vendor.sandbox.info.senders[0], ...settings });

describe.each(writes)('%s', (_, operationId, write) => {
  it.each(cases)('that is $name is told as it is, and never done twice', async ({ fault, told, effects }) => {
    const provider = providerWith();
    await vendor.fault({ ...fault, operationId });
    expect(new Set(await write(provider))).toEqual(new Set([told]));
    expect(await vendor.effects()).toHaveLength(effects);
    await provider.close();
  });

  it.each(cases)('that is $name is done once where the key is trusted', async ({ fault, trusting }) => {
    const provider = providerWith({ trustIdempotencyKey: true });
    await vendor.fault({ ...fault, operationId });
    expect(new Set(await write(provider))).toEqual(new Set([trusting]));
    expect(await vendor.effects()).toHaveLength(trusting === 'accepted' ? 1 : 0);
    await provider.close();
  });

  it('is not sent at all by a provider that may only read', async () => {
    const provider = providerWith({ readOnly: true });
    expect(new Set(await write(provider))).toEqual(new Set(['failed']));
    expect(await vendor.effects()).toEqual([]);
    await provider.close();
  });
});

it('an order waited for outlives lost answers to the reads', async () => {
  const provider = providerWith();
  const [sim] = await activeSims(provider);
  const placed = await provider.lifecycle.orders!.place({
    type: 'suspend',
    account: sim?.account as string,
    sim: sim!,
  });
  await vendor.fault({ operationId: 'getOrder', kind: 'drop', when: 'before', times: 2 });
  const order = await provider.lifecycle.orders!.wait(placed);
  expect(order).toMatchObject({ id: placed.id, state: { value: 'completed', raw: 'completed' }, iccid: sim?.iccid });
  await provider.close();
});

it('a change whose order cannot be read is unknown, not failed', async () => {
  const provider = providerWith();
  const [sim] = await activeSims(provider);
  const [outcome] = await provider.lifecycle.change({ sims: [sim!], to: 'suspended' });
  if (outcome?.status !== 'accepted') return expect.fail('expected accepted');
  await vendor.fault({ operationId: 'getOrder', kind: 'status', status: 403, when: 'before' });
  expect(await provider.lifecycle.confirm([outcome.pending])).toMatchObject([
    { status: 'unknown', error: { kind: 'permission' } },
  ]);
  await provider.close();
  return undefined;
});

it('a list that takes more calls than a minute allows waits, and is never throttled', async () => {
  const provider = limited.provider();
  let seen = 0;
  for await (const _ of provider.inventory.list()) seen++;
  expect(seen).toBe(400);
  const { rows } = await limited.control<{ rows: readonly { status: number; count: number; adapter: string }[] }>(
    'stats',
  );
  const statuses = new Set(rows.filter(({ adapter }) => adapter === 'subscriptions').map(({ status }) => status));
  expect([...statuses]).toEqual([200]);
  await provider.close();
}, 30_000);

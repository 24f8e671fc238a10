import { ConnectivityError, type Provider } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import type { EmnifySettings } from '../src/index.js';
import { type Fault, vendorFor } from './support.js';

const vendor = await vendorFor({ batchStatus: 'applied' });

/** What a caller hears of a write, and how often the vendor did it. */
type Told = 'applied' | 'accepted' | 'failed' | 'unknown';
type End = readonly [told: Told, effects: number];

interface Write {
  readonly name: string;
  readonly operationId: string;
  readonly write: (provider: Provider) => Promise<readonly Told[]>;
  /** Nobody knows whether it arrived: what reading back makes of it. */
  readonly lostBefore: End;
  readonly lostAfter: End;
  readonly done: End;
}

const statuses = (outcomes: readonly { readonly status: string }[]) => outcomes.map(({ status }) => status as Told);
const [firstBic = ''] = vendor.sandbox.info.bics.valid;

async function withState(provider: Provider, state: 'active' | 'inventory') {
  // The first ones have an endpoint; an issued SIM has none.
  const [sim] = await provider.inventory.list({ states: [state] }).toArray({ limit: 1 });
  return sim!;
}

const writes: readonly Write[] = [
  {
    name: 'a change of state',
    operationId: 'updateSim',
    write: async (provider) =>
      statuses(await provider.lifecycle.change({ sims: [await withState(provider, 'active')], to: 'suspended' })),
    // Changes apply at once here: the old state proves that it did not arrive, so it goes out again.
    lostBefore: ['applied', 1],
    lostAfter: ['applied', 1],
    done: ['applied', 1],
  },
  {
    name: 'the end of a SIM',
    operationId: 'deleteSim',
    write: async (provider) =>
      statuses(
        await provider.lifecycle.change({
          sims: [await withState(provider, 'inventory')],
          to: 'retired',
          irreversible: true,
        }),
      ),
    lostBefore: ['applied', 1],
    lostAfter: ['applied', 1],
    done: ['applied', 1],
  },
  {
    name: 'an SMS',
    operationId: 'sendEndpointSms',
    write: async (provider) =>
      statuses(await provider.messaging!.send({ to: [{ sim: await withState(provider, 'active') }], text: 'fault' })),
    // Not in the list proves nothing: it may still be on its way.
    lostBefore: ['unknown', 0],
    lostAfter: ['accepted', 1],
    done: ['accepted', 1],
  },
  {
    name: 'a batch',
    operationId: 'registerSimBatchByBic',
    write: async (provider) => {
      try {
        return statuses((await provider.inventory.batches!.register({ code: firstBic, state: 'inventory' })).outcomes);
      } catch (error) {
        if (!ConnectivityError.is(error)) throw error;
        return [error.effect === 'none' ? 'failed' : 'unknown'];
      }
    },
    // The validation says that the code is still free; it does not say whose registration took it.
    lostBefore: ['failed', 0],
    lostAfter: ['unknown', 1],
    done: ['applied', 1],
  },
  {
    name: 'the cancelling of an SMS',
    operationId: 'cancelEndpointSms',
    write: async (provider) => {
      const [sent] = await provider.messaging!.send({ to: [{ sim: await withState(provider, 'active') }], text: 'no' });
      if (sent?.status !== 'accepted') return statuses(sent ? [sent] : []);
      try {
        await provider.messaging!.cancel!(sent.message);
        return ['applied'];
      } catch (error) {
        if (!ConnectivityError.is(error)) throw error;
        return [error.effect === 'none' ? 'failed' : 'unknown'];
      }
    },
    lostBefore: ['applied', 1],
    lostAfter: ['applied', 1],
    done: ['applied', 1],
  },
];

interface Case {
  readonly name: string;
  readonly fault: Omit<Fault, 'operationId'>;
  readonly settings?: Partial<EmnifySettings>;
  readonly end: (write: Write) => End;
}

const lostBefore = (write: Write) => write.lostBefore;
const lostAfter = (write: Write) => write.lostAfter;
const done = (write: Write) => write.done;
const refused = (): End => ['failed', 0];
const cases: readonly Case[] = [
  { name: 'lost before it had an effect', fault: { kind: 'drop', when: 'before' }, end: lostBefore },
  { name: 'lost after it had', fault: { kind: 'drop', when: 'after' }, end: lostAfter },
  { name: 'answered 500 after it had', fault: { kind: 'status', status: 500, when: 'after' }, end: lostAfter },
  { name: 'answered 502 before', fault: { kind: 'status', status: 502, when: 'before' }, end: lostBefore },
  { name: 'answered 503 after', fault: { kind: 'status', status: 503, when: 'after' }, end: lostAfter },
  { name: 'answered 429 before', fault: { kind: 'status', status: 429, when: 'before' }, end: done },
  {
    name: 'answered later than anybody waits',
    fault: { kind: 'delay', delayMs: 1500, when: 'after' },
    settings: { timeoutMs: 750 },
    end: lostAfter,
  },
  { name: 'answered with half of it', fault: { kind: 'truncate', when: 'after' }, end: lostAfter },
  { name: 'answered with rubbish', fault: { kind: 'malformed', when: 'after' }, end: lostAfter },
  { name: 'told that its token is bad', fault: { kind: 'bad-token', when: 'before' }, end: done },
  { name: 'answered a bare 401 after it had', fault: { kind: 'status', status: 401, when: 'after' }, end: lostAfter },
  { name: 'refused as wrong', fault: { kind: 'status', status: 400, when: 'before' }, end: refused },
  { name: 'refused as forbidden', fault: { kind: 'status', status: 403, when: 'before' }, end: refused },
  { name: 'refused as a conflict', fault: { kind: 'status', status: 409, when: 'before' }, end: refused },
];

describe.each(writes)('$name', (write) => {
  it.each(cases)('that is $name is told as it is, and never done twice', async ({ fault, settings, end }) => {
    const [told, effects] = end(write);
    const provider = vendor.provider(settings);
    await vendor.fault({ ...fault, operationId: write.operationId });
    const outcomes = await write.write(provider);
    expect(new Set(outcomes)).toEqual(new Set([told]));
    const made = (await vendor.effects()).filter(({ operationId }) => operationId === write.operationId);
    expect(made).toHaveLength(effects);
    await provider.close();
  });

  it('is not sent at all by a provider that may only read', async () => {
    const provider = vendor.provider({ readOnly: true });
    const outcomes = await write.write(provider);
    expect(new Set(outcomes)).toEqual(new Set(['failed']));
    expect(await vendor.effects()).toEqual([]);
    await provider.close();
  });
});

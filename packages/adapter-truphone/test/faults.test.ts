import type { Iccid, Provider } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { type Fault, vendorFor } from './support.js';

const vendor = await vendorFor();

type Told = 'applied' | 'accepted' | 'failed' | 'unknown';

interface Write {
  readonly name: string;
  readonly operationId: string;
  readonly write: (provider: Provider, iccids: readonly Iccid[]) => Promise<readonly { readonly status: string }[]>;
  /** What a write that went well is told as: Truphone's changes are under way first. */
  readonly done: Told;
}

const writes: readonly Write[] = [
  {
    name: 'a change of state',
    operationId: 'changeSimCardStatus',
    write: (provider, sims) => provider.lifecycle.change({ sims, to: 'suspended' }),
    done: 'accepted',
  },
  {
    name: 'a data switch',
    operationId: 'changeDataStatus',
    write: (provider, sims) => provider.lifecycle.setServices!({ sims, services: { data: 'disabled' } }),
    done: 'accepted',
  },
  {
    name: 'an SMS',
    operationId: 'sendSms',
    write: (provider, sims) => provider.messaging!.send({ to: sims.map((sim) => ({ sim })), text: 'fault' }),
    done: 'accepted',
  },
];

interface Case {
  readonly name: string;
  readonly fault: Omit<Fault, 'operationId'>;
  readonly refused?: true;
}

// All three carry a key, so a lost answer is asked for again under it: one effect.
const cases: readonly Case[] = [
  { name: 'lost before it had an effect', fault: { kind: 'drop', when: 'before' } },
  { name: 'lost after it had', fault: { kind: 'drop', when: 'after' } },
  { name: 'answered with half a body', fault: { kind: 'malformed', when: 'after' } },
  { name: 'cut off in its answer', fault: { kind: 'truncate', when: 'after' } },
  { name: 'answered 500 after it had', fault: { kind: 'status', status: 500, when: 'after' } },
  { name: 'answered 502 before', fault: { kind: 'status', status: 502, when: 'before' } },
  { name: 'throttled', fault: { kind: 'status', status: 429, when: 'before' } },
  { name: 'refused as forbidden', fault: { kind: 'status', status: 403, when: 'before' }, refused: true },
];

describe.each(writes)('$name', ({ operationId, write, done }) => {
  it.each(cases)('that is $name is told as it is, and never done twice', async ({ fault, refused }) => {
    const provider = vendor.provider();
    const iccids = (await vendor.iccids('ACTIVE')).slice(0, 3);
    await vendor.fault({ ...fault, operationId });
    const outcomes = await write(provider, iccids);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([refused ? 'failed' : done]));
    const effects = (await vendor.effects()).filter((effect) => effect.operationId === operationId);
    expect(effects.flatMap(({ subject }) => subject).toSorted()).toEqual(refused ? [] : iccids.toSorted());
    await provider.close();
  });

  it('is not sent at all by a provider that may only read', async () => {
    const provider = vendor.provider({ readOnly: true });
    const outcomes = await write(provider, (await vendor.iccids('ACTIVE')).slice(0, 2));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['failed']));
    expect(await vendor.effects()).toEqual([]);
    await provider.close();
  });

  it('isolates a SIM that the account does not have: the others go through, once', async () => {
    const provider = vendor.provider();
    const iccids = (await vendor.iccids('ACTIVE')).slice(0, 4);
    const unknown = '8944479999999999998' as Iccid;
    const outcomes = await write(provider, [iccids[0]!, unknown, ...iccids.slice(1)]);
    expect(outcomes.map(({ status }) => status)).toEqual([done, 'failed', done, done, done]);
    const effects = (await vendor.effects()).filter((effect) => effect.operationId === operationId);
    expect(effects.flatMap(({ subject }) => subject).toSorted()).toEqual(iccids.toSorted());
    await provider.close();
  });
});

it('an SMS whose key has died is looked up, and what is not found stays unknown', async () => {
  const provider = vendor.provider({ deadlineMs: 3 * 24 * 3_600_000 });
  const [iccid] = await vendor.iccids('ACTIVE');
  await vendor.fault({ operationId: 'sendSms', kind: 'drop', when: 'before', times: 30 });
  const [outcome] = await provider.messaging!.send({ to: [{ sim: iccid! }], text: 'fault' });
  expect(outcome?.status).toBe('unknown');
  expect(await vendor.effects()).toEqual([]);
  await provider.close();
});

it('a state change that was lost for good is read back: under way or not, nobody can tell', async () => {
  const provider = vendor.provider();
  const [iccid] = await vendor.iccids('ACTIVE');
  await vendor.fault({ operationId: 'changeSimCardStatus', kind: 'drop', when: 'before', times: 30 });
  const [outcome] = await provider.lifecycle.change({ sims: [iccid!], to: 'suspended' });
  // Changes show later here: the old state proves nothing.
  expect(outcome?.status).toBe('unknown');
  await provider.close();
});

import type { SendOutcome, Sim } from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { vendorFor } from './support.js';

const vendor = await vendorFor();

async function opened() {
  const provider = vendor.provider();
  const [sim] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
  return { provider, sim: sim as Sim };
}
const idsOf = (outcomes: readonly SendOutcome[]) =>
  outcomes.flatMap((outcome) => (outcome.status === 'accepted' ? [outcome.message.id] : []));

it.each(['before', 'after'] as const)('an SMS answered 429 (%s its effect) goes out exactly once', async (when) => {
  const { provider, sim } = await opened();
  await vendor.fault({ operationId: 'sendEndpointSms', kind: 'status', status: 429, when });
  const outcomes = await provider.messaging?.send({ to: [{ sim }], text: 'once' });
  expect(outcomes).toMatchObject([{ status: 'accepted' }]);
  expect(await vendor.effects()).toHaveLength(1);
  await provider.close();
});

describe('equal messages to one SIM', () => {
  it('are two when they are sent twice, and a lost one is not taken for the other', async () => {
    const { provider, sim } = await opened();
    await vendor.fault({ operationId: 'sendEndpointSms', kind: 'drop', when: 'before' });
    const send = () => provider.messaging!.send({ to: [{ sim }], text: 'same' });
    const outcomes = (await Promise.all([send(), send()])).flat();
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['accepted', 'unknown']);
    expect(await vendor.effects()).toHaveLength(1);
    await provider.close();
  });

  it('of which an earlier one is missing cannot be told apart, until there are more than are missing', async () => {
    const { provider, sim } = await opened();
    const send = async () => (await provider.messaging!.send({ to: [{ sim }], text: 'same' }))[0]?.status;
    await vendor.fault({ operationId: 'sendEndpointSms', kind: 'drop', when: 'before' });
    expect(await send()).toBe('unknown');
    await vendor.fault({ operationId: 'sendEndpointSms', kind: 'drop', when: 'after', times: 2 });
    // One was found: this one, or the one before, come late.
    expect(await send()).toBe('unknown');
    expect(await vendor.effects()).toHaveLength(1);
    await provider.close();
  });

  test.prop([fc.array(fc.constantFrom('none', 'before', 'after'), { minLength: 1, maxLength: 5 })], { numRuns: 25 })(
    'have ids of their own, and are neither doubled nor denied, whatever gets lost',
    async (losses) => {
      vendor.reset();
      const { provider, sim } = await opened();
      // Equal messages go out one after the other. A fault's `skip` counts the calls that no other fault has met.
      for (const [index, when] of losses.entries())
        if (when !== 'none')
          await vendor.fault({
            operationId: 'sendEndpointSms',
            kind: 'drop',
            when,
            skip: losses.slice(0, index).filter((loss) => loss === 'none').length,
          });
      const sends = losses.map(() => provider.messaging!.send({ to: [{ sim }], text: 'same' }));
      const outcomes = (await Promise.all(sends)).flat();
      const ids = idsOf(outcomes);
      const effects = (await vendor.effects()).length;
      expect(new Set(ids).size).toBe(ids.length);
      expect(effects).toBe(losses.filter((loss) => loss !== 'before').length);
      expect(ids.length).toBeLessThanOrEqual(effects);
      expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
      await provider.close();
    },
  );
});

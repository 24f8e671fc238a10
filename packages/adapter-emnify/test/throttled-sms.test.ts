import { expect, it } from 'vitest';
import { vendorFor } from './support.js';

const vendor = await vendorFor();

it.each(['before', 'after'] as const)('an SMS answered 429 (%s its effect) goes out exactly once', async (when) => {
  const provider = vendor.provider();
  const [sim] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
  await vendor.fault({ operationId: 'sendEndpointSms', kind: 'status', status: 429, when });
  const outcomes = await provider.messaging?.send({ to: [{ sim: sim! }], text: 'once' });
  expect(outcomes).toMatchObject([{ status: 'accepted' }]);
  expect(await vendor.effects()).toHaveLength(1);
});

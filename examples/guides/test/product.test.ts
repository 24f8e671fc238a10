import { adapter as emnify } from '@carrierkit/adapter-emnify';
import { createFleet, type Fleet } from '@carrierkit/fleet';
import { createSandbox } from '@carrierkit/sandbox';
import { afterAll, expect, test } from 'vitest';

/** Your product. */
async function pauseAll({ inventory, lifecycle }: Fleet): Promise<readonly string[]> {
  const sims = await inventory.list({ states: ['active'] }).toArray({ limit: 1000 });
  const outcomes = await lifecycle.change({ sims, to: 'suspended' });
  return outcomes.map(({ status }) => status);
}

const sandbox = await createSandbox({ sims: 30, limits: false });
afterAll(() => sandbox.close());

const iot = {
  adapter: 'emnify',
  baseUrl: String(sandbox.info.baseUrls.emnify),
  applicationToken: 'sandbox-application-token',
};

test('a lost answer is looked up, not sent again', async () => {
  await fetch(`${sandbox.baseUrl}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ adapter: 'emnify', operationId: 'updateSim', kind: 'drop', when: 'after', times: 1 }),
  });
  await using fleet = await createFleet({ providers: { iot } }, { adapters: [emnify] });
  const statuses = await pauseAll(fleet);
  expect(new Set(statuses)).toEqual(new Set(['applied']));

  const response = await fetch(`${sandbox.baseUrl}/_sandbox/effects?adapter=emnify`);
  expect(await response.json()).toHaveLength(statuses.length);
});

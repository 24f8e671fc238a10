import { ConnectivityError } from '@carrierkit/core';
import { expect, test } from 'vitest';
import { createFleet } from '../src/index.js';
import { iccidAt, mini } from './support/mini.js';

test('a fleet of factories lists every SIM of every provider and knows them afterwards', async () => {
  await using fleet = await createFleet({
    providers: { emea: mini({ prefix: '8944' }), iot: mini({ prefix: '8988' }) },
  });
  const sims = await fleet.inventory.list().toArray({ limit: 100 });
  expect(sims.map(({ provider }) => provider).sort()).toEqual([...Array(5).fill('emea'), ...Array(5).fill('iot')]);
  expect(new Set(sims.map(({ iccid }) => iccid)).size).toBe(10);

  const before = fleet.provider('iot').client.vendor.calls.length;
  const outcomes = await fleet.lifecycle.change({ sims: [iccidAt('8988', 3), iccidAt('8944', 1)], to: 'suspended' });
  expect(outcomes.map(({ provider, status }) => [provider, status])).toEqual([
    ['iot', 'applied'],
    ['emea', 'applied'],
  ]);
  expect(
    fleet
      .provider('iot')
      .client.vendor.calls.slice(before)
      .map(({ method }) => method),
  ).toEqual(['change']);
});

test('an unknown provider is told with the nearest name', async () => {
  const fleet = await createFleet({ providers: { emea: mini(), iot: mini() } });
  const id = 'emae' as 'emea';
  expect(() => fleet.provider(id)).toThrow(/there is no provider 'emae', only emea, iot\. Did you mean 'emea'\?/);
});

test('closing releases every provider once, also after one of them fails to', async () => {
  const fleet = await createFleet({ providers: { emea: mini(), iot: mini() } });
  const vendors = (['emea', 'iot'] as const).map((id) => fleet.provider(id).client.vendor);
  await fleet.close();
  await fleet.close();
  expect(vendors.map(({ closed }) => closed)).toEqual([1, 1]);
});

test('require names every provider that lacks something', async () => {
  const fleet = await createFleet({
    providers: { emea: mini(), staff: mini({ supports: { 'messaging.cancel': 'none', 'messaging.list': 'none' } }) },
  });
  fleet.require('messaging.send');
  expect(() => fleet.require('messaging.cancel', 'messaging.list')).toThrow(
    'staff lacks messaging.cancel, messaging.list',
  );
  expect(
    ConnectivityError.is(
      thrownBy(() => fleet.require('messaging.cancel')),
      'unsupported',
    ),
  ).toBe(true);
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

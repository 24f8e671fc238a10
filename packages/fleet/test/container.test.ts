import type { Provider } from '@carrierkit/core';
import { Container } from 'inversify';
import { expect, test } from 'vitest';
import { carrierModule, createContainer, Ports } from '../src/index.js';
import { iccidAt, mini, miniVendor } from './support/mini.js';

function config() {
  const vendors = { emea: miniVendor('emea', { prefix: '8944' }), iot: miniVendor('iot', { prefix: '8988' }) };
  const providers = {
    emea: mini({ prefix: '8944', without: ['messaging'] }, vendors.emea),
    iot: mini({ prefix: '8988' }, vendors.iot),
  };
  return { vendors, config: { providers } };
}

test('unnamed is the whole fleet, named is one provider, both are complete', async () => {
  const { config: content } = config();
  const container = await createContainer(content);
  const count = async (name?: string) => {
    const inventory = container.get(Ports.SimInventory, name === undefined ? {} : { name });
    return (await inventory.list().toArray({ limit: 99 })).length;
  };
  expect([await count(), await count('emea'), await count('iot')]).toEqual([10, 5, 5]);
  const lifecycle = container.get(Ports.Lifecycle, { name: 'iot' });
  expect(await lifecycle.change({ sims: [iccidAt('8988', 0)], to: 'suspended' })).toMatchObject([
    { status: 'applied' },
  ]);
  expect(
    await lifecycle.change({ sims: [{ iccid: iccidAt('8944', 0), provider: 'emea' }], to: 'suspended' }),
  ).toMatchObject([{ status: 'failed', error: { kind: 'input' } }]);
  await expect(container.get(Ports.Messaging, { name: 'emea' }).send({ to: [], text: 'hello' })).rejects.toMatchObject({
    kind: 'unsupported',
    message: expect.stringContaining('emea'),
  });
  expect(
    await container
      .get(Ports.Usage)
      .records({ window: {} as never })
      .toArray({ limit: 1 }),
  ).toEqual([]);
  expect(() => container.get(Ports.Usage, { name: 'nobody' })).toThrow();
});

test('providers, the fleet and its runs are there, and one of each', async () => {
  const { config: content } = config();
  const container = await createContainer(content);
  const providers: Provider[] = container.getAll(Ports.Provider);
  expect(providers.map(({ id }) => id)).toEqual(['emea', 'iot']);
  expect(container.get(Ports.Provider, { name: 'iot' })).toBe(providers[1]);
  const fleet = container.get(Ports.Fleet);
  expect(fleet).toBe(container.get(Ports.Fleet));
  expect(fleet.providers).toEqual(providers);
  expect(container.get(Ports.Runs)).toBe(fleet.runs);
});

test('in a container of the product’s own, beside its own services, released with it', async () => {
  const { vendors, config: content } = config();
  const container = new Container();
  container.bind('clock').toConstantValue(7);
  await container.loadAsync(await carrierModule(content));
  container
    .bind('service')
    .toResolvedValue((inventory, clock) => ({ inventory, clock }), [Ports.SimInventory, 'clock'])
    .inSingletonScope();
  expect(container.get<{ clock: number }>('service').clock).toBe(7);
  await container.unbindAllAsync();
  expect([vendors.emea.closed, vendors.iot.closed]).toEqual([1, 1]);
});

test('what was never asked for is never made', async () => {
  let made = 0;
  const lazy: ReturnType<typeof mini> = (context) => {
    made += 1;
    return mini()(context);
  };
  const container = await createContainer({ providers: { emea: lazy } });
  expect(made).toBe(0);
  container.get(Ports.SimInventory);
  expect(made).toBe(1);
  await container.unbindAllAsync();
});

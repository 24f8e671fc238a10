import {
  ConnectivityError,
  type Lifecycle,
  type Messaging,
  parseInstant,
  type Sim,
  type Usage,
} from '@carrierkit/core';
import { expect, test } from 'vitest';
import { type Complete, createContainer, createFleet, type Fleet, type FleetInventory, Ports } from '../src/index.js';
import { startVendors } from './support/vendors.js';

const vendors = await startVendors();
const window = { from: parseInstant('2026-11-01T00:00:00Z'), to: parseInstant('2026-11-08T00:00:00Z') };

/** A product that knows no carrier: it is written against the four ports, and whatever stands in the config is what it works with. */
class Product {
  readonly #inventory: FleetInventory;
  readonly #lifecycle: Complete<Lifecycle>;
  readonly #messaging: Complete<Messaging>;
  readonly #usage: Usage;

  constructor(inventory: FleetInventory, lifecycle: Complete<Lifecycle>, messaging: Complete<Messaging>, usage: Usage) {
    this.#inventory = inventory;
    this.#lifecycle = lifecycle;
    this.#messaging = messaging;
    this.#usage = usage;
  }

  /** All SIMs; one active SIM of each provider is sent a message, suspended and set back, and its usage is read. */
  async day() {
    const sims: Sim[] = [];
    for await (const sim of this.#inventory.list()) sims.push(sim);
    const chosen = new Map<string, Sim>();
    for (const sim of sims)
      if (sim.state.value === 'active' && sim.msisdns.length > 0 && !chosen.has(sim.provider))
        chosen.set(sim.provider, sim);
    const picked = [...chosen.values()];
    const sent = await this.#messaging.send({ to: picked.map((sim) => ({ sim })), text: 'hello' });
    const moves: string[] = [];
    for (const to of ['suspended', 'active'] as const) {
      // By ICCID alone: the product stores nothing of a vendor.
      const outcomes = await this.#lifecycle.change({ sims: picked.map(({ iccid }) => iccid), to });
      const pending = outcomes.flatMap((outcome) => (outcome.status === 'accepted' ? [outcome.pending] : []));
      const confirmed = await this.#lifecycle.confirm(pending);
      for (const { iccid } of picked) moves.push((await this.#inventory.get(iccid)).state.value);
      for (const outcome of [...outcomes, ...confirmed])
        if ('error' in outcome) throw new Error(`${outcome.provider}: ${outcome.error.message}`);
    }
    const records = await this.#usage.records({ window, sims: picked }).toArray({ limit: 10_000 });
    return { sims, picked, sent, moves, records };
  }
}

const fromFleet = ({ inventory, lifecycle, messaging, usage }: Fleet) =>
  new Product(inventory, lifecycle, messaging, usage);

async function expectGoodDay(product: Product, ids: readonly string[]): Promise<void> {
  const { sims, picked, sent, moves, records } = await product.day();
  const adapterOf = Object.fromEntries(Object.entries(vendors.blocks()).map(([id, { adapter }]) => [adapter, id]));
  const truth = (await vendors.sims()).filter(({ adapter }) => ids.includes(adapterOf[adapter]!));
  expect(sims.map(({ provider, iccid }) => `${provider} ${iccid}`).sort()).toEqual(
    truth.map(({ adapter, iccid }) => `${adapterOf[adapter]} ${iccid}`).sort(),
  );
  expect(picked.map(({ provider }) => provider).sort()).toEqual(ids);
  expect(sent.map(({ provider, status }) => `${provider} ${status}`).sort()).toEqual(ids.map((id) => `${id} accepted`));
  expect(moves).toEqual([...ids.map(() => 'suspended'), ...ids.map(() => 'active')]);
  expect([...new Set(records.map(({ provider }) => provider))].sort()).toEqual(ids);
  const wanted = new Set(picked.map(({ iccid }) => iccid));
  expect(records.every(({ iccid }) => iccid !== null && wanted.has(iccid))).toBe(true);
  const effects = await vendors.effects();
  expect(effects).toHaveLength(3 * ids.length);
}

const ids = Object.keys(vendors.blocks()).sort();

for (const id of ids) {
  test(`the product runs on a fleet of one: ${id}; only the config differs`, async () => {
    const file = await vendors.config({ [id]: vendors.blocks()[id] });
    await using fleet = await createFleet(file, vendors.options);
    await expectGoodDay(fromFleet(fleet), [id]);
  });

  test(`and on the ports of ${id} out of a fleet of all`, async () => {
    await using fleet = await createFleet(await vendors.config(), vendors.options);
    const { inventory, lifecycle, messaging, usage } = fleet.provider(id);
    await expectGoodDay(new Product(inventory, lifecycle, messaging, usage), [id]);
  });
}

test('the same product runs on the fleet of all', async () => {
  await using fleet = await createFleet(await vendors.config(), vendors.options);
  await expectGoodDay(fromFleet(fleet), ids);
});

test('and out of a container', async () => {
  const container = await createContainer(await vendors.config(), vendors.options);
  const ports = [Ports.SimInventory, Ports.Lifecycle, Ports.Messaging, Ports.Usage] as const;
  container
    .bind(Product)
    .toResolvedValue((...given: ConstructorParameters<typeof Product>) => new Product(...given), [...ports]);
  await expectGoodDay(container.get(Product), ids);
  await container.unbindAllAsync();
});

test('wrong credentials for one provider: the others are complete, and the list says which one is missing', async () => {
  for (const id of ids) {
    const blocks = vendors.blocks();
    const secret = Object.keys(blocks[id]!).find((key) => /token|secret/i.test(key))!;
    blocks[id] = { ...blocks[id], [secret]: 'ffffffffffffffffffffffffffffffffffffffff' };
    await using fleet = await createFleet(await vendors.config(blocks), vendors.options);
    const got: Sim[] = [];
    const list = async () => {
      for await (const sim of fleet.inventory.list()) got.push(sim);
    };
    const error: unknown = await list().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      kind: 'partial',
      message: `${id} could not be read to the end`,
      details: { failures: [{ kind: 'authentication', provider: id }] },
    });
    expect(JSON.stringify(error)).not.toContain('ffffff');
    const others = ids.filter((other) => other !== id).map((other) => blocks[other]!['adapter']);
    const truth = (await vendors.sims()).filter(({ adapter }) => others.includes(adapter));
    expect(got.map(({ iccid }) => iccid).sort()).toEqual(truth.map(({ iccid }) => iccid).sort());
    const health = await Promise.all(fleet.providers.map((provider) => provider.check()));
    expect(health.map((problem) => problem?.kind ?? null)).toEqual(
      fleet.providers.map((provider) => (provider.id === id ? 'authentication' : null)),
    );

    const told: unknown[] = [];
    const rest = await fleet.inventory
      .list({}, { onProviderError: (problem) => told.push([problem.provider, problem.kind]) })
      .toArray({ limit: 1000 });
    expect(rest).toHaveLength(got.length);
    expect(told).toEqual([[id, 'authentication']]);
  }
});

test('an unknown host and a closed port are told with provider and kind, and no adapter is asked twice by the fleet', async () => {
  const blocks = vendors.blocks();
  blocks['iot'] = { ...blocks['iot'], baseUrl: 'http://127.0.0.1:9', deadlineMs: 1000 };
  await using fleet = await createFleet(await vendors.config(blocks), vendors.options);
  const error: unknown = await fleet.inventory
    .list()
    .toArray({ limit: 1000 })
    .catch((thrown: unknown) => thrown);
  expect(ConnectivityError.is(error, 'partial') && error.details.failures).toMatchObject([
    { kind: 'unavailable', provider: 'iot', effect: 'none' },
  ]);
});

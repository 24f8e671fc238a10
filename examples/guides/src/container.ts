import type { Messaging, SimInventory } from '@carrierkit/core';
import { carrierModule, Ports } from '@carrierkit/fleet';
import { Container } from 'inversify';

/** Yours: it knows the ports, and neither a carrier nor the container. */
class Alarm {
  readonly #sims: SimInventory;
  readonly #messaging: Messaging;

  constructor(sims: SimInventory, messaging: Messaging) {
    this.#sims = sims;
    this.#messaging = messaging;
  }

  async ring(tag: string): Promise<number> {
    const sims = await this.#sims.list({ tags: [tag], states: ['active'] }).toArray({ limit: 100 });
    const outcomes = await this.#messaging.send({ to: sims.map((sim) => ({ sim })), text: 'wake up' });
    return outcomes.filter(({ status }) => status === 'accepted').length;
  }
}

const container = new Container({ defaultScope: 'Singleton' });
await container.loadAsync(await carrierModule('carrierkit.config.yaml'));
container
  .bind(Alarm)
  .toResolvedValue(
    (sims: SimInventory, messaging: Messaging) => new Alarm(sims, messaging),
    [Ports.SimInventory, Ports.Messaging],
  );

console.log('rung:', await container.get(Alarm).ring('trackers'));

// Unnamed is the whole fleet; a name is one provider behind the same port.
const emea = container.get(Ports.SimInventory, { name: 'emea' });
console.log('emea has', (await emea.list().toArray({ limit: 1000 })).length, 'SIMs');

await container.unbindAllAsync();

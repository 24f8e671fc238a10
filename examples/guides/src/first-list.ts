import { createFleet } from '@carrierkit/fleet';

await using fleet = await createFleet('carrierkit.config.yaml');

for await (const sim of fleet.inventory.list({ states: ['active'] })) {
  console.log(sim.provider, sim.iccid, sim.state.raw, sim.label ?? '');
}

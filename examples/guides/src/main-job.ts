import { createFleet } from '@carrierkit/fleet';

await using fleet = await createFleet('carrierkit.config.yaml');

// Every SIM of every carrier in one list: lazy, side by side, as much as you take.
for await (const sim of fleet.inventory.list({ states: ['active'], tags: ['trackers'] })) {
  console.log(sim.provider, sim.iccid, sim.state.raw);
}

// Writes take any number of SIMs of any carrier, and tell the outcome of each.
const sims = await fleet.inventory.list({ states: ['active'] }).toArray({ limit: 1000 });
for (const outcome of await fleet.lifecycle.change({ sims: sims.slice(-3), to: 'suspended' })) {
  console.log(outcome.iccid, outcome.status); // applied | unchanged | accepted | failed | unknown
}

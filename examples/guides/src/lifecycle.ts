import { plan, type SimOutcome } from '@carrierkit/core';
import { createFleet } from '@carrierkit/fleet';

await using fleet = await createFleet('carrierkit.config.yaml');

const [boxed] = await fleet.inventory.list({ providers: ['iot'], states: ['inventory'] }).toArray({ limit: 1 });
if (boxed === undefined) throw new Error('iot has no SIM in its box');

// What the vendor's rules say, before anything is asked of the vendor.
const { path, steps } = plan(fleet.provider('iot').capabilities.transitions, boxed.state.value, 'suspended');
console.log(path?.join(' -> '));
for (const { to, reversible, billing } of steps) console.log(to, { reversible, billing });

// One move each; emnify refuses the short cut, and says which states may follow.
const [refused] = await fleet.lifecycle.change({ sims: [boxed], to: 'suspended' });
console.log(refused && told(refused));

const sims = await fleet.inventory.list({ states: ['active'], providers: ['emea', 'iot'] }).toArray({ limit: 100 });
const outcomes = await fleet.lifecycle.change({ sims: sims.slice(0, 5), to: 'suspended' });
const pending = outcomes.flatMap((outcome) => (outcome.status === 'accepted' ? [outcome.pending] : []));
for (const outcome of [
  ...outcomes.filter(({ status }) => status !== 'accepted'),
  ...(await fleet.lifecycle.confirm(pending)),
])
  console.log(told(outcome));

function told(outcome: SimOutcome): string {
  switch (outcome.status) {
    case 'applied':
    case 'unchanged':
    case 'accepted':
      return outcome.status;
    case 'failed':
      return `not done: ${outcome.error.message}`;
    case 'unknown':
      return `perhaps done, look before you repeat it: ${outcome.error.message}`;
  }
}

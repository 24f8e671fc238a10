import { smsSegments } from '@carrierkit/core';
import { createFleet } from '@carrierkit/fleet';

await using fleet = await createFleet('carrierkit.config.yaml');

const text = 'Gerät neu starten';
const { encoding, segments } = smsSegments(text);
console.log(encoding, segments);

const sims = await fleet.inventory.list({ states: ['active'], providers: ['emea', 'iot'] }).toArray({ limit: 500 });
const recipients = ['emea', 'iot'].flatMap((id) => sims.find(({ provider }) => provider === id) ?? []);

for (const outcome of await fleet.messaging.send({ to: recipients.map((sim) => ({ sim })), text })) {
  if (outcome.status !== 'accepted') {
    console.log(outcome.provider, outcome.status, outcome.error.message);
    continue;
  }
  // Accepted is not delivered: that is another question, where the vendor answers it.
  const [delivery] = await fleet.messaging.delivery(outcome.message);
  console.log(outcome.provider, outcome.status, delivery?.state.value);
}

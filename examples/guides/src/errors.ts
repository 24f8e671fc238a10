import { ConnectivityError, parseIccid } from '@carrierkit/core';
import { createFleet } from '@carrierkit/fleet';

await using fleet = await createFleet('carrierkit.config.yaml');

try {
  await fleet.inventory.get(parseIccid('8988303042003199999'));
} catch (error) {
  if (!ConnectivityError.is(error)) throw error;
  const { kind, message, effect, provider, retryAfterMs } = error;
  console.log({ kind, message, effect, provider, retryAfterMs });
}

// A list goes on without a provider that fails, and says so; without `onProviderError` it ends by throwing `partial`.
let count = 0;
const list = fleet.inventory.list({}, { onProviderError: ({ provider, kind }) => console.log(provider, kind) });
for await (const _ of list) count += 1;
console.log(count, 'SIMs of the providers that answered');

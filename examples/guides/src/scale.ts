import { emnify } from '@carrierkit/adapter-emnify';
import { truphone } from '@carrierkit/adapter-truphone';
import { createFleet } from '@carrierkit/fleet';

const { TRUPHONE_TOKEN = '', TRUPHONE_URL, EMNIFY_APPLICATION_TOKEN = '', EMNIFY_URL } = process.env;
const { WORKERS = '4' } = process.env;
/** This process's part of each vendor's allowance, the same in every worker. */
const rateShare = 1 / Number(WORKERS);
const waited = new Map<string, number>();

await using fleet = await createFleet(
  {
    providers: {
      emea: truphone({ token: TRUPHONE_TOKEN, rateShare, ...(TRUPHONE_URL && { baseUrl: TRUPHONE_URL }) }),
      iot: emnify({
        applicationToken: EMNIFY_APPLICATION_TOKEN,
        rateShare,
        ...(EMNIFY_URL && { baseUrl: EMNIFY_URL }),
      }),
    },
  },
  {
    hooks: {
      onWait: ({ provider, bucket, waitMs }) => {
        const key = `${provider} ${bucket}`;
        waited.set(key, (waited.get(key) ?? 0) + waitMs);
      },
    },
  },
);

// As fast as the vendors allow, in memory that does not grow with the fleet; what a person waits for goes first.
let count = 0;
for await (const _ of fleet.inventory.list({}, { priority: 'bulk' })) count += 1;
console.log(count, 'SIMs; waited for', [...waited.keys()].join(', ') || 'nothing');

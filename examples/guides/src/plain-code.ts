import { emnify } from '@carrierkit/adapter-emnify';
import { truphone } from '@carrierkit/adapter-truphone';
import { createFleet } from '@carrierkit/fleet';

const { TRUPHONE_TOKEN = '', TRUPHONE_URL, EMNIFY_APPLICATION_TOKEN = '', EMNIFY_URL } = process.env;

await using fleet = await createFleet({
  providers: {
    emea: truphone({ token: TRUPHONE_TOKEN, ...(TRUPHONE_URL && { baseUrl: TRUPHONE_URL }) }),
    iot: emnify({ applicationToken: EMNIFY_APPLICATION_TOKEN, ...(EMNIFY_URL && { baseUrl: EMNIFY_URL }) }),
  },
});

// Fails at start, naming who cannot, instead of at the first message in production.
fleet.require('messaging.send');

// Everything a vendor documents, typed, through the same limits, retries and redaction.
const { data } = await fleet.provider('iot').client.listSims({ per_page: 3 });
for (const { id, status } of data) console.log(id, status?.description);

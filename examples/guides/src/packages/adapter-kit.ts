import { createClient, fixedToken, operation, Secret } from '@carrierkit/adapter-kit';

const [baseUrl = 'http://127.0.0.1:4010/truphone'] = process.argv.slice(2);

// An operation is declared once: how it is called, what it takes and answers, and whether it may be repeated.
const operations = {
  listTags: operation({
    method: 'GET',
    path: '/api/v2.0/tags/',
    answer: 'json',
    repeat: 'safe',
    lane: 'account',
    schemas: (z) => ({
      query: { page: z.int().optional() },
      response: z.array(z.object({ label: z.string() })),
    }),
  }),
};

const { client, close } = createClient({
  context: { id: 'acme' },
  settings: { baseUrl },
  origin: 'https://api.acme.example',
  operations,
  limits: { buckets: { minute: { rate: 300, burst: 10, periodMs: 60_000 } }, lanes: { account: ['minute'] } },
  readError: ({ body }) => ({ message: JSON.stringify(body) }),
  authenticator: () => fixedToken('Token', new Secret('0123456789abcdef0123456789abcdef01234567')),
});

const { data, status } = await client.listTags({ page: 1 });
console.log(status, data.map(({ label }) => label).join(', '));
await close();

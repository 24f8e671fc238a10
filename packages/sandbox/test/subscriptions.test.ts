import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  at,
  type Client,
  EVERYTHING,
  list,
  requestToken,
  startClient,
  TOKEN_PATH,
  texts,
} from './subscriptions-client.js';

let client: Client;
beforeEach(async () => {
  client = await startClient();
});
afterEach(async () => {
  const { violations } = (await client.control('/stats')) as { violations: unknown };
  await client.sandbox.close();
  expect(violations).toEqual([]);
});

describe('signing in', () => {
  it('issues tokens of five minutes outside /enterprise', async () => {
    const reply = await requestToken(`${client.sandbox.baseUrl}/subscriptions`, 'sandbox-client', 'sandbox-secret');
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ token_type: 'Bearer', expires_in: 300 });
    const payload = String(at(reply.body, 'access_token')).split('.')[1] ?? '';
    const { iat, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iat: number; exp: number };
    expect(exp - iat).toBe(300);
  });

  it('refuses a wrong secret, a JSON body and another grant', async () => {
    const base = `${client.sandbox.baseUrl}/subscriptions`;
    const wrong = await requestToken(base, 'sandbox-client', 'guess');
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const json = await fetch(base + TOKEN_PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials' }),
    });
    expect(json.status).toBe(400);
    const body = new URLSearchParams({ grant_type: 'password', client_id: 'a', client_secret: 'b' });
    expect((await fetch(base + TOKEN_PATH, { method: 'POST', body })).status).toBe(400);
  });

  it('answers 401 without a token, with an unknown one, and in the middle of a listing', async () => {
    expect(await client.call('/accounts', { token: null })).toMatchObject({
      status: 401,
      body: { type: 'UNAUTHORISED', messages: [expect.any(String)] },
    });
    expect((await client.call('/accounts', { token: 'made-up' })).status).toBe(401);
    const first = await client.call('/subscriptions?limit=5');
    const next = new URL(String(at(first.body, '_links', 'next', 'href'))).search;
    client.sandbox.advance(299_999);
    expect((await client.call(`/subscriptions${next}`)).status).toBe(200);
    client.sandbox.advance(1);
    expect((await client.call(`/subscriptions${next}`)).status).toBe(401);
    await client.signIn();
    expect((await client.call(`/subscriptions${next}`)).status).toBe(200);
  });

  it('registers its tokens as secrets', async () => {
    const token = await client.signIn();
    expect(await client.control('/secrets')).toEqual(expect.arrayContaining([token, 'sandbox-secret']));
  });

  it('allows 1000 calls a minute and resource, and refuses in the shape of the sibling API', async () => {
    const limited = await startClient({ limits: true });
    try {
      for (let call = 0; call < 1000; call++) await limited.call('/accounts?limit=1');
      const refused = await limited.call('/accounts/whatever');
      expect(refused).toMatchObject({ status: 429, body: { message: 'Rate limit exceeded', http_status_code: 429 } });
      expect(refused.headers.get('x-rate-limit-limit')).toBe('1000');
      expect(refused.headers.get('x-rate-limit-remaining')).toBe('0');
      const reset = Number(refused.headers.get('x-rate-limit-reset'));
      expect(new Date(reset).toISOString()).toBe('2026-11-02T09:31:00.000Z');
      expect((await limited.call('/products')).status).toBe(200);
      limited.sandbox.advance(60_000);
      expect((await limited.call('/accounts')).status).toBe(200);
    } finally {
      await limited.sandbox.close();
    }
  });
});

describe('lists', () => {
  const collections = [
    ['/accounts', 'accounts', 4],
    ['/order-templates', 'order-templates', 12],
    ['/products', 'products', 60],
    ['/subscribers', 'subscribers', 60],
    ['/subscriptions', 'subscriptions', 60],
  ] as const;

  it.each(collections)('%s holds %s and is read to its end at any page size', async (path, name, size) => {
    const whole = texts(await client.all(`${path}?limit=100`, name), 'id');
    expect(new Set(whole).size).toBe(size);
    for (const limit of [1, 7, size]) {
      expect(texts(await client.all(`${path}?limit=${limit}`, name), 'id')).toEqual(whole);
    }
    const page = await client.call(path);
    expect(list(page.body, '_embedded', name)).toHaveLength(Math.min(10, size));
    expect(at(page.body, '_links', 'next') !== undefined).toBe(size > 10);
  });

  it('puts filters, an encoded cursor and the limit into the next link', async () => {
    const path = '/products?status=active&limit=3&account-id=ignored';
    const href = String(at((await client.call(path)).body, '_links', 'next', 'href'));
    expect(href).toMatch(/\/subscriptions\/enterprise\/products\?cursor=[A-Za-z0-9%]+&status=active&limit=3$/);
    const cursor = new URL(href).searchParams.get('cursor') ?? '';
    expect(Buffer.from(cursor, 'base64').toString()).toMatch(/^prod_[0-9A-Z]+\|Next$/);
    expect(cursor.length).toBeLessThanOrEqual(128);
  });

  it.each(['limit=0', 'limit=101', 'limit=ten', 'limit=', 'cursor=', 'cursor=made-up', `cursor=${'A'.repeat(129)}`])(
    'refuses %s',
    async (query) => {
      const reply = await client.call(`/subscriptions?${query}`);
      expect(reply).toMatchObject({ status: 400, body: { type: 'INVALID_REQUEST_PARAMS' } });
    },
  );

  it('refuses the cursor of another list and one that was encoded twice', async () => {
    const href = String(at((await client.call('/subscribers?limit=1')).body, '_links', 'next', 'href'));
    const cursor = new URL(href).searchParams.get('cursor') ?? '';
    expect((await client.call(`/subscriptions?cursor=${encodeURIComponent(cursor)}`)).status).toBe(400);
    const twice = encodeURIComponent(encodeURIComponent(cursor));
    const expected = cursor.endsWith('=') ? 400 : 200;
    expect((await client.call(`/subscribers?cursor=${twice}`)).status).toBe(expected);
  });

  it('reads single resources by the ids it lists, and knows no others', async () => {
    for (const [path, name] of collections) {
      for (const id of texts(await client.all(`${path}?limit=100`, name), 'id')) {
        expect((await client.call(`${path}/${id}`)).body).toMatchObject({ id });
      }
      const unknown = await client.call(`${path}/sub_01HTJA47C93ABKKR58T05JBAJB`);
      expect(unknown).toMatchObject({ status: 404, body: { type: 'NOT_FOUND' } });
    }
    expect((await client.call('/nowhere')).status).toBe(404);
    expect((await client.call('/accounts', { method: 'DELETE' })).status).toBe(405);
    expect((await client.call('/orders')).status).toBe(405);
  });

  it('filters by the documented names and ignores others', async () => {
    const [account = ''] = client.sandbox.info.accounts;
    const all = await client.all('/products?limit=100', 'products');
    const ofAccount = await client.all(`/products?limit=100&account_id=${account}`, 'products');
    expect(ofAccount.length).toBeGreaterThan(0);
    expect(ofAccount.length).toBeLessThan(all.length);
    for (const href of texts(ofAccount, '_links', 'account', 'href')) expect(href.endsWith(account)).toBe(true);
    expect(await client.all(`/products?limit=100&account-id=${account}`, 'products')).toEqual(all);

    const terminated = await client.all('/subscriptions?status=terminated&limit=2', 'subscriptions');
    expect(new Set(texts(terminated, 'status'))).toEqual(new Set(['terminated']));
    expect((await client.call('/subscriptions?status=suspended')).status).toBe(400);
    const states = new Set(texts(await client.all('/subscriptions?limit=100', 'subscriptions'), 'status'));
    expect(states).toEqual(new Set(['active', 'suspended', 'terminated']));
  });

  it('shows ids that break the patterns of requests', async () => {
    const accounts = texts(await client.all('/accounts', 'accounts'), 'id');
    expect(new Set(accounts.map((id) => id.length - 'acc_'.length))).toEqual(new Set([26, 18]));
    const subscribers = texts(await client.all('/subscribers', 'subscribers'), 'id');
    expect(new Set(subscribers.map((id) => id.length - 'sbr_'.length))).toEqual(new Set([26, 22]));
    for (const id of client.sandbox.info.accounts) expect(id).toMatch(/^acc_[0-9A-Z]{26}$/);
  });
});

describe('subscriptions', () => {
  it('embed nothing without Prefer', async () => {
    const reply = await client.call('/subscriptions');
    for (const subscription of list(reply.body, '_embedded', 'subscriptions')) {
      expect(at(subscription, '_embedded')).toBeUndefined();
      expect(Object.keys(at(subscription, '_links') as object)).toEqual(
        expect.arrayContaining(['self', 'account', 'subscriber', 'sim_profile', 'phone_numbers', 'services']),
      );
      expect(at(subscription, '_links', 'subscriber', 'method')).toBe('GET');
    }
    expect(reply.headers.get('vary')).toBe('Prefer');
    expect(reply.headers.get('preference-applied')).toBeNull();
  });

  it('embed what Prefer asks for, doubly wrapped, the account without its status', async () => {
    const reply = await client.call('/subscriptions?limit=100', { headers: { prefer: EVERYTHING } });
    expect(reply.headers.get('preference-applied')).toBe(EVERYTHING);
    const subscriptions = list(reply.body, '_embedded', 'subscriptions');
    for (const subscription of subscriptions) {
      const numbers = list(subscription, '_embedded', 'phone_numbers', '_embedded', 'phone_numbers');
      expect(numbers.filter((number) => at(number, 'is_primary') === true)).toHaveLength(1);
      expect(list(subscription, '_embedded', 'services', '_embedded', 'services')).toContainEqual({
        type: 'sms',
        enabled: true,
      });
      expect(at(subscription, '_embedded', 'account', 'id')).toMatch(/^acc_/);
      expect(at(subscription, '_embedded', 'account', 'status')).toBeUndefined();
      expect(at(subscription, '_embedded', 'sim_profile', 'iccid')).toMatch(/^8931068\d{12}$/);
      expect(at(subscription, '_embedded', 'subscriber', 'email')).toMatch(/@example\.com$/);
    }
    const codes = subscriptions.map((subscription) => at(subscription, '_embedded', 'account', 'reference_code'));
    expect(codes).toContain(undefined);
    const lengths = subscriptions.flatMap((subscription) =>
      texts(list(subscription, '_embedded', 'phone_numbers', '_embedded', 'phone_numbers'), 'msisdn').map(
        (msisdn) => msisdn.length,
      ),
    );
    expect(new Set(lengths)).toEqual(new Set([11, 12]));
  });

  it('honour part of a preference and pass over unknown names', async () => {
    const headers = { prefer: 'respond-async, transclude="sim_profile;colour;account"' };
    const page = await client.call('/subscriptions?limit=1', { headers });
    expect(page.headers.get('preference-applied')).toBe('transclude="account;sim_profile"');
    const [subscription] = list(page.body, '_embedded', 'subscriptions');
    expect(Object.keys(at(subscription, '_embedded') as object).toSorted()).toEqual(['account', 'sim_profile']);
    const single = await client.call(`/subscriptions/${String(at(subscription, 'id'))}`, { headers });
    expect(single.body).toEqual(subscription);
    const none = await client.call('/subscriptions', { headers: { prefer: 'transclude="colour"' } });
    expect(none.headers.get('preference-applied')).toBeNull();
  });

  it('lead to their parts, which have a media type of their own', async () => {
    const page = await client.call('/subscriptions?limit=1', { headers: { prefer: EVERYTHING } });
    const [subscription] = list(page.body, '_embedded', 'subscriptions');
    for (const name of ['sim_profile', 'phone_numbers', 'services']) {
      const { pathname } = new URL(String(at(subscription, '_links', name, 'href')));
      const reply = await client.call(pathname.replace('/subscriptions/enterprise', ''));
      expect(reply.body).toEqual(at(subscription, '_embedded', name));
      expect(reply.headers.get('content-type')).toBe('application/hal+json');
    }
    const path = `/subscriptions/${String(at(subscription, 'id'))}/services`;
    const plain = await client.call(path, { headers: { accept: 'application/json' } });
    expect(plain.headers.get('content-type')).toBe('application/json');
  });

  it('write created_at in both styles and terminated_at as text, null or not at all', async () => {
    const subscriptions = await client.all('/subscriptions?limit=100', 'subscriptions');
    const created = texts(subscriptions, 'created_at');
    const broken = created.filter((text) => Number.isNaN(Date.parse(text)));
    expect(broken.length).toBeGreaterThan(0);
    expect(broken.length).toBeLessThan(created.length);
    for (const text of broken) expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d:\d{3}Z$/);
    const ended = new Set(subscriptions.map((subscription) => typeof at(subscription, 'terminated_at')));
    expect(ended).toEqual(new Set(['string', 'object', 'undefined']));
  });

  it('change when the vendor changes them', async () => {
    const sims = (await client.control('/sims')) as { iccid: string; vendorId: string; state: string }[];
    const sim = sims.find(({ state }) => state === 'active');
    const path = `/subscriptions/${sim?.vendorId}`;
    const patch = (body: object) => client.control(`/sims/${sim?.iccid}`, { method: 'PATCH', body });
    expect(await patch({ state: 'dormant', services: { voice: 'disabled' } })).toMatchObject({ state: 'dormant' });
    expect((await client.call(path)).body).toMatchObject({ status: 'dormant' });
    const { body } = await client.call(`${path}/services`);
    expect(list(body, '_embedded', 'services')).toContainEqual({ type: 'voice', enabled: false });
    await patch({ state: 'terminated' });
    const terminated = await client.call(path);
    expect(terminated.body).toMatchObject({ status: 'terminated', terminated_at: '2026-11-02T09:30:00Z' });
  });
});

describe('switches', () => {
  const withSwitches = async (switches: Parameters<typeof startClient>[0], use: (own: Client) => Promise<void>) => {
    const own = await startClient(switches);
    try {
      await use(own);
      expect(await own.control('/stats')).toMatchObject({ violations: [] });
    } finally {
      await own.sandbox.close();
    }
  };

  it('ignore Prefer', () =>
    withSwitches({ switches: { ignorePrefer: true } }, async (own) => {
      const reply = await own.call('/subscriptions', { headers: { prefer: EVERYTHING } });
      expect(at(reply.body, '_embedded', 'subscriptions', 0, '_embedded')).toBeUndefined();
      expect(reply.headers.get('preference-applied')).toBeNull();
    }));

  it('link to another host', () =>
    withSwitches({ switches: { links: 'foreign' } }, async (own) => {
      const { body } = await own.call('/subscriptions?limit=3');
      expect(at(body, '_links', 'next', 'href')).toMatch(
        /^https:\/\/api\.staging\.1global\.com\/enterprise\/subscriptions\?/,
      );
      expect(await own.all('/subscriptions?limit=50', 'subscriptions')).toHaveLength(60);
    }));

  it('leave out an empty list', async () => {
    await withSwitches({ sims: 0, switches: { emptyPages: 'missing' } }, async (own) => {
      expect(at((await own.call('/subscriptions')).body, '_embedded')).toBeUndefined();
    });
    await withSwitches({ sims: 0 }, async (own) => {
      expect(at((await own.call('/subscriptions')).body, '_embedded', 'subscriptions')).toEqual([]);
    });
  });

  it('show templates as an early page did', () =>
    withSwitches({ switches: { templateShape: 'early' } }, async (own) => {
      const { body } = await own.call('/order-templates');
      expect(list(body, 'order_templates')).toHaveLength(10);
      const [id] = own.sandbox.info.templates;
      expect((await own.call(`/order-templates/${id}`)).body).toMatchObject({ order_templates: [{ id }] });
    }));

  it('show a suspended subscription as active', () =>
    withSwitches({ switches: { suspendedReads: 'active' } }, async (own) => {
      const states = texts(await own.all('/subscriptions?limit=100', 'subscriptions'), 'status');
      expect(new Set(states)).toEqual(new Set(['active', 'terminated']));
      const sims = (await own.control('/sims')) as { state: string }[];
      expect(sims.some(({ state }) => state === 'suspended')).toBe(true);
    }));
});

it('answers the same for the same seed, clock and requests', async () => {
  const other = await startClient();
  try {
    const paths = ['/accounts', '/subscriptions?limit=100', '/subscribers', '/products', '/usage/items?limit=100'];
    for (const path of paths) {
      const [one, two] = await Promise.all([client.call(path), other.call(path)]);
      const text = (body: unknown, { sandbox }: Client) => JSON.stringify(body).replaceAll(sandbox.baseUrl, '');
      expect(text(one.body, client)).toBe(text(two.body, other));
    }
  } finally {
    await other.sandbox.close();
  }
});

it('keeps nothing of the 100,000 subscriptions it lists', async () => {
  const large = await startClient({ sims: 100_000, days: 3 });
  const read = async (pages: number): Promise<void> => {
    let path = '/subscriptions?limit=100';
    for (let page = 0; page < pages; page++) {
      const { body } = await large.call(path, { headers: { prefer: EVERYTHING } });
      path = `/subscriptions${new URL(String(at(body, '_links', 'next', 'href'))).search}`;
    }
  };
  try {
    await read(20);
    const before = heapInUse();
    await read(300);
    expect(heapInUse() - before).toBeLessThan(8 * 1024 * 1024);
  } finally {
    await large.sandbox.close();
  }
});

/** After a collection, so that garbage does not count. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

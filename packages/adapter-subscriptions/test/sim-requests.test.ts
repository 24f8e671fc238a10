import { describe, expect, it } from 'vitest';
import {
  api,
  embedded,
  first,
  ids,
  other,
  owned,
  page,
  provider,
  recorded,
  second,
  signIn,
  subscription,
} from './recorded.js';

recorded();

const everything = 'transclude="subscriber;account;sim_profile;phone_numbers;services"';

describe('SIMs', () => {
  it('are asked for page by page: parts embedded, the cursor of the link decoded once, its host and path ignored', async () => {
    signIn();
    const cursor = 'c3ViXzFfTmV4dA==';
    const next = `https://api.staging.1global.com/ordering/subscriptions/subscriptions?cursor=${encodeURIComponent(cursor)}&limit=100`;
    api()
      .get('/subscriptions?limit=100')
      .matchHeader('prefer', everything)
      .matchHeader('x-correlation-id', /^[0-9a-f-]{36}$/)
      .matchHeader('accept', 'application/json, application/hal+json')
      .reply(200, page([subscription(ids.subscription, first)], next));
    api()
      .get('/subscriptions?limit=100&cursor=c3ViXzFfTmV4dA%3D%3D')
      .matchHeader('prefer', everything)
      .reply(200, page([subscription(ids.subscription, first), subscription(other, second)]));
    const staff = provider();
    const sims = await staff.inventory.list().toArray({ limit: 10 });
    expect(sims.map(({ iccid, ref }) => ({ iccid, ref }))).toEqual([owned(), owned(other, second)]);
    await staff.close();
  });

  it.each([
    ['an empty list', { _embedded: { subscriptions: [] }, _links: {} }],
    ['no list', { _links: {} }],
    ['nothing', {}],
  ])('end with %s', async (_, body) => {
    signIn();
    api().get('/subscriptions?limit=100').reply(200, body);
    const staff = provider();
    expect(await staff.inventory.list().toArray({ limit: 10 })).toEqual([]);
    await staff.close();
  });

  it('end where a cursor comes again', async () => {
    signIn();
    api()
      .get('/subscriptions?limit=100')
      .reply(200, page([subscription(ids.subscription, first)], '/subscriptions?cursor=1'));
    api()
      .get('/subscriptions?limit=100&cursor=1')
      .reply(200, page([subscription(other, second)], '/subscriptions?cursor=1'));
    const staff = provider();
    expect(await staff.inventory.list().toArray({ limit: 10 })).toHaveLength(2);
    await staff.close();
  });

  it('are filtered here, never by a query that the vendor does not have; foreign providers need no call', async () => {
    signIn();
    const all = [subscription(ids.subscription, first), subscription(other, second, { status: 'terminated' })];
    api().get('/subscriptions?limit=100').times(2).reply(200, page(all));
    api()
      .get('/subscriptions?status=terminated&limit=100')
      .reply(200, page(all.slice(1)));
    api().get('/subscriptions?status=active&limit=100').reply(200, page(all));
    const staff = provider();
    const found = async (filter: Parameters<typeof staff.inventory.list>[0]) =>
      (await staff.inventory.list(filter).toArray({ limit: 10 })).map(({ iccid }) => iccid);
    expect(await found({ states: ['retired'] })).toEqual([second]);
    expect(await found({ states: ['active', 'active'] })).toEqual([first]);
    expect(await found({ states: ['active', 'retired'] })).toEqual([first, second]);
    expect(await found({ iccids: [first], account: ids.account })).toEqual([first]);
    expect(await found({ providers: ['another'] })).toEqual([]);
    expect(await found({ iccids: [] })).toEqual([]);
    await staff.close();
  });

  it('lack nothing where the wish to embed is ignored in part: what is missing is read, and a part that is not there is none', async () => {
    signIn();
    const { sim_profile: _, services: __, ...some } = embedded(first);
    api()
      .get(`/subscriptions/${ids.subscription}`)
      .reply(200, subscription(ids.subscription, first, { _embedded: some }));
    const hal = { 'content-type': 'application/hal+json' };
    api().get(`/subscriptions/${ids.subscription}/sim-profile`).reply(200, { iccid: first, sim_type: 'esim' }, hal);
    api()
      .get(`/subscriptions/${ids.subscription}/services`)
      .reply(404, { type: 'NOT_FOUND', messages: ['not found'] });
    const staff = provider();
    const sim = await staff.inventory.get(owned());
    expect(sim).toMatchObject({
      iccid: first,
      msisdns: ['31970000000001', '31970000000002'],
      services: { voiceMo: 'unknown' },
    });
    await staff.close();
  });

  it('are read by ref with one call, by a bare ICCID with a pass that stops where it is found', async () => {
    signIn();
    api()
      .get(`/subscriptions/${ids.subscription}`)
      .matchHeader('prefer', everything)
      .reply(200, subscription(ids.subscription, first));
    api()
      .get('/subscriptions?limit=100')
      .reply(200, page([subscription(other, second)]));
    const staff = provider();
    expect((await staff.inventory.get(owned())).iccid).toBe(first);
    expect((await staff.inventory.get(second)).ref).toBe(other);
    await staff.close();
  });

  it('that a subscription no longer has are a conflict, not somebody else', async () => {
    signIn();
    api().get(`/subscriptions/${ids.subscription}`).reply(200, subscription(ids.subscription, second));
    const staff = provider();
    await expect(staff.inventory.get(owned())).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining(first),
    });
    await staff.close();
  });

  it('with ids that break the published patterns are SIMs all the same', async () => {
    signIn();
    const [long, short] = ['sub_01HTQ8ZW1JVSFRWJX51K4CTX7YZ', 'acc_045EAABBCCDD746VVV'];
    const entry = subscription(long, first, { _embedded: { ...embedded(first), account: { id: short } } });
    api()
      .get('/subscriptions?limit=100')
      .reply(200, page([entry]));
    const staff = provider();
    expect(await staff.inventory.list().toArray({ limit: 1 })).toMatchObject([{ ref: long, account: short }]);
    await staff.close();
  });
});

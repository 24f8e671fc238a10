import { parseInstant } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { api, first, ids, page, provider, recorded, second, signIn, subscription } from './recorded.js';

recorded();

describe('usage', () => {
  const window = { from: parseInstant('2026-10-01T00:00:00Z'), to: parseInstant('2026-11-01T00:00:00Z') };
  const dates = 'from-date=2026-10-01&to-date=2026-11-01';
  const item = (id: string, more: object = {}) => ({
    id,
    type: 'data',
    started_at: '2026-10-05T14:15:22Z',
    quantity: 1_000,
    unit: 'bytes',
    _links: { subscription: { href: `https://api.staging.1global.com/x/subscriptions/${ids.subscription}` } },
    ...more,
  });
  const items = (found: readonly object[], next?: string) => ({
    _embedded: { items: found },
    _links: next === undefined ? {} : { next: { href: next } },
  });
  const profile = () => api().get(`/subscriptions/${ids.subscription}/sim-profile`).reply(200, { iccid: first });

  it('is asked for with the same filters on every page, each SIM looked up once', async () => {
    signIn();
    profile();
    api()
      .get(`/usage/items?${dates}&type=data&limit=100`)
      .reply(200, items([item('uitem_1')], '/x?cursor=a%2Fb%3D&from-date=1999-01-01&limit=1'));
    api()
      .get(`/usage/items?${dates}&type=data&limit=100&cursor=a%2Fb%3D`)
      .reply(
        200,
        items([
          item('uitem_1'),
          item('uitem_2'),
          item('uitem_3', { started_at: '2026-11-01T00:00:00Z' }),
          item('uitem_4', { type: 'sms' }),
        ]),
      );
    const staff = provider();
    const records = await staff.usage!.records({ window, kinds: ['data'] }).toArray({ limit: 10 });
    expect(records.map(({ id, iccid, bytes }) => ({ id, iccid, bytes: bytes?.total }))).toEqual([
      { id: 'uitem_1', iccid: first, bytes: 1_000 },
      { id: 'uitem_2', iccid: first, bytes: 1_000 },
    ]);
    await staff.close();
  });

  it('of a SIM is asked for by its subscription; one that is not found is no zero', async () => {
    signIn();
    api()
      .get('/subscriptions?limit=100')
      .reply(200, page([subscription(ids.subscription, first)]));
    api()
      .get(`/usage/items?${dates}&subscription-id=${ids.subscription}&limit=100`)
      .reply(200, items([item('uitem_1')]));
    const staff = provider();
    const seen: string[] = [];
    const read = async () => {
      for await (const record of staff.usage!.records({ window, sims: [second, first] })) seen.push(record.id);
    };
    await expect(read()).rejects.toMatchObject({
      kind: 'partial',
      details: { failures: [{ kind: 'not-found', message: expect.stringContaining(second) }] },
    });
    expect(seen).toEqual(['uitem_1']);
    await staff.close();
  });

  it('of many SIMs reads the list instead of each; a subscription that ended without SIM has none', async () => {
    signIn();
    const many = Array.from({ length: 21 }, (_, index) => `sub_${String(index).padStart(26, '0')}`);
    api()
      .get(`/usage/items?${dates}&limit=100`)
      .reply(
        200,
        items(
          many.map((id, index) =>
            item(`uitem_${index}`, { _links: { subscription: { href: `/subscriptions/${id}` } } }),
          ),
        ),
      );
    const profiles = many
      .slice(1)
      .map((id) => ({ id, status: 'active', _embedded: { sim_profile: { iccid: first } } }));
    api().get('/subscriptions?limit=100').matchHeader('prefer', 'transclude="sim_profile"').reply(200, page(profiles));
    api().get(`/subscriptions/${many[0]}/sim-profile`).reply(404);
    const staff = provider();
    const records = await staff.usage!.records({ window }).toArray({ limit: 100 });
    expect(records.map(({ iccid }) => iccid)).toEqual([null, ...many.slice(1).map(() => first)]);
    await staff.close();
  });

  it('of two kinds is asked for without a kind, since nobody says how two are written', async () => {
    signIn();
    profile();
    const found = [
      item('uitem_1'),
      item('uitem_2', { type: 'sms', unit: 'x' }),
      item('uitem_3', { type: 'voice', unit: 'seconds' }),
    ];
    api().get(`/usage/items?${dates}&limit=100`).reply(200, items(found));
    const staff = provider();
    const records = await staff.usage!.records({ window, kinds: ['voice', 'data'] }).toArray({ limit: 10 });
    expect(records.map(({ id }) => id)).toEqual(['uitem_1', 'uitem_3']);
    await staff.close();
  });

  it('of a part of a day is asked for by whole days', async () => {
    signIn();
    api().get('/usage/items?from-date=2026-10-05&to-date=2026-10-06&limit=100').reply(200, items([]));
    const staff = provider();
    const part = { from: parseInstant('2026-10-05T08:00:00Z'), to: parseInstant('2026-10-05T09:00:00Z') };
    expect(await staff.usage!.records({ window: part }).toArray({ limit: 1 })).toEqual([]);
    await staff.close();
  });

  it('of other grains, of no kind or of no time needs no call', async () => {
    const staff = provider();
    for (const query of [
      { grain: 'day' },
      { grain: 'month' },
      { kinds: ['other'] },
      { kinds: [] },
      { sims: [] },
      { window: { from: window.from, to: window.from } },
    ] as const)
      expect(await staff.usage!.records({ window, ...query }).toArray({ limit: 1 })).toEqual([]);
    await staff.close();
  });
});

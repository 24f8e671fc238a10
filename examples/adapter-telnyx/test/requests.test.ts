import { parseIccid, parseInstant, parseMsisdn } from '@carrierkit/core';
import nock from 'nock';
import { expect, it } from 'vitest';
import { action, card, id, listed, origin, provider, recorded, session } from './recorded.js';

recorded();
const iccid = parseIccid(card(1).iccid);
const target = { iccid, ref: id(1) };
const window = { from: parseInstant('2026-11-10T00:00:00Z'), to: parseInstant('2026-11-11T00:00:00Z') };

it('lists with what the vendor can filter, and decides itself what fits', async () => {
  const others = [card(2, { tags: ['north'] }), card(3, { tags: ['meters', 'north'], msisdn: '+13109970001' })];
  nock(origin, { reqheaders: { authorization: 'Bearer KEY_test' } })
    .get('/v2/sim_cards')
    .query({ 'page[number]': 1, 'page[size]': 250, 'filter[msisdn]': '+13109970001', 'filter[tags]': 'meters' })
    .reply(200, listed([card(1), ...others]));
  const us = provider();
  const filter = { msisdn: parseMsisdn('+13109970001'), tags: ['meters', 'north'] };
  expect((await us.inventory.list(filter).toArray({ limit: 10 })).map(({ ref }) => ref)).toEqual([id(3)]);
});

it('finds an ICCID among those that hold it, and reads the whole SIM', async () => {
  nock(origin)
    .get('/v2/sim_cards')
    .query({ 'filter[iccid]': iccid })
    .reply(200, listed([card(2), card(1)]));
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1, { current_imei: '457032284023794' }) });
  expect(await provider().inventory.get(iccid)).toMatchObject({ ref: id(1), imei: '457032284023794' });
});

it('does not take another SIM for the one that was meant', async () => {
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(2) });
  await expect(provider().inventory.get(target)).rejects.toMatchObject({ kind: 'conflict', effect: 'none' });
  await expect(provider().inventory.get({ iccid, ref: '../secrets' })).rejects.toMatchObject({ kind: 'input' });
});

it('tells codes at one door only', async () => {
  const codes = { pin1: '1234', pin2: '5678', puk1: '12345678' };
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1) });
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .query({ include_pin_puk_codes: true })
    .reply(200, { data: card(1, { pin_puk_codes: codes }) });
  expect(await provider().inventory.secrets?.(target)).toEqual({ ...codes, puk2: null });
});

it('changes tags, and says what the vendor has not', async () => {
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .times(2)
    .reply(200, { data: card(1) });
  nock(origin)
    .patch(`/v2/sim_cards/${id(1)}`, { tags: ['new'] })
    .reply(200, { data: card(1) });
  const us = provider();
  const change = async (changes: object) => (await us.inventory.update?.({ sims: [target], changes }))?.[0];
  expect(await change({ tags: ['new'] })).toMatchObject({ status: 'applied' });
  expect(await change({ tags: ['meters', 'meters'] })).toMatchObject({ status: 'unchanged' });
  expect(await change({ label: 'Pump' })).toMatchObject({ status: 'failed', error: { kind: 'unsupported' } });
});

it.each([
  [{}, 'suspended', 'enabled', 'disable'],
  [{ suspendAs: 'standby' }, 'suspended', 'enabled', 'set_standby'],
  [{}, 'active', 'standby', 'enable'],
] as const)('with %j, %s is asked of a SIM that is %s by %s', async (settings, to, from, verb) => {
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1, { status: { value: from } }) });
  nock(origin)
    .post(`/v2/sim_cards/${id(1)}/actions/${verb}`, '')
    .reply(202, action('in-progress'));
  const [outcome] = await provider(settings).lifecycle.change({ sims: [target], to });
  expect(outcome).toMatchObject({ status: 'accepted', pending: { iccid, to, ref: id(700) } });
});

it('only waits for a SIM that is on its way', async () => {
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1, { status: { value: 'disabling' } }) });
  const [outcome] = await provider().lifecycle.change({ sims: [target], to: 'suspended' });
  expect(outcome).toMatchObject({ status: 'accepted', pending: { ref: null } });
});

it('asks for no state that the vendor does not have', async () => {
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1) });
  const [outcome] = await provider().lifecycle.change({ sims: [target], to: 'test' });
  expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'unsupported', effect: 'none' } });
});

it('after a lost answer takes the action that runs for its own', async () => {
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1) });
  nock(origin)
    .post(`/v2/sim_cards/${id(1)}/actions/disable`)
    .reply(502, 'bad gateway');
  nock(origin)
    .get('/v2/sim_card_actions')
    .query({ 'filter[sim_card_id]': id(1), 'filter[status]': 'in-progress' })
    .reply(
      200,
      listed([
        { ...action('in-progress').data, id: id(701), action_type: 'set_public_ip' },
        action('in-progress').data,
      ]),
    );
  const [outcome] = await provider().lifecycle.change({ sims: [target], to: 'suspended' });
  expect(outcome).toMatchObject({ status: 'accepted', pending: { ref: id(700) } });
});

it.each([
  ['disabled', { status: 'accepted', pending: { ref: null } }],
  ['enabled', { status: 'unknown', error: { kind: 'unavailable', effect: 'unknown' } }],
])('after a lost answer, without an action, a SIM that is %s decides', async (status, expected) => {
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1) });
  nock(origin)
    .post(`/v2/sim_cards/${id(1)}/actions/disable`)
    .reply(502, 'bad gateway');
  nock(origin).get('/v2/sim_card_actions').query(true).reply(200, listed([]));
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1, { status: { value: status } }) });
  const [outcome] = await provider().lifecycle.change({ sims: [target], to: 'suspended' });
  expect(outcome).toMatchObject(expected);
});

const pending = { provider: 'us', iccid, to: 'suspended', ref: id(700), since: window.to } as const;

it('tells why an accepted change failed', async () => {
  nock(origin)
    .get(`/v2/sim_card_actions/${id(700)}`)
    .reply(200, action('failed', 'the data limit was exceeded'));
  const [outcome] = await provider().lifecycle.confirm([pending]);
  expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'conflict' } });
  expect(JSON.stringify(outcome)).toContain('the data limit was exceeded');
});

it('tells that an accepted change was interrupted', async () => {
  nock(origin)
    .get(`/v2/sim_card_actions/${id(700)}`)
    .reply(200, action('interrupted'));
  const [outcome] = await provider().lifecycle.confirm([pending]);
  expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'conflict' } });
  expect(JSON.stringify(outcome)).toContain('was interrupted: no reason told');
});

it('goes by the SIM where the action is forgotten, and waits while it moves', async () => {
  nock(origin)
    .get(`/v2/sim_card_actions/${id(700)}`)
    .times(2)
    .reply(404, { errors: [{ code: '10005' }] });
  const statuses = ['disabling', 'disabled'];
  nock(origin)
    .get('/v2/sim_cards')
    .query({ 'filter[iccid]': iccid })
    .times(2)
    .reply(200, () => listed([card(1, { status: { value: statuses.shift() } })]));
  expect(await provider().lifecycle.confirm([pending])).toMatchObject([{ status: 'applied' }]);
});

it('a deletion is done when the SIM is gone', async () => {
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1) });
  nock(origin)
    .delete(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1) });
  const us = provider();
  const [outcome] = await us.lifecycle.change({ sims: [target], to: 'retired', irreversible: true });
  if (outcome?.status !== 'accepted') return expect.fail(`not accepted but ${outcome?.status}`);
  nock(origin).get('/v2/sim_cards').query(true).reply(200, listed([]));
  return expect(await us.lifecycle.confirm([outcome.pending])).toMatchObject([{ status: 'applied' }]);
});

it('takes a SIM that somebody else deleted meanwhile for done', async () => {
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1) });
  nock(origin)
    .delete(`/v2/sim_cards/${id(1)}`)
    .reply(404, { errors: [{ code: '10005' }] });
  const [outcome] = await provider().lifecycle.change({ sims: [target], to: 'retired', irreversible: true });
  expect(outcome).toEqual({ provider: 'us', iccid, status: 'applied' });
});

it('repeats no tag in an error', async () => {
  const tag = 'Erika Mustermann';
  nock(origin)
    .get(`/v2/sim_cards/${id(1)}`)
    .reply(200, { data: card(1) });
  nock(origin)
    .patch(`/v2/sim_cards/${id(1)}`)
    .reply(422, { errors: [{ code: '10015', detail: `${tag} is no tag` }] });
  const outcomes = await provider().inventory.update?.({ sims: [target], changes: { tags: [tag] } });
  expect(outcomes).toMatchObject([{ status: 'failed', error: { kind: 'input' } }]);
  expect(JSON.stringify(outcomes)).not.toContain('Erika');
});

it('takes sessions for settled after two days', async () => {
  const closed = (closed_at: string, number: number) => ({ ...session(number), closed_at });
  nock(origin)
    .get('/v2/detail_records')
    .query(true)
    .reply(200, listed([closed('2026-11-13T11:59:59Z', 1), closed('2026-11-13T12:00:01Z', 2)]));
  const records = await provider()
    .usage?.records({ window, sims: [target] })
    .toArray({ limit: 10 });
  expect(records?.map(({ finality }) => finality)).toEqual(['settled', 'provisional']);
});

it('reads no usage at all where nobody may look', async () => {
  nock(origin)
    .get('/v2/sim_cards')
    .query(true)
    .reply(403, { errors: [{ code: '10010' }] });
  const records = provider().usage!.records({ window, sims: [iccid] });
  await expect(records.toArray({ limit: 10 })).rejects.toMatchObject({ kind: 'permission' });
});

it('reads sessions of the window and looks their SIMs up once', async () => {
  const early = { ...session(2), created_at: '2026-11-09T23:59:59.999Z' };
  const late = { ...session(4), created_at: window.to };
  nock(origin)
    .get('/v2/detail_records')
    .query({
      'page[number]': 1,
      'page[size]': 50,
      'filter[record_type]': 'sim_card_usage',
      'filter[created_at][gte]': window.from,
      'filter[created_at][lt]': window.to,
      sort: 'created_at',
    })
    .reply(200, listed([session(1), early, late, { ...session(3), sim_card_id: id(8) }]));
  nock(origin)
    .get('/v2/sim_cards')
    .query(true)
    .reply(200, listed([card(1)]));
  const records = await provider().usage?.records({ window }).toArray({ limit: 10 });
  expect(records?.map((record) => [record.id, record.iccid])).toEqual([
    [session(1).id, iccid],
    [session(3).id, null],
  ]);
});

it('reads chosen SIMs, and names the one that is not there', async () => {
  nock(origin)
    .get('/v2/sim_cards')
    .query({ 'filter[iccid]': card(2).iccid })
    .reply(200, listed([]));
  nock(origin)
    .get('/v2/detail_records')
    .query((query) => query['filter[sim_card_id]'] === id(1))
    .reply(200, listed([session(1)]));
  const seen: string[] = [];
  const cursors: (string | null)[] = [];
  const read = async () => {
    const sims = [target, parseIccid(card(2).iccid)];
    for await (const { items, next } of provider().usage!.records({ window, sims }).pages()) {
      seen.push(...items.map((record) => record.id));
      cursors.push(next);
    }
  };
  await expect(read()).rejects.toMatchObject({ kind: 'partial', details: { failures: [{ kind: 'not-found' }] } });
  expect(seen).toEqual([session(1).id]);
  // Whoever goes on from there is told of the failure.
  expect(cursors).toEqual(['1:']);
});

import { parseIccid, withCheckDigit } from '@carrierkit/core';
import nock from 'nock';
import { expect, it } from 'vitest';
import { jwt, origin, pageHeaders, provider, recorded, signIn, sim } from './recorded.js';

recorded();
const iccidOf = (id: number) => parseIccid(withCheckDigit(sim(id).iccid));

it('signs in, asks for the SIMs sorted by id, and gives them with their check digit', async () => {
  signIn();
  let query: Record<string, unknown> = {};
  nock(origin)
    .get('/api/v1/sim')
    .query((asked) => {
      query = asked;
      return true;
    })
    .matchHeader('authorization', `Bearer ${jwt(14_400)}`)
    .reply(200, [sim(1001), sim(1002, { status: { id: 9, description: 'Parked' } })], pageHeaders(2, 1));
  const iot = provider();
  const sims = await iot.inventory.list().toArray({ limit: 10 });
  expect(query).toMatchObject({ page: '1', sort: 'id' });
  expect(sims.map(({ iccid, ref, state }) => ({ iccid, ref, state: state.value }))).toEqual([
    { iccid: iccidOf(1001), ref: '1001', state: 'active' },
    { iccid: iccidOf(1002), ref: '1002', state: 'unknown' },
  ]);
  await iot.close();
});

it('signs in once more when a token is rejected in the middle', async () => {
  signIn();
  nock(origin).get('/api/v1/sim/1001').reply(401, { message: 'token contains an invalid number of segments' });
  signIn(60);
  nock(origin)
    .get('/api/v1/sim/1001')
    .matchHeader('authorization', `Bearer ${jwt(60)}`)
    .reply(200, sim(1001));
  const iot = provider();
  const read = await iot.inventory.get({ iccid: iccidOf(1001), ref: '1001' });
  expect(read).toMatchObject({ provider: 'iot', iccid: iccidOf(1001), imsis: ['295050000001001'] });
  await iot.close();
});

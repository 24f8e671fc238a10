import { parseMsisdn } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import {
  api,
  embedded,
  first,
  ids,
  other,
  page,
  provider,
  recorded,
  second,
  signIn,
  subscription,
} from './recorded.js';

recorded();

describe('SMS', () => {
  const number = (index: number) => parseMsisdn(`+3197${String(index).padStart(10, '0')}`);

  it('go to a thousand at a time, each number once, with one id for all of a call', async () => {
    signIn();
    const sizes: number[] = [];
    api()
      .post('/sms', (body: { from: string; to: string[]; text: string }) => {
        sizes.push(body.to.length);
        return body.from === '+447700900123' && body.text === 'Hello' && body.to.every((to) => to.startsWith('+3197'));
      })
      .matchHeader('idempotency-key', /^[0-9a-f]{40}$/)
      .times(3)
      .reply(() => [200, sizes.length === 1 ? { sms_id: 'sms_1' } : { id: `sms_${sizes.length}` }]);
    const to = Array.from({ length: 2_001 }, (_, index) => ({ msisdn: number(index) }));
    const staff = provider({ sender: '+447700900123' });
    const outcomes = await staff.messaging!.send({ to: [...to, to[0]!], text: 'Hello' });
    expect(sizes).toEqual([1_000, 1_000, 1]);
    const idOf = (index: number) =>
      outcomes.map((one) => (one.status === 'accepted' ? one.message.id : one.status))[index];
    expect([0, 999, 1_000, 1_999, 2_000, 2_001].map(idOf)).toEqual([
      'sms_1',
      'sms_1',
      'sms_2',
      'sms_2',
      'sms_3',
      'sms_1',
    ]);
    await staff.close();
  });

  it('count characters, not halves of them', async () => {
    signIn();
    const text = '🙂'.repeat(500);
    api()
      .post('/sms', { from: '+447700900123', to: ['+31970000000001'], text })
      .reply(200, { sms_id: 'sms_1' });
    const staff = provider({ sender: '+447700900123' });
    const to = [{ msisdn: parseMsisdn('+31970000000001') }];
    expect(await staff.messaging!.send({ to, text })).toMatchObject([{ status: 'accepted' }]);
    expect(await staff.messaging!.send({ to, text: `${text}!` })).toMatchObject([
      { status: 'failed', error: { kind: 'input' } },
    ]);
    await staff.close();
  });

  it.each([
    ['no sender', {}, undefined],
    ['a name as sender', { sender: '+447700900123' }, 'Fleet'],
    ['a sender of sixteen digits', { sender: '+447700900123' }, '+4477009001234567'],
  ])('with %s are refused without a call and without naming it', async (_, settings, from) => {
    const staff = provider(settings);
    const to = [{ msisdn: parseMsisdn('+31970000000001') }];
    const [outcome] = await staff.messaging!.send({ to, text: 'secret words', ...(from !== undefined && { from }) });
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { kind: 'input', effect: 'none', details: { issues: [{ path: 'from' }] } },
    });
    if (outcome?.status !== 'failed') return;
    for (const told of ['secret words', '31970000000001', ...(from === undefined ? [] : [from])])
      expect(outcome.error.message).not.toContain(told);
    await staff.close();
  });

  it('answered without an id may have been sent', async () => {
    signIn();
    api().post('/sms').reply(200, {});
    const staff = provider({ sender: '+447700900123' });
    const to = [{ msisdn: parseMsisdn('+31970000000001') }];
    expect(await staff.messaging!.send({ to, text: 'Hello' })).toMatchObject([
      { status: 'unknown', error: { kind: 'contract' } },
    ]);
    await staff.close();
  });

  it('go to the primary number of a SIM, and to no SIM without one', async () => {
    signIn();
    const silent = { ...embedded(second), phone_numbers: { _embedded: { phone_numbers: [] } } };
    api()
      .get('/subscriptions?limit=100')
      .reply(200, page([subscription(ids.subscription, first), subscription(other, second, { _embedded: silent })]));
    api()
      .post('/sms', { from: '+447700900123', to: ['+31970000000001'], text: 'Hello' })
      .reply(200, { sms_id: 'sms_1' });
    const staff = provider({ sender: '+447700900123' });
    const outcomes = await staff.messaging!.send({ to: [{ sim: second }, { sim: first }], text: 'Hello' });
    expect(outcomes).toMatchObject([
      { status: 'failed', error: { kind: 'conflict' } },
      { status: 'accepted', message: { id: 'sms_1' } },
    ]);
    await staff.close();
  });
});

import { parseIccid, withCheckDigit } from '@carrierkit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUsageRecord } from '../src/mapping/usage.js';

const iccid = parseIccid(withCheckDigit('893106838551100003'));
const simOf = (subscription: string) => (subscription === 'sub_1' ? iccid : null);
const now = Date.parse('2026-11-15T12:00:00.000Z');
const item = {
  id: 'uitem_1',
  type: 'voice',
  direction: 'outbound',
  technology: 'cs',
  from_msisdn: 447700900123 as number | string,
  to_msisdn: 31970000000001 as number | string,
  location_country: 'GB',
  roaming: true,
  is_recorded: false,
  started_at: '2026-10-05T14:15:22Z',
  ended_at: '2026-10-05T14:16:07Z',
  processed_at: '2026-10-05T15:07:03.159907Z',
  quantity: 45 as number | string | null,
  unit: 'seconds',
  charged_quantity: 60 as number | string | null,
  cost_type: 'in_bundle',
  _links: {
    subscription: { href: 'https://api.staging.1global.com/x/subscriptions/sub_1' },
    account: { href: '/accounts/acc_1' },
  },
};
const record = (more: object = {}) => {
  const read = toUsageRecord('staff', { ...item, ...more }, simOf, now);
  if (read === null) throw new Error('expected a record');
  return read;
};

describe('a usage item', () => {
  it('is one event, in full', () => {
    expect(record()).toEqual({
      id: 'uitem_1',
      provider: 'staff',
      account: 'acc_1',
      iccid,
      simRef: 'sub_1',
      msisdn: '447700900123',
      kind: 'voice',
      direction: 'outbound',
      grain: 'event',
      startedAt: '2026-10-05T14:15:22.000Z',
      endedAt: '2026-10-05T14:16:07.000Z',
      processedAt: '2026-10-05T15:07:03.159Z',
      bytes: null,
      seconds: 45,
      messages: null,
      charged: { quantity: 60, unit: 'seconds' },
      costType: 'inBundle',
      cost: null,
      country: 'GB',
      operator: null,
      technology: 'cs',
      roaming: true,
      finality: 'settled',
      raw: item,
    });
  });

  it('has every member where the vendor tells nothing', () => {
    const bare = { id: 'uitem_2', type: 'data', started_at: '2026-11-15T11:00:00Z' };
    const read = toUsageRecord('staff', bare, simOf, now);
    expect(read).toMatchObject({
      account: null,
      iccid: null,
      simRef: null,
      msisdn: null,
      direction: null,
      charged: null,
    });
    expect(read).toMatchObject({
      bytes: null,
      cost: null,
      costType: 'unknown',
      country: null,
      roaming: null,
      finality: 'provisional',
    });
    expect(Object.values(read ?? {})).not.toContain(undefined);
  });

  it('without a time that can be read belongs into no report', () => {
    expect(toUsageRecord('staff', { ...item, started_at: null }, simOf, now)).toBeNull();
    expect(toUsageRecord('staff', { ...item, started_at: 'yesterday' }, simOf, now)).toBeNull();
  });

  it('is of the number that the SIM has: the one called where it comes in', () => {
    expect(record({ direction: 'inbound' }).msisdn).toBe('31970000000001');
    expect(record({ type: 'data', to_msisdn: undefined, unit: 'bytes' }).msisdn).toBe('447700900123');
    expect(record({ from_msisdn: '+19172000021' }).msisdn).toBe('19172000021');
  });

  it.each([
    ['voice', 'seconds', { seconds: 45 }],
    ['voice', 'minutes', { seconds: 2700 }],
    ['voice', 'Seconds', { seconds: 45 }],
    ['voice', null, { seconds: 45 }],
    ['voice', 'calls', { seconds: null }],
    ['data', 'bytes', { bytes: { total: 45, up: null, down: null } }],
    ['data', null, { bytes: { total: 45, up: null, down: null } }],
    ['data', 'megabytes', { bytes: null }],
    ['sms', 'messages', { messages: 45 }],
    ['sms', 'whatever it is called', { messages: 45 }],
    ['sms', null, { messages: 45 }],
    ['fax', 'pages', { kind: 'other', bytes: null, seconds: null, messages: null }],
  ])('of kind %s in %s', (type, unit, expected) => {
    expect(record({ type, unit })).toMatchObject(expected);
  });

  it('keeps what is charged apart from what was used, in the unit of the vendor', () => {
    expect(record({ unit: 'calls' })).toMatchObject({ seconds: null, charged: { quantity: 60, unit: 'calls' } });
    expect(record({ unit: undefined })).toMatchObject({ seconds: 45, charged: { quantity: 60, unit: 'seconds' } });
    expect(record({ charged_quantity: 0.75 }).charged).toEqual({ quantity: 0.75, unit: 'seconds' });
    expect(record({ charged_quantity: null })).toMatchObject({ seconds: 45, charged: null });
    expect(record({ type: 'fax', unit: null }).charged).toBeNull();
  });

  it('survives exactly, or is not told', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.boolean(), (bytes, asText) => {
        const quantity = asText ? String(bytes) : bytes;
        expect(record({ type: 'data', unit: 'bytes', quantity }).bytes?.total).toBe(bytes);
      }),
    );
    // Beyond 2^53 the kit hands numbers on as text.
    for (const quantity of ['9007199254740993', 45.5, -1, '', 'many', null])
      expect(record({ quantity }).seconds).toBeNull();
  });

  it.each([
    ['GB', 'GB'],
    ['gb', 'GB'],
    ['GBR', null],
    ['string', null],
    ['', null],
    [null, null],
  ])('in the country %j', (location_country, country) => {
    expect(record({ location_country }).country).toBe(country);
  });

  it('takes words that are new to us without a throw', () => {
    expect(record({ direction: 'sideways', cost_type: 'on_the_house', technology: '7G' })).toMatchObject({
      direction: null,
      costType: 'unknown',
      technology: '7G',
    });
    expect(record({ cost_type: 'free' }).costType).toBe('free');
    expect(record({ cost_type: 'out_of_bundle' }).costType).toBe('outOfBundle');
  });
});

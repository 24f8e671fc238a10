import { parseIccid, parseInstant, withCheckDigit } from '@carrierkit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDelivery } from '../src/mapping/delivery.js';
import { canonicalIccid, requiredIccid, vendorIccid } from '../src/mapping/iccid.js';
import { idFromLocation, messageId, parseMessageId } from '../src/mapping/message-id.js';
import { dayRanges, monthStart, monthsIn, nextDay } from '../src/mapping/month.js';
import { monthsTold } from '../src/mapping/months-told.js';
import { pageFacts } from '../src/mapping/page-facts.js';
import { sourceAddress } from '../src/mapping/sender.js';
import { toSim } from '../src/mapping/sim.js';
import { stateOf, statusIdOf } from '../src/mapping/state.js';
import { sumCounters } from '../src/mapping/sum-counters.js';
import { endpointIn, sim } from './recorded.js';

const body = fc
  .bigInt({ min: 0n, max: 999_999_999_999n })
  .map((digits) => `8988303${String(digits).padStart(12, '0')}`);

describe('ICCID', () => {
  it('carries its check digit, however the vendor sends it', () => {
    fc.assert(
      fc.property(body, (digits) => {
        const complete = withCheckDigit(digits);
        expect(canonicalIccid(digits)).toBe(complete);
        expect(canonicalIccid(complete)).toBe(complete);
        expect(canonicalIccid(digits, complete)).toBe(complete);
        expect(canonicalIccid(digits, null)).toBe(complete);
        expect(vendorIccid(parseIccid(complete))).toBe(digits);
        expect(vendorIccid(parseIccid(digits))).toBe(digits);
      }),
    );
  });

  it('is required of a SIM', () => {
    const required = () => requiredIccid('iot', { id: 7, iccid: 'none' });
    expect(required).toThrow(/SIM 7/);
    expect(required).toThrow(expect.objectContaining({ kind: 'contract', provider: 'iot' }));
    expect(canonicalIccid(undefined)).toBeNull();
    const withLuhn = withCheckDigit('8988303000000000042');
    expect(requiredIccid('iot', { id: 7, iccid: 'none', iccid_with_luhn: withLuhn })).toBe(withLuhn);
  });
});

describe('SIM', () => {
  it('is told with label, tags, plan and IMEI of its endpoint', () => {
    expect(toSim('iot', sim(42, { endpoint: endpointIn(9) }))).toMatchObject({
      provider: 'iot',
      iccid: withCheckDigit('8988303000000000042'),
      ref: '42',
      eid: null,
      imsis: ['295050000000042'],
      msisdns: ['423710000000042'],
      imei: '3569380351234567',
      state: { value: 'active', raw: 'Activated' },
      label: 'Lamp 7',
      tags: ['north', 'lamp'],
      ratePlan: '22',
      account: '7001',
      firstActivatedAt: '2022-03-06T11:15:57.000Z',
    });
  });

  it('has no label, tags, plan or date where they are absent or null', () => {
    const { activation_date: _, customer_org: __, ...bare } = sim(42);
    const expected = { label: null, tags: [], ratePlan: null, imei: null, account: null, firstActivatedAt: null };
    expect(toSim('iot', bare)).toMatchObject(expected);
    const nulls = { endpoint: null, customer_org: null, activation_date: null, eid: null, msisdn: null, imsi: null };
    expect(toSim('iot', { ...sim(42), ...nulls })).toMatchObject({ ...expected, msisdns: [], imsis: [] });
    const tags = (text: string) => toSim('iot', sim(42, { endpoint: { id: 9, tags: text } })).tags;
    expect([tags(''), tags(' north,, lamp post , ')]).toEqual([[], ['north', 'lamp post']]);
  });

  it('keeps the vendor object whole, secrets overwritten', () => {
    const { raw } = toSim('iot', sim(42, { puk1: '12345678', pin1: '1234' }));
    expect(raw).toMatchObject({ model: { formfactor: { name: '1/2/3FF (3in1) ' } }, puk1: '[redacted]' });
    expect(JSON.stringify(raw)).not.toContain('12345678"');
  });

  it('takes an eUICC id and an ICCID beyond the schema of 2022', () => {
    const eid = '89049032000000000000000000000012';
    const complete = withCheckDigit('8988303000000000042');
    expect(toSim('iot', sim(42, { eid, iccid_with_luhn: complete }))).toMatchObject({ eid, iccid: complete });
  });
});

describe('state', () => {
  it('goes by the id; names differ between releases', () => {
    expect(stateOf({ id: 1, description: 'Active' })).toEqual({ value: 'active', raw: 'Active' });
    expect(stateOf({ id: 4 })).toEqual({ value: 'test', raw: '4' });
    expect(stateOf({ id: 2.0, description: 'whatever' }).value).toBe('suspended');
  });

  it('does not know a new status, and says its word', () => {
    expect(stateOf({ id: 9, description: 'Quarantined' })).toEqual({ value: 'unknown', raw: 'Quarantined' });
    expect(statusIdOf('blocked')).toBeNull();
  });
});

describe('paging headers', () => {
  const headers = (values: Record<string, string>) => ({ get: (name: string) => values[name] ?? null });

  it('tell the last page and the total', () => {
    expect(pageFacts(headers({ 'x-total-pages': '3', 'x-total-count': '7001' }), 2500, 2500)).toEqual({
      lastPage: 3,
      more: true,
      total: 7001,
    });
  });

  it('may be the short names of 2024, or missing', () => {
    expect(pageFacts(headers({ 'x-pages': '3', 'x-count': '9' }), 5, 5)).toEqual({ lastPage: 3, more: true, total: 9 });
    expect(pageFacts(headers({ 'x-total-pages': 'many' }), 4, 5)).toEqual({ lastPage: null, more: false, total: null });
  });
});

describe('message', () => {
  const sms = {
    id: 77,
    status: { id: 6, description: 'EXPIRED' },
    delivery_date: '2026-11-15T12:00:00.000+0000',
    dlr_status_id: '4',
  };

  it.each([
    [1, 'queued'],
    [2, 'sending'],
    [3, 'buffered'],
    [4, 'delivered'],
    [5, 'failed'],
    [6, 'expired'],
    [7, 'cancelled'],
    [8, 'unknown'],
  ])('is judged by its status id: %i is %s', (id, value) => {
    expect(toDelivery('iot', 9, { ...sms, status: { id } }).state.value).toBe(value);
  });

  it('that expired is not delivered, whatever delivery_date and dlr_status_id say', () => {
    expect(toDelivery('iot', 9, sms).state).toEqual({ value: 'expired', raw: 'EXPIRED' });
  });

  it('tells who it went to and when', () => {
    const delivery = toDelivery('iot', 9, {
      ...sms,
      sms_type: { id: 1, description: 'MT' },
      submit_date: '2026-11-15T12:00:00.000+0000',
      iccid: '8988303000000000042',
      msisdn: '423710000000042',
      payload: 'hello',
    });
    expect(delivery).toMatchObject({
      message: { provider: 'iot', id: '9/77' },
      to: { iccid: withCheckDigit('8988303000000000042'), msisdn: '423710000000042' },
      direction: 'outbound',
      submittedAt: '2026-11-15T12:00:00.000Z',
      text: 'hello',
    });
    expect(toDelivery('iot', 9, { ...sms, sms_type: { id: 2 } }).direction).toBe('inbound');
    expect(toDelivery('iot', 9, sms).direction, 'without a type').toBe('outbound');
  });

  it('has an id that holds its endpoint', () => {
    expect(parseMessageId(messageId(9, 77))).toEqual({ endpoint_id: '9', sms_id: '77' });
    for (const id of ['77', '9/', 'a/b', '9/77/1', '../9/7'])
      expect(() => parseMessageId(id)).toThrow(/^message\.id: .*pass the id/);
  });

  it('is found in Location', () => {
    expect(idFromLocation('https://cdn.emnify.net/api/v1/endpoint/9/sms/77')).toBe('77');
    expect(idFromLocation('/api/v1/endpoint/9/sms/77/')).toBe('77');
    expect(idFromLocation('/api/v1/endpoint/9/sms/77?from=1/2')).toBe('77');
    expect(idFromLocation('https://cdn.emnify.net/api/v1/endpoint')).toBeNull();
    expect(idFromLocation(null)).toBeNull();
  });
});

describe('sender', () => {
  it.each([
    ['+49 170 1234567', '491701234567', 145],
    ['12345', '12345', 161],
    ['Acme Fleet', 'Acme Fleet', 208],
    [' 24h Shop ', '24h Shop', 208],
  ])('%s', (from, source_address, id) => {
    expect(sourceAddress(from)).toEqual({ source_address, source_address_type: { id } });
  });

  it('is refused without being repeated', () => {
    const tooLong = ['A name that is long', '+1234567890123456', '1234567890123456', 'call +49 170 1234567'];
    for (const from of [...tooLong, '', '12', '+0123456', '+491', 'ÄÖÜ'])
      expect(() => sourceAddress(from)).toThrow(/^from: expected (?!.*(name that|\d{3})).*short code.*$/);
  });
});

describe('months and days', () => {
  const window = (from: string, to: string) => ({ from: parseInstant(from), to: parseInstant(to) });
  const now = Date.parse('2026-11-15T12:00:00Z');

  it('a month belongs to the window by its start, and none lies ahead', () => {
    expect(monthsIn(window('2026-09-15T00:00:00Z', '2027-02-01T00:00:00Z'), now)).toEqual([
      '2026-10-01T00:00:00.000Z',
      '2026-11-01T00:00:00.000Z',
    ]);
    const midnight = Date.parse('2026-11-01T00:00:00Z');
    const november = window('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z');
    expect([monthsIn(november, midnight).length, monthsIn(november, midnight - 1).length]).toEqual([1, 0]);
  });

  it('side by side, windows share no month and lose none', () => {
    const first = Date.parse('2024-01-01T00:00:00Z');
    const moment = fc.integer({ min: first, max: now }).map((ms) => parseInstant(new Date(ms).toISOString()));
    fc.assert(
      fc.property(moment, moment, moment, (a, b, c) => {
        const [from, middle, to] = [a, b, c].toSorted() as [typeof a, typeof a, typeof a];
        const parts = [...monthsIn({ from, to: middle }, now), ...monthsIn({ from: middle, to }, now)];
        expect(parts).toEqual(monthsIn({ from, to }, now));
      }),
    );
  });

  it('long windows are asked for in ranges of 31 days, up to today', () => {
    expect(dayRanges(window('2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z'), now)).toEqual([
      { start: '2026-10-01', end: '2026-11-01' },
      { start: '2026-11-01', end: '2026-11-16' },
    ]);
    expect(dayRanges(window('2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'), now)).toEqual([]);
    const oneRange = window('2026-10-01T12:00:00Z', '2026-10-31T00:00:01Z');
    expect(dayRanges(oneRange, now)).toEqual([{ start: '2026-10-01', end: '2026-11-01' }]);
    expect(nextDay(parseInstant('2028-02-28T00:00:00Z'))).toBe('2028-02-29T00:00:00.000Z');
  });

  it('a month is the one it says it is, else what the clock and its neighbour say', () => {
    const october = { data: { month: '2026-10-01' } };
    const last = [...monthsTold({ last_month: october, last_hour: null }, Date.parse('2026-12-01T00:00:01Z')).keys()];
    expect(last).toEqual(['2026-11-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z']);
    const bySms = monthsTold({ last_month: { sms: { month: '2026-09-01' } }, last_hour: null }, now);
    expect([...bySms.keys()]).toContain('2026-09-01T00:00:00.000Z');
    const unlabelled = { data: { volume: 5 } };
    const byClock = monthsTold({ current_month: unlabelled, last_month: {}, last_hour: null }, now);
    expect([...byClock]).toEqual([
      ['2026-11-01T00:00:00.000Z', unlabelled],
      ['2026-10-01T00:00:00.000Z', {}],
    ]);
    expect([...monthsTold(undefined, now).keys()]).toEqual(['2026-11-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z']);
    expect(monthStart(Date.parse('2026-01-31T23:00:00Z'), -1)).toBe('2025-12-01T00:00:00.000Z');
  });
});

describe('sums of days', () => {
  it('are exact for money, and hold only what was told', () => {
    const eur = { code: 'EUR' };
    expect(
      sumCounters([
        { volume: '1.1', volume_rx: 1, volume_tx: '', cost: 0.1, currency: eur },
        { volume: 2.2, volume_tx: null, cost: '0.2', currency: eur },
      ]),
    ).toEqual({ volume: 3.3000000000000003, volume_rx: 1, volume_tx: null, cost: '0.3', currency: eur });
    expect(sumCounters([{ volume_tx: 0.5 }, { volume_tx: '2' }])).toEqual({
      volume: null,
      volume_rx: null,
      volume_tx: 2.5,
    });
  });

  it('a cost without its currency, or a currency without a cost, is none', () => {
    const usd = { code: 'USD' };
    const told = { cost: '1.5', currency: usd };
    for (const half of [
      { cost: 1 },
      { cost: 1, currency: null },
      { currency: usd },
      { cost: null, currency: { code: 'EUR' } },
    ]) {
      expect(sumCounters([half])).not.toHaveProperty('cost');
      expect(sumCounters([half, told])).toMatchObject(told);
    }
  });

  it('of two currencies do not exist', () => {
    const costs = [
      { cost: 1, currency: { code: 'EUR' } },
      { cost: 1, currency: { code: 'USD' } },
    ];
    expect(sumCounters(costs)).not.toHaveProperty('cost');
    expect(sumCounters([])).toEqual({ volume: null, volume_rx: null, volume_tx: null });
  });
});

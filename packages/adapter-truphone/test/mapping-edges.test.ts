import { ConnectivityError } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { limits } from '../src/limits.js';
import { smsRecord } from '../src/mapping/call-detail-record.js';
import { countryCode } from '../src/mapping/country.js';
import { isInbound, toDeliveries } from '../src/mapping/delivery.js';
import { requiredIccid, targetIccid, vendorIccid } from '../src/mapping/iccid.js';
import { idFromUrl, messageId, urlId } from '../src/mapping/message-id.js';
import { pageFacts } from '../src/mapping/page-facts.js';
import { reportColumns, reportReader } from '../src/mapping/report-row.js';
import { servicesOf } from '../src/mapping/services.js';
import { secretsOf, toSim } from '../src/mapping/sim.js';
import { stateOf } from '../src/mapping/state.js';
import { simCard } from '../src/operations/sims.js';

/** What mappings do at their edges: each of these was once a change to the source that no test noticed. */
const iccid = '8944470404771000003';
const now = Date.parse('2026-11-15T12:00:00Z');

function thrown(work: () => unknown): ConnectivityError {
  try {
    work();
  } catch (error) {
    if (ConnectivityError.is(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('an id of a message', () => {
  it('is one text, whether a list or a URL wrote it', () => {
    expect([messageId('1234567'), messageId('01234567'), messageId(1_234_567), messageId('000')]).toEqual([
      '01234567',
      '01234567',
      '01234567',
      '00000000',
    ]);
    expect([urlId('01234567'), urlId('00001000')]).toEqual(['1234567', '0001000']);
    // Digits within a word are none to be padded.
    expect([messageId('a12'), messageId('12a'), urlId('x0y')]).toEqual(['a12', '12a', 'x0y']);
    expect(messageId('10200')).toBe('00010200');
    expect([messageId('000001234567'), urlId('0001234567')]).toEqual(['01234567', '1234567']);
  });

  it.each([
    ['https://iot.truphone.com/api/v2.0/sims/send_sms/status/1234567/', '01234567'],
    ['/api/v2.0//1234567//', '01234567'],
    ['status/1234567?x=1/2', '01234567'],
    ['status/1234567#end/3', '01234567'],
    ['1234567', '01234567'],
    ['status/12 34', null],
    ['status/ab%20', null],
    [`status/${'9'.repeat(65)}`, null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('in %j is %j', (url, id) => {
    expect(idFromUrl(url)).toBe(id);
  });

  it('that is none of ours is refused, naming the member and the remedy', () => {
    for (const id of ['', 'a/b', 'ok!', 'x'.repeat(65)]) {
      const error = thrown(() => urlId(id));
      expect(error.kind).toBe('input');
      expect(error.message).toMatch(/^message\.id: .*pass the id/);
    }
  });
});

describe('a delivery', () => {
  const report = (changes: object = {}) =>
    ({
      id: '1234567',
      content: 'hello',
      dateSubmitted: '2026-11-01T10:00:00Z',
      deliveryReport: [{ iccid, deliveryStatus: 'delivered' }],
      ...changes,
    }) as never;

  it('tells the message, the direction and the state in both spellings', () => {
    expect(toDeliveries('emea', report())).toMatchObject([
      {
        message: { provider: 'emea', id: '01234567' },
        to: { iccid, msisdn: null },
        direction: 'outbound',
        state: { value: 'delivered', raw: 'delivered' },
        submittedAt: '2026-11-01T10:00:00.000Z',
        text: 'hello',
      },
    ]);
  });

  it('from a device begins with a header of six characters, which is no text', () => {
    const inbound = report({ content: '\u0005\u0000\u0003\u0001\u0002\u0001from the device' });
    expect(isInbound(inbound)).toBe(true);
    expect(toDeliveries('emea', inbound)).toMatchObject([{ direction: 'inbound', text: 'from the device' }]);
  });

  it('without content, state or recipients tells what it can', () => {
    const bare = report({ content: null, deliveryReport: [{ iccid, deliveryStatus: null }] });
    expect(isInbound(bare)).toBe(false);
    expect(toDeliveries('emea', bare)).toMatchObject([{ text: null, state: { value: 'unknown', raw: '' } }]);
    expect(toDeliveries('emea', report({ deliveryReport: null }))).toEqual([]);
    expect(isInbound(report({ content: undefined }))).toBe(false);
  });
});

describe('the services of a SIM', () => {
  it('are known by their bearers, data by its GSM name', () => {
    const bearers = { gprs: 'ACTIVE', smsMo: 'SUSPENDED', smsMt: 'ACTIVE', voiceMo: 'SUSPENDED', voiceMt: 'ELSE' };
    expect(servicesOf(bearers)).toEqual({
      data: 'enabled',
      smsMo: 'disabled',
      smsMt: 'enabled',
      voiceMo: 'disabled',
      voiceMt: 'unknown',
    });
    const booleans = { gprs: false, smsMo: true, smsMt: false, voiceMo: true, voiceMt: null };
    expect(servicesOf(booleans)).toEqual({
      data: 'disabled',
      smsMo: 'enabled',
      smsMt: 'disabled',
      voiceMo: 'enabled',
      voiceMt: 'unknown',
    });
    for (const none of [null, undefined])
      expect(new Set(Object.values(servicesOf(none)))).toEqual(new Set(['unknown']));
  });
});

describe('the columns of a report', () => {
  const named = (...titles: string[]) => reportColumns('emea', Object.fromEntries(titles.map((title) => [title, ''])));

  it('are found by whole titles, blanks around them aside', () => {
    expect(named(' ICCID ', 'Total Usage (KB)', ' Start Date')).toEqual({
      iccid: ' ICCID ',
      total: 'Total Usage (KB)',
      start: ' Start Date',
    });
  });

  it.each([
    [['My ICCID', 'Total Usage', 'Start Date']],
    [['ICCIDs', 'Total Usage', 'Start Date']],
    [['ICCID', 'Subtotal usage', 'Start Date']],
    [['ICCID', 'Total usages', 'Start Date']],
    [['ICCID', 'Total Usage', 'The start date']],
    [['ICCID', 'Total Usage', 'Start dates']],
    [['ICCID', 'Total Usage']],
    [['ICCID', 'Start Date']],
    [['Total Usage', 'Start Date']],
  ])('are missing in %j, and the titles that there are get named', (titles) => {
    const error = thrown(() => named(...titles));
    expect(error).toMatchObject({ kind: 'contract', provider: 'emea', operation: 'downloadReport' });
    expect(error.message).toContain(`the columns ${titles.join(', ')}; expected ICCID`);
  });
});

describe('a row of a report', () => {
  const row = (changes: object = {}) => ({
    ICCID: iccid,
    'Total Usage': '5',
    'Start Date': '2026-10-05 00:00:00',
    ...changes,
  });
  const read = (kind: 'data' | 'sms', at = now) => reportReader('emea', { kind, kilobyte: 1024 }, at);

  it('is data in bytes or messages in numbers, never both', () => {
    expect(read('data')(row())).toMatchObject({ kind: 'data', bytes: { total: 5120 }, messages: null, grain: 'day' });
    expect(read('sms')(row())).toMatchObject({ kind: 'sms', bytes: null, messages: 5 });
  });

  it('tells nothing of a tariff, so that its cost is not told either', () => {
    expect(read('data')(row())).toMatchObject({ costType: 'unknown', cost: null, charged: null });
  });

  it('has an id of its cell: provider, SIM, kind, grain and day', () => {
    expect(read('data')(row()).id).toBe(`emea|${iccid}|data|-|day|2026-10-05T00:00:00.000Z|-|-`);
  });

  it('is settled two days after its day is over, to the millisecond', () => {
    const settles = Date.parse('2026-10-08T00:00:00Z');
    expect(read('data', settles)(row()).finality).toBe('settled');
    expect(read('data', settles - 1)(row()).finality).toBe('provisional');
  });

  it('that cannot be read says which column it is', () => {
    const failing = (changes: object) => thrown(() => read('data')(row(changes)));
    expect(failing({ ICCID: 'x' })).toMatchObject({
      kind: 'contract',
      provider: 'emea',
      operation: 'downloadReport',
      message: 'the usage report has a row whose ICCID cannot be read',
    });
    expect(failing({ 'Start Date': 'soon' }).message).toBe(
      'the usage report has a row whose Start Date cannot be read',
    );
    expect(failing({ 'Start Date': '' }).kind).toBe('contract');
  });

  it('without a figure is not told; figures are rounded, and stay safe integers', () => {
    const total = (figure: string) => read('data')(row({ 'Total Usage': figure })).bytes?.total ?? null;
    expect([total('0'), total(' 7 '), total('1.5'), total('0.0004')]).toEqual([0, 7168, 1536, 0]);
    expect([total(''), total('5 KB'), total('x5'), total('-5'), total('9'.repeat(17))]).toEqual(Array(5).fill(null));
    expect(
      reportReader('emea', { kind: 'data', kilobyte: 1024 }, now)({ ...row(), 'Total Usage': '1.' }).bytes,
    ).toBeNull();
    const reader = read('data');
    reader(row());
    expect(reader({ ICCID: iccid, 'Start Date': '2026-10-06 00:00:00' }).bytes, 'a row cut short').toBeNull();
  });
});

describe('a call detail record', () => {
  const record = (changes: object = {}) =>
    ({
      id: 7,
      type: 'SMS_OUT',
      startDate: '2026-11-01T10:00:00Z',
      country: 'Germany',
      network: 'Telekom',
      ...changes,
    }) as never;

  it('tells what it is', () => {
    expect(smsRecord('emea', iccid as never, record(), 'sim', now)).toMatchObject({
      id: '7',
      provider: 'emea',
      kind: 'sms',
      direction: 'outbound',
      grain: 'event',
      messages: 1,
      costType: 'unknown',
      country: 'DE',
      operator: { mcc: null, mnc: null, name: 'Telekom' },
    });
    expect(smsRecord('emea', iccid as never, record({ network: '' }), 'sim', now)?.operator).toBeNull();
  });

  it('is settled two days after it, to the millisecond', () => {
    const settles = Date.parse('2026-11-03T10:00:00Z');
    const finality = (at: number) => smsRecord('emea', iccid as never, record(), 'sim', at)?.finality;
    expect([finality(settles), finality(settles - 1)]).toEqual(['settled', 'provisional']);
  });

  it('of another type, or without a date, is no message', () => {
    for (const changes of [{ type: 'DATA' }, { type: 'toString' }, { startDate: null }])
      expect(smsRecord('emea', iccid as never, record(changes), 'sim', now)).toBeNull();
  });
});

describe('a country', () => {
  it.each([
    ['Germany', 'DE'],
    [' germany ', 'DE'],
    ['United Kingdom', 'GB'],
    ['Atlantis', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%j is %j', (name, code) => {
    expect(countryCode(name)).toBe(code);
  });
});

describe('an ICCID', () => {
  it('gets its check digit only where it lacks one and is all digits', () => {
    expect(vendorIccid('894447040477100000' as never)).toBe(iccid);
    for (const text of ['89444704047710000A', 'A94447040477100000', iccid])
      expect(vendorIccid(text as never)).toBe(text);
  });

  it('with the ref of another SIM is a conflict that names both', () => {
    const error = thrown(() => targetIccid('emea', { iccid, ref: '8944470404771000011' } as never));
    expect(error).toMatchObject({ kind: 'conflict', provider: 'emea' });
    expect(error.message).toMatch(/^ref 8944470404771000011 is another SIM than 8944470404771000003; leave/);
    expect(targetIccid('emea', { iccid } as never)).toBe(iccid);
    expect(targetIccid('emea', iccid as never)).toBe(iccid);
  });

  it('that is missing in an answer is the vendor breaking its word', () => {
    const error = thrown(() => requiredIccid('emea', null));
    expect(error).toMatchObject({ kind: 'contract', provider: 'emea' });
    expect(error.message).toMatch(/without a well-formed ICCID/);
  });
});

describe('links', () => {
  const facts = (link: string) => pageFacts({ get: () => link }, 50, 50);

  it.each([
    ['<?page=2>; rel="next"; title="x", <?page=12>; rel="prev last"', { lastPage: 12, more: true }],
    ['<?page=2>; rel = next , <?page=12>; REL="LAST"', { lastPage: 12, more: true }],
    ['<?page=2>; rel="next   last"', { lastPage: 2, more: true }],
    ['<?page=x1>; rel="last"', { lastPage: null, more: false }],
    ['<?page=1x>; rel="last"', { lastPage: null, more: false }],
    ['<?size=5>; rel="next last"', { lastPage: null, more: false }],
    ['</sims/>; rel="last"', { lastPage: null, more: false }],
    ['<?page=3>', { lastPage: null, more: false }],
    ['<?page=3>; relation="last"', { lastPage: null, more: false }],
    ['', { lastPage: null, more: false }],
  ])('%s', (link, expected) => {
    expect(facts(link)).toEqual({ ...expected, total: null });
  });
});

describe('the allowance', () => {
  const read = (values: Readonly<Record<string, string>>) =>
    limits.read?.({ get: (name) => values[name.toLowerCase()] ?? null });

  it('is told by the headers, in milliseconds to its renewal', () => {
    const told = { 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': ' 3500 ' };
    expect(read(told)).toEqual({ bucket: 'account', remaining: 12, resetMs: 3500 });
    expect(read({ 'x-ratelimit-remaining': '12' })).toBeNull();
    expect(read({ 'x-ratelimit-reset': '3500' })).toBeNull();
    expect(read({ 'x-ratelimit-remaining': 'many', 'x-ratelimit-reset': '3500' })).toBeNull();
  });
});

describe('the IMEI in an answer', () => {
  it.each(['35693800000000', 35_693_800_000_000, null, undefined])('may be %j', (imei) => {
    expect(simCard(z).safeParse({ iccid, imei }).success).toBe(true);
    expect(toSim('emea', { iccid, imei } as never).imei).toBe(
      imei == null ? null : toSim('emea', { iccid, imei: String(imei) } as never).imei,
    );
  });
});

describe('a SIM', () => {
  const card = (changes: object = {}) => ({ iccid, ...changes }) as never;

  it('has its numbers once each, the primary one first, and none that are no numbers', () => {
    const sim = toSim(
      'emea',
      card({ primaryMsisdn: '447410000001', msisdns: ['447410000002', '447410000001', 'x', '447410000002'] }),
    );
    expect(sim.msisdns).toEqual(['447410000001', '447410000002']);
    expect(toSim('emea', card({ primaryMsisdn: '', msisdns: ['447410000003'] })).msisdns).toEqual(['447410000003']);
    expect(toSim('emea', card({ primaryMsisdn: null, msisdns: null })).msisdns).toEqual([]);
  });

  it('keeps empty texts as not told, and attributes only where they have a value', () => {
    const sim = toSim(
      'emea',
      card({
        label: '',
        organization: '',
        subscription: { servicePackId: '' },
        attributes: [
          { label: 'Site', value: 'Lisbon' },
          { label: 'Contract', value: '' },
          { label: 'Depth', value: null },
        ],
        firstActivationDate: '2026-01-02T03:04:05Z',
      }),
    );
    expect(sim).toMatchObject({ label: null, account: null, ratePlan: null, tags: [], attributes: { Site: 'Lisbon' } });
    expect(Object.keys(sim.attributes)).toEqual(['Site']);
    expect(sim.firstActivatedAt).toBe('2026-01-02T03:04:05.000Z');
    expect(toSim('emea', card({ dates: { firstActivationDate: '2026-02-03' } })).firstActivatedAt).toBe(
      '2026-02-03T00:00:00.000Z',
    );
    expect(toSim('emea', card()).firstActivatedAt).toBeNull();
  });

  it('shows no PIN or PUK in what the vendor told, and that an empty one was empty', () => {
    const { raw } = toSim('emea', card({ gsmKeys: { pin1: '1111', pin2: '2222', puk1: '33333333', puk2: '' } }));
    expect(raw).toMatchObject({ gsmKeys: { pin1: '[redacted]', pin2: '[redacted]', puk1: '[redacted]', puk2: '' } });
  });
});

it('a SIM without keys has no secrets, whether they are left out or null', () => {
  const none = { pin1: null, pin2: null, puk1: null, puk2: null };
  for (const more of [{}, { gsmKeys: null }]) expect(secretsOf(simCard(z).parse({ iccid, ...more }))).toEqual(none);
});

it('a state is read whatever stands around it, and one that is not told is an empty word', () => {
  expect(stateOf(' active\n')).toEqual({ value: 'active', raw: ' active\n' });
  expect(stateOf(null)).toEqual({ value: 'unknown', raw: '' });
});

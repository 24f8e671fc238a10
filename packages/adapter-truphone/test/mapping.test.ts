import type { Json } from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { readError } from '../src/errors.js';
import { smsRecord } from '../src/mapping/call-detail-record.js';
import { dateBounds, dateText } from '../src/mapping/date-text.js';
import { isInbound, toDeliveries } from '../src/mapping/delivery.js';
import { targetIccid, vendorIccid } from '../src/mapping/iccid.js';
import { idFromUrl, messageId, urlId } from '../src/mapping/message-id.js';
import { pageFacts } from '../src/mapping/page-facts.js';
import { reportColumns, reportReader } from '../src/mapping/report-row.js';
import { secretsOf, toSim } from '../src/mapping/sim.js';
import { stateOf, wordOf } from '../src/mapping/state.js';

const iccid = '8944470404771000003';
const now = Date.parse('2026-11-15T12:00:00Z');
const headers = (values: Readonly<Record<string, string>>) => ({
  get: (name: string) => values[name.toLowerCase()] ?? null,
});

describe('a SIM', () => {
  const card = {
    iccid,
    primaryMsisdn: '447410000000',
    msisdns: ['447410000102', '447410000000'],
    primaryImsi: '234507096588950',
    imsis: [],
    label: '',
    organization: 'Unit',
    imei: 35_512_345_678_901,
    tags: [{ label: 'Trucks' }],
    attributes: [
      { label: 'Depth', value: '12 m' },
      { label: 'Contract', value: '' },
    ],
    subscription: { subscriptionStatus: 'Pre-Active', servicePackId: '', bearerServices: [] },
    dates: { firstActivationDate: '' },
    firstActivationDate: '2026-01-02T03:04:05Z',
    gsmKeys: { pin1: '1111', pin2: '2222', puk1: '33333333', puk2: '' },
  };
  const simOf = (changes: object = {}) => toSim('emea', { ...structuredClone(card), ...changes } as never);

  it('has every member, and null for the empty texts by which the vendor says nothing', () => {
    expect(simOf()).toMatchObject({
      provider: 'emea',
      iccid,
      ref: iccid,
      eid: null,
      imsis: ['234507096588950'],
      msisdns: ['447410000000', '447410000102'],
      state: { value: 'ready', raw: 'Pre-Active' },
      label: null,
      ratePlan: null,
      account: 'Unit',
      tags: ['Trucks'],
      attributes: { Depth: '12 m' },
      firstActivatedAt: '2026-01-02T03:04:05.000Z',
    });
  });

  it.each([
    ['a bare number', 35_512_345_678_901, '35512345678901'],
    ['text', '35512345678901', '35512345678901'],
    ['null', null, null],
    ['empty', '', null],
  ])('has its IMEI, which comes as %s', (_, imei, expected) => {
    expect(simOf({ imei }).imei).toBe(expected);
  });

  it('shows no PIN or PUK; they come through their own door', () => {
    const secrets = secretsOf(structuredClone(card) as never);
    expect(secrets).toEqual({ pin1: '1111', pin2: '2222', puk1: '33333333', puk2: null });
    for (const secret of ['1111', '2222', '33333333']) expect(JSON.stringify(simOf())).not.toContain(secret);
  });

  it('without an ICCID breaks the contract', () => {
    expect(() => simOf({ iccid: '12' })).toThrow(expect.objectContaining({ kind: 'contract' }));
  });
});

describe('a state', () => {
  it.each([
    ['PRE_TEST', 'inventory'],
    ['PRE-TEST', 'inventory'],
    ['PROVISION', 'inventory'],
    ['PROVISIONED', 'inventory'],
    ['TEST', 'test'],
    ['PRE_ACTIVE', 'ready'],
    ['PRE-ACTIVE', 'ready'],
    ['ACTIVE', 'active'],
    ['SUSPENDED', 'suspended'],
    ['BLOCKED', 'blocked'],
    ['RETIRED', 'retired'],
    ['REMOVED', 'retired'],
    ['NOT_ALLOWED', 'unknown'],
    ['', 'unknown'],
  ])('%j is %s, with its raw word', (raw, value) => {
    expect(stateOf(raw)).toEqual({ value, raw });
  });

  it('is asked for in the spelling of the settings', () => {
    expect(
      (['inventory', 'test', 'ready', 'active', 'suspended', 'retired'] as const).map((state) =>
        wordOf(state, 'PRE-ACTIVE'),
      ),
    ).toEqual(['PROVISIONED', 'TEST', 'PRE-ACTIVE', 'ACTIVE', 'SUSPENDED', 'RETIRED']);
  });
});

describe('an ICCID', () => {
  it('goes out with its check digit, however short it came', () => {
    expect(vendorIccid('894447040477100000' as never)).toBe(iccid);
    expect(vendorIccid(iccid as never)).toBe(iccid);
  });

  it('whose ref is another SIM is a conflict, not a guess', () => {
    expect(targetIccid('emea', { iccid, ref: iccid } as never)).toBe(iccid);
    expect(() => targetIccid('emea', { iccid, ref: '8944470404771000011' } as never)).toThrow(
      expect.objectContaining({ kind: 'conflict' }),
    );
  });
});

describe('the Link header', () => {
  const facts = (link: string | null, items = 50) => pageFacts(headers(link === null ? {} : { link }), items, 50);

  it.each([
    [
      'absolute',
      '<https://iot.truphone.com/api/v2.2/sims/?page=2&per_page=50>; rel="next", <https://x/?page=7>; rel="last"',
    ],
    ['relative', '</api/v2.2/sims/?per_page=50&page=2>; rel="next", </api/v2.2/sims/?page=7>; rel="last"'],
    ['in another order', '<?page=7>;rel=last,<?page=1>;rel=first,<?page=2>;rel=next'],
    ['to another host', '<https://evil.example/?page=2>; rel="next", <https://evil.example/?page=7>; rel="last"'],
  ])('is read where it is %s: only page numbers are used', (_, link) => {
    expect(facts(link)).toEqual({ lastPage: 7, more: true, total: null });
  });

  it('that has no next is the end; without one a full page may have a next one', () => {
    expect(facts('<?page=1>; rel="first", <?page=7>; rel="last"')).toMatchObject({ more: false });
    expect(facts('<?page=last>; rel="last", <?page=3>; rel="next"')).toEqual({
      lastPage: null,
      more: true,
      total: null,
    });
    expect([facts(null).more, facts(null, 49).more]).toEqual([true, false]);
  });
});

describe('a date', () => {
  test.prop([fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })])(
    'goes out as the vendor writes it, in UTC, and comes back the same second',
    (date) => {
      const text = dateText(date.getTime());
      expect(text).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      expect(Date.parse(`${text.replace(' ', 'T')}Z`)).toBe(Math.floor(date.getTime() / 1000) * 1000);
    },
  );

  it('bounds both count, so the end is a second earlier', () => {
    const window = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' } as never;
    expect(dateBounds(window)).toEqual({ from: '2026-10-01 00:00:00', to: '2026-10-01 23:59:59' });
  });
});

describe('a row of the usage report', () => {
  const row = (total: string, id: string = iccid) => ({
    ICCID: id,
    'Total Usage': total,
    'Start Date': '2026-10-05',
    'End Date': '2026-10-06',
  });
  const record = (total: string, kilobyte = 1024) => reportReader('emea', { kind: 'data', kilobyte }, now)(row(total));

  it('is the data of a day in bytes, by the size of a KB that the settings say', () => {
    expect(record('9249')).toMatchObject({
      iccid,
      grain: 'day',
      kind: 'data',
      startedAt: '2026-10-05T00:00:00.000Z',
      endedAt: '2026-10-06T00:00:00.000Z',
      bytes: { total: 9249 * 1024, up: null, down: null },
      seconds: null,
      cost: null,
      finality: 'settled',
    });
    expect(record('9249', 1000).bytes?.total).toBe(9_249_000);
  });

  it('without a figure is not told, and no zero', () => {
    for (const figure of ['', 'n/a', '-1']) expect(record(figure).bytes).toBeNull();
    expect(record('0').bytes?.total).toBe(0);
  });

  it('has an id that holds no measured value', () => {
    expect(record('1').id).toBe(record('2').id);
  });

  it('keeps 19 digits, and breaks the contract where it has none', () => {
    expect(reportReader('emea', { kind: 'data', kilobyte: 1024 }, now)(row('1', '8944478888888888888')).iccid).toMatch(
      /^894447888888888888/,
    );
    for (const bad of ['8.94447E+18', ''])
      expect(() => reportReader('emea', { kind: 'data', kilobyte: 1024 }, now)(row('1', bad))).toThrow(
        expect.objectContaining({ kind: 'contract' }),
      );
  });

  it('is found by its titles, whichever were seen; unknown ones are named', () => {
    expect(reportColumns('emea', { Source: '', 'Total usage (KB)': '', 'start date': '' })).toEqual({
      iccid: 'Source',
      total: 'Total usage (KB)',
      start: 'start date',
    });
    expect(() => reportColumns('emea', { Foo: '' })).toThrow(/Foo/);
  });
});

describe('a call detail record', () => {
  const sms = (changes: object, direction: 'sim' | 'platform' = 'sim') =>
    smsRecord(
      'emea',
      iccid as never,
      {
        id: '7',
        type: 'SMS_OUT',
        startDate: '2026-11-01T10:00:00+00:00',
        country: 'Spain',
        network: 'Movistar',
        origin: '447410000000',
        destination: null,
        ...changes,
      } as never,
      direction,
      now,
    );

  it('of a text is one message, in the direction of the settings', () => {
    expect(sms({})).toMatchObject({
      kind: 'sms',
      direction: 'outbound',
      messages: 1,
      seconds: null,
      country: 'ES',
      operator: { name: 'Movistar' },
      cost: null,
    });
    expect(sms({}, 'platform')?.direction).toBe('inbound');
    expect(sms({ type: 'SMS_IN' })?.direction).toBe('inbound');
  });

  it('of data is none: what its duration counts is not documented', () => {
    expect(sms({ type: 'DATA', duration: 4_294_967_295 })).toBeNull();
    expect(sms({ startDate: null })).toBeNull();
  });
});

describe('a delivery report', () => {
  const report = (changes: object = {}) =>
    ({
      id: '00000013',
      content: 'hello',
      dateSubmitted: '2026-11-15T12:00:00Z',
      deliveryReport: [
        { iccid, deliveryStatus: 'Delivered' },
        { iccid: null, deliveryStatus: 'LATER' },
      ],
      ...changes,
    }) as never;

  it('tells each SIM; a word nobody has seen is unknown', () => {
    expect(toDeliveries('emea', report()).map(({ state }) => state)).toEqual([
      { value: 'delivered', raw: 'Delivered' },
      { value: 'unknown', raw: 'LATER' },
    ]);
    expect(toDeliveries('emea', report({ deliveryReport: null }))).toEqual([]);
  });

  it('with the header of a joined message came from the device', () => {
    const inbound = report({ content: '\u0005\u0000\u0003\u0001\u0002\u0001level low' });
    expect([isInbound(inbound), isInbound(report())]).toEqual([true, false]);
    expect(toDeliveries('emea', inbound)[0]).toMatchObject({ direction: 'inbound', text: 'level low' });
  });

  it.each([
    ['https://iot.truphone.com/api/v2.0/sims/send_sms/status/0000013/', '00000013'],
    ['https://iot.truphone.com/api/v2.0/sims/send_smsstatus/0000013', '00000013'],
    ['/status/13/?x=1', '00000013'],
    ['', null],
    [null, null],
  ])('is found by the last segment of %j', (url, id) => {
    expect(idFromUrl(url)).toBe(id);
  });

  it('has one id in either padding', () => {
    expect([messageId(13), messageId('0000013'), messageId('00000013')]).toEqual(['00000013', '00000013', '00000013']);
    expect(urlId('00000013')).toBe('0000013');
    expect(() => urlId('../13')).toThrow(expect.objectContaining({ kind: 'input' }));
  });
});

describe('an error body', () => {
  const read = (status: number, body: Json, values: Readonly<Record<string, string>> = {}) =>
    readError({ operation: 'x', status, headers: headers(values), body } as never);

  it('may have a text, fields below detail, fields without it, or nothing', () => {
    expect(read(400, { detail: 'Bad thing.' }).message).toBe('Bad thing.');
    expect(read(400, { detail: { simCards: ['This list may not be empty.'] } }).issues).toEqual([
      { path: 'simCards', message: 'This list may not be empty.' },
    ]);
    expect(
      read(400, { filters: { sim_cards: ['Object with iccid=8944470404771000003 does not exist.'] }, action: {} })
        .issues?.[0]?.path,
    ).toBe('filters.sim_cards');
    expect(read(404, {}).message).toBeUndefined();
    expect(read(502, '<html>').message).toBeUndefined();
  });

  it('names the SIMs that are unknown, in either Python', () => {
    for (const text of [
      `SIM card(s) with ICCID(s) [u'${iccid}'] unknown`,
      `SIM card(s) with ICCID(s) ['${iccid}'] unknown`,
    ])
      expect(read(400, { detail: text }).issues).toEqual([{ path: iccid, message: 'is not known to this account' }]);
  });

  it('of a dead report link is not found, of a label that exists a conflict', () => {
    expect(read(400, { detail: 'Report not available' }).kind).toBe('not-found');
    expect(read(409, { detail: "Attribute 'x' already created." }).kind).toBe('conflict');
  });

  it('of 429 waits the milliseconds of the header; of 401 says what to look at', () => {
    expect(read(429, {}, { 'x-ratelimit-reset': '12345' }).retryAfterMs).toBe(12_345);
    expect(read(401, { detail: 'Invalid token.' }).message).toContain('version');
  });
});

import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { readError } from '../src/errors.js';
import { limits } from '../src/limits.js';
import { pageFacts } from '../src/mapping/page-facts.js';
import { toSim } from '../src/mapping/sim.js';
import { headingOf, stateOf } from '../src/mapping/state.js';
import { toRecord } from '../src/mapping/usage.js';
import { card, id, session } from './recorded.js';

const headers = (values: Record<string, string> = {}) => ({ get: (name: string) => values[name] ?? null });

describe('SIM', () => {
  it('is told with what the vendor tells, and null for the rest', () => {
    expect(
      toSim('us', card(1, { current_imei: '457032284023794', eid: '89049032000000000000000000000012' })),
    ).toMatchObject({
      provider: 'us',
      iccid: '89310410106543700017',
      ref: id(1),
      eid: '89049032000000000000000000000012',
      imsis: ['310170000000001'],
      msisdns: ['13109970001'],
      imei: '457032284023794',
      state: { value: 'active', raw: 'enabled' },
      label: null,
      ratePlan: null,
      account: null,
      tags: ['meters'],
      firstActivatedAt: null,
    });
  });

  it('may lack everything but id, ICCID and status', () => {
    const { id: ref, iccid, status } = card(1);
    expect(toSim('us', { id: ref, iccid, status })).toMatchObject({ imsis: [], msisdns: [], imei: null, tags: [] });
    expect(toSim('us', { id: ref, iccid, status, imsi: null, msisdn: null, tags: null })).toMatchObject({
      imsis: [],
      tags: [],
    });
  });

  it('shows no code, whoever asked for it', () => {
    const { raw } = toSim('us', card(1, { pin_puk_codes: { pin1: '1234', pin2: '', puk1: '12345678', puk2: null } }));
    expect(raw).toMatchObject({ pin_puk_codes: { pin1: '[redacted]', pin2: '', puk1: '[redacted]', puk2: null } });
  });

  it('without an ICCID is a broken answer, told by the vendor id', () => {
    expect(() => toSim('us', card(1, { iccid: 'none' }))).toThrow(`SIM ${id(1)} came without a well-formed ICCID`);
  });
});

describe('status', () => {
  it.each([
    ['registered', 'inventory', null],
    ['registering', 'provisioning', 'active'],
    ['enabling', 'provisioning', 'active'],
    ['enabled', 'active', null],
    ['disabling', 'active', 'suspended'],
    ['setting_standby', 'active', 'suspended'],
    ['disabled', 'suspended', null],
    ['standby', 'suspended', null],
    ['data_limit_exceeded', 'blocked', null],
    ['unauthorized_imei', 'blocked', null],
    ['abolished', 'blocked', null],
    ['quarantined', 'unknown', null],
  ])('%s is %s and leads to %s', (value, state, heading) => {
    expect(stateOf({ value })).toEqual({ value: state, raw: value });
    expect(headingOf({ value })).toBe(heading);
  });

  test.prop([fc.string()])('any other word is unknown, with the word, and never an error', (value) => {
    const { value: state, raw } = stateOf({ value });
    expect(raw).toBe(value);
    if (!/^(?:regist|enabl|disabl|set|standby|data_l|unauth|block|abol)/.test(value)) expect(state).toBe('unknown');
  });
});

describe('session', () => {
  const reading = {
    provider: 'us',
    iccid: null,
    megabyte: 1_000_000,
    settledBefore: Date.parse('2026-11-13T00:00:00Z'),
  };

  it('is a record of whole bytes with its cost as decimal text', () => {
    expect(toRecord(session(1), reading)).toMatchObject({
      id: session(1).id,
      kind: 'data',
      grain: 'event',
      direction: null,
      startedAt: '2026-11-10T08:00:00.000Z',
      endedAt: '2026-11-10T09:00:00.000Z',
      bytes: { total: 624_000, up: 500_000, down: 124_000 },
      cost: { amount: '0.0125', currency: 'USD' },
      operator: { mcc: '310', mnc: '410', name: null },
      finality: 'settled',
    });
  });

  it('tells nothing that the vendor did not tell', () => {
    const bare = { id: 'r1', created_at: '2026-11-10T08:00:00Z' };
    expect(toRecord(bare, reading)).toMatchObject({
      bytes: null,
      cost: null,
      operator: null,
      endedAt: null,
      simRef: null,
      finality: 'provisional',
    });
    expect(toRecord({ ...session(1), uplink_data: null }, reading)?.bytes).toBeNull();
    expect(toRecord({ ...session(1), data_unit: 'GB' }, reading)?.bytes).toBeNull();
    expect(toRecord({ ...session(1), currency: null }, reading)?.cost).toBeNull();
    expect(toRecord({ ...session(1), created_at: 'yesterday' }, reading)).toBeNull();
  });

  it('counts in the megabyte of the settings, from numbers and from texts', () => {
    const record = toRecord({ ...session(1), uplink_data: '0.5' }, { ...reading, megabyte: 1_048_576 });
    expect(record?.bytes).toEqual({ total: 654_311, up: 524_288, down: 130_023 });
  });

  const figure = fc.double({ min: 0, max: 1e10, noNaN: true });
  test.prop([figure, figure])(
    'adds up in whole bytes that a number holds exactly, or tells none',
    (uplink_data, downlink_data) => {
      const bytes = toRecord({ ...session(1), uplink_data, downlink_data }, reading)?.bytes ?? null;
      if (uplink_data + downlink_data < 9e9) expect(bytes).not.toBeNull();
      if (bytes === null) return;
      expect(Number.isSafeInteger(bytes.total)).toBe(true);
      expect(bytes.total).toBe((bytes.up ?? 0) + (bytes.down ?? 0));
    },
  );
});

describe('error', () => {
  const refused = (status: number, body: unknown) =>
    readError({ operation: 'GetSimCard', status, headers: headers(), body: body as null });

  it('speaks in the words of the vendor, with its code and the member that it is about', () => {
    const errors = [
      { code: '10015', title: 'Bad Request', detail: 'tags is not a list', source: { pointer: '/tags' } },
      { code: 10004, title: 'Missing required parameter', source: { parameter: 'id' } },
    ];
    expect(refused(422, { errors })).toEqual({
      message: 'tags is not a list; Missing required parameter',
      vendorCode: '10015',
      issues: [
        { path: '/tags', message: 'tags is not a list' },
        { path: 'id', message: 'Missing required parameter' },
      ],
    });
  });

  it.each([
    [400, '10005', 'not-found'],
    [400, '10010', 'permission'],
    [422, '10012', 'conflict'],
    [429, '10011', undefined],
    [401, '10009', undefined],
    [422, '99999', undefined],
  ])('%i with code %s is %s', (status, code, kind) => {
    expect(refused(status, { errors: [{ code }] }).kind).toBe(kind);
  });

  it('of authentication had no effect, for the key is looked at first', () => {
    expect(refused(401, { errors: [{ code: '10009' }] }).effect).toBe('none');
    expect(refused(401, { errors: [{ code: '10010' }] }).effect).toBeUndefined();
  });

  test.prop([fc.jsonValue()])('reads any body', (body) => {
    expect(() => refused(500, body)).not.toThrow();
  });
});

it('pages end where the vendor says', () => {
  expect(pageFacts({ total_pages: 3, total_results: 501 }, 250, 250)).toEqual({ lastPage: 3, more: true, total: 501 });
  expect(pageFacts({ total_pages: 0, total_results: 0 }, 0, 250)).toEqual({ lastPage: 1, more: false, total: 0 });
  expect(pageFacts(null, 250, 250)).toEqual({ lastPage: null, more: true, total: null });
});

it('limits follow the headers, whose time is in seconds', () => {
  const told = { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '2' };
  expect(limits.read?.(headers(told))).toEqual({ bucket: 'account', remaining: 3, resetMs: 2000 });
  expect(limits.read?.(headers({ ...told, 'x-ratelimit-reset': 'soon' }))).toBeNull();
  expect(limits.read?.(headers())).toBeNull();
});

import {
  addCounts,
  allHooks,
  assertNever,
  ConnectivityError,
  cancelledError,
  errorFrom,
  fitsCandidate,
  type Hooks,
  type Iccid,
  inChunks,
  inputErrors,
  isSettableState,
  known,
  matches,
  noOutcomes,
  outcomeCounts,
  parseImsi,
  parseMsisdn,
  type SimFilter,
  serviceNames,
  simMatcher,
  simStates,
  simTargetIccid,
  stateFacts,
  toErrorInfo,
  type UsageRecord,
  unknownServices,
  unsupportedError,
  usageCellId,
  usageSourceKey,
} from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { aSim, iccids } from './arbitraries.js';

describe('known', () => {
  const byId: ReadonlyMap<number, 'active' | 'suspended'> = new Map([
    [1, 'active'] as const,
    [2, 'suspended'] as const,
  ]);
  test("has our word beside the vendor's", () => {
    expect(known(byId, 1)).toEqual({ value: 'active', raw: '1' });
    expect(known(byId, 1, 'Activated')).toEqual({ value: 'active', raw: 'Activated' });
    expect(known({ ACTIVE: 'active' }, 'ACTIVE')).toEqual({ value: 'active', raw: 'ACTIVE' });
  });
  test('never throws: a new word is unknown, nothing is an empty one', () => {
    expect(known(byId, 7)).toEqual({ value: 'unknown', raw: '7' });
    expect(known(byId, '1')).toEqual({ value: 'unknown', raw: '1' });
    expect(known(byId, null)).toEqual({ value: 'unknown', raw: '' });
    expect(known({ ACTIVE: 'active' }, undefined)).toEqual({ value: 'unknown', raw: '' });
    expect(known({ ACTIVE: 'active' }, { status: 'X' })).toEqual({ value: 'unknown', raw: '{"status":"X"}' });
  });
  test.prop([fc.string()])('does not mistake members of every object for words', (word) => {
    for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty', word]) {
      expect(known({ ACTIVE: 'active' }, name)).toEqual({ value: name === 'ACTIVE' ? 'active' : 'unknown', raw: name });
    }
  });
});

describe('states', () => {
  test('each has its facts', () => {
    expect(Object.keys(stateFacts)).toEqual(simStates);
    expect(simStates.filter((state) => stateFacts[state].usable)).toEqual(['test', 'ready', 'active']);
    expect(simStates.filter((state) => stateFacts[state].billable)).toEqual(['active', 'suspended', 'blocked']);
  });
  test('a caller may ask for six of them', () => {
    expect(simStates.filter(isSettableState)).toEqual(['inventory', 'test', 'ready', 'active', 'suspended', 'retired']);
    for (const value of ['unknown', 'toString', '', null, 1]) expect(isSettableState(value)).toBe(false);
  });
  test('services not told', () => {
    expect(Object.keys(unknownServices)).toEqual(serviceNames);
    expect(new Set(Object.values(unknownServices))).toEqual(new Set(['unknown']));
  });
  test('a listed SIM is a target', () => {
    expect(simTargetIccid(aSim())).toBe('8944500102198304826');
    expect(simTargetIccid('8944500102198304826' as Iccid)).toBe('8944500102198304826');
  });
});

describe('matches', () => {
  const sim = aSim({
    label: 'Pump 7',
    account: 'acc_1',
    tags: ['north', 'pump'],
    attributes: { site: 'Oslo', empty: '' },
    imsis: [parseImsi('234150999999999')],
    msisdns: [parseMsisdn('+447700900123')],
  });
  test.each<[SimFilter, boolean]>([
    [{}, true],
    [{ providers: ['iot'] }, true],
    [{ providers: ['emea', 'iot'] }, true],
    [{ providers: ['emea'] }, false],
    [{ providers: [] }, false],
    [{ states: ['suspended', 'active'] }, true],
    [{ states: ['suspended'] }, false],
    [{ iccids: ['8944500102198304826' as Iccid] }, true],
    [{ iccids: ['894450010219830482' as Iccid] }, true],
    [{ iccids: ['894450010219830483' as Iccid] }, false],
    [{ iccids: [] }, false],
    [{ msisdn: parseMsisdn('+447700900123') }, true],
    [{ msisdn: parseMsisdn('+447700900124') }, false],
    [{ imsi: parseImsi('234150999999999') }, true],
    [{ imsi: parseImsi('234150999999998') }, false],
    [{ label: 'Pump 7' }, true],
    [{ label: 'pump 7' }, false],
    [{ label: 'Pump' }, false],
    [{ account: 'acc_1', label: 'Pump 7' }, true],
    [{ account: 'acc_2', label: 'Pump 7' }, false],
    [{ tags: [] }, true],
    [{ tags: ['pump'] }, true],
    [{ tags: ['pump', 'north'] }, true],
    [{ tags: ['pump', 'south'] }, false],
    [{ attributes: { site: 'Oslo' } }, true],
    [{ attributes: { site: 'Oslo', empty: '' } }, true],
    [{ attributes: { site: 'Bergen' } }, false],
    [{ attributes: { other: '' } }, false],
    [{ attributes: { site: 'Oslo', other: '' } }, false],
  ])('%j: %s', (filter, expected) => {
    expect(matches(sim, filter)).toBe(expected);
  });
  test('a hexadecimal ICCID is found in either case', () => {
    const hexadecimal = aSim({ iccid: '89860a12345678901234' as Iccid });
    expect(matches(hexadecimal, { iccids: ['89860A12345678901234' as Iccid] })).toBe(true);
  });
  test('a SIM in an unknown state matches no state', () => {
    const strange = aSim({ state: { value: 'unknown', raw: 'LIMBO' } });
    expect(matches(strange, { states: [...simStates] })).toBe(false);
    expect(matches(strange, {})).toBe(true);
  });
  const filters: fc.Arbitrary<SimFilter> = fc.record(
    {
      providers: fc.array(fc.constantFrom('iot', 'emea'), { maxLength: 2 }),
      states: fc.array(fc.constantFrom(...simStates), { maxLength: 3 }),
      label: fc.constantFrom('a', 'b'),
      tags: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
      attributes: fc.dictionary(fc.constantFrom('k', 'l'), fc.constantFrom('1', '2'), { maxKeys: 2 }),
    },
    { requiredKeys: [] },
  );
  const sims = fc
    .record({
      provider: fc.constantFrom('iot', 'emea'),
      iccid: iccids,
      state: fc.constantFrom(...simStates).map((value) => ({ value, raw: '' })),
      label: fc.constantFrom('a', 'b', null),
      tags: fc.uniqueArray(fc.constantFrom('x', 'y')),
      attributes: fc.dictionary(fc.constantFrom('k', 'l'), fc.constantFrom('1', '2')),
    })
    .map(aSim);
  test.prop([sims, filters])('is the AND of its members', (one, filter) => {
    const members = Object.entries(filter).map(([name, value]) => ({ [name]: value }) as SimFilter);
    expect(matches(one, filter)).toBe(members.every((member) => matches(one, member)));
    expect(simMatcher(filter)(one)).toBe(matches(one, filter));
  });
  test.prop([fc.array(iccids, { minLength: 1, maxLength: 20 }), fc.nat()])(
    'finds a SIM by its ICCID, also typed without check digit',
    (all, at) => {
      const iccid = all[at % all.length]!;
      expect(matches(aSim({ iccid }), { iccids: all })).toBe(true);
      const typed = iccid.slice(0, -1) as Iccid;
      expect(matches(aSim({ iccid }), { iccids: [typed] })).toBe(typed.length >= 18);
    },
  );
});

describe('inChunks', () => {
  test.prop([fc.array(fc.integer()), fc.integer({ min: 1, max: 20 })])(
    'loses nothing, keeps the order, fills all but the last',
    (items, size) => {
      const chunks = inChunks(items, size);
      expect(chunks.flat()).toEqual(items);
      expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
      expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= size)).toBe(true);
      expect(inChunks(new Set(items), size).flat()).toEqual([...new Set(items)]);
    },
  );
  test('takes no limit, refuses no size', () => {
    expect(inChunks([1, 2, 3], Infinity)).toEqual([[1, 2, 3]]);
    expect(inChunks([], Infinity)).toEqual([]);
    for (const size of [0, -1, 1.5, Number.NaN]) {
      expect(() => inChunks([1], size)).toThrow(/^size: expected a positive whole number$/);
    }
  });
});

describe('usage names', () => {
  const cell = {
    provider: 'iot',
    iccid: '8944500102198304826' as Iccid,
    simRef: '1001',
    kind: 'data',
    direction: null,
    grain: 'day',
    startedAt: '2026-10-01T00:00:00.000Z',
    country: 'NO',
    operator: { mcc: '242', mnc: '01', name: 'Telenor' },
  } as unknown as UsageRecord;
  test('tell cells apart by every part of their name and by nothing else', () => {
    const id = usageCellId(cell);
    expect(id).toBe('iot|8944500102198304826|data|-|day|2026-10-01T00:00:00.000Z|NO|242-01');
    const others: Partial<UsageRecord>[] = [
      { provider: 'emea' },
      { iccid: null },
      { iccid: null, simRef: null },
      { kind: 'sms' },
      { direction: 'inbound' },
      { grain: 'month' },
      { startedAt: '2026-10-02T00:00:00.000Z' as UsageRecord['startedAt'] },
      { country: null },
      { operator: null },
      { operator: { mcc: null, mnc: null, name: 'Telenor' } },
    ];
    const ids = others.map((other) => usageCellId({ ...cell, ...other }));
    expect(new Set([id, ...ids]).size).toBe(others.length + 1);
    const measured = {
      bytes: { total: 5, up: null, down: null },
      cost: { amount: '1', currency: 'EUR' },
      finality: 'corrected',
    };
    expect(usageCellId({ ...cell, ...measured } as UsageRecord)).toBe(id);
    expect(usageCellId({ ...cell, part: 'tariff-2' })).toBe(`${id}|tariff-2`);
  });
  test('keep what a vendor writes apart from their own signs', () => {
    const named = (members: Partial<UsageRecord>) => usageCellId({ ...cell, iccid: null, operator: null, ...members });
    const cellNamed = (sim: string, country: string, network: string) =>
      `iot|${sim}|data|-|day|2026-10-01T00:00:00.000Z|${country}|${network}`;
    expect(named({ simRef: 'a|b' })).toBe(cellNamed('ref:a\\|b', 'NO', '-'));
    expect(named({ simRef: 'a\\b' })).toBe(cellNamed('ref:a\\\\b', 'NO', '-'));
    expect(named({ simRef: null, country: '-' })).toBe(cellNamed('-', '\\-', '-'));
    expect(named({ simRef: 'a-b', country: 'x-' })).toBe(cellNamed('ref:a-b', 'x-', '-'));
    expect(named({ operator: { mcc: '242', mnc: null, name: 'Telenor' } })).toBe(cellNamed('ref:1001', 'NO', '242-'));
    expect(named({ operator: { mcc: null, mnc: null, name: '-|-' } })).toBe(cellNamed('ref:1001', 'NO', '-\\|-'));
  });
  const texts = fc.option(fc.string({ unit: fc.constantFrom('a', '|', '\\', '-'), maxLength: 4 }), { nil: null });
  test.prop([fc.tuple(texts, texts, texts), fc.tuple(texts, texts, texts)])(
    'never collide, whatever a vendor writes',
    (a, b) => {
      const idOf = ([simRef, country, name]: typeof a): string =>
        usageCellId({
          ...cell,
          iccid: null,
          simRef,
          country,
          operator: name === null ? null : { mcc: null, mnc: null, name },
        });
      expect(idOf(a) === idOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    },
  );
  test('a source is named by kinds, grain and scope', () => {
    expect(usageSourceKey({ kinds: ['sms', 'data'], grain: 'day', scope: 'account' })).toBe('data+sms/day/account');
  });
});

describe('hooks', () => {
  const calls: unknown[] = [];
  const told = (name: string): Hooks => ({
    onRequest: (event) => void calls.push([name, 'request', event]),
    onResponse: (event) => void calls.push([name, 'response', event]),
    onRetry: (event) => void calls.push([name, 'retry', event]),
    onWait: (event) => void calls.push([name, 'wait', event]),
  });
  const event = {} as never;
  test('of all observers hear everything, in order', () => {
    calls.length = 0;
    const hooks = allHooks(told('a'), {}, told('b'));
    for (const name of ['onRequest', 'onResponse', 'onRetry', 'onWait'] as const) hooks[name]!(event);
    expect(calls).toEqual(
      ['request', 'response', 'retry', 'wait'].flatMap((kind) => ['a', 'b'].map((name) => [name, kind, event])),
    );
  });
  test('hear it also behind one that fails, whose failure is told then', () => {
    calls.length = 0;
    const failing: Hooks = {
      onRequest() {
        throw new Error('mistaken');
      },
    };
    expect(() => allHooks(failing, told('b')).onRequest!(event)).toThrow('mistaken');
    expect(calls).toHaveLength(1);
  });
});

describe('outcomes', () => {
  const statuses = fc.array(
    fc.constantFrom('applied', 'unchanged', 'accepted', 'failed', 'unknown').map((status) => ({ status }) as const),
  );
  test.prop([statuses, statuses])('counts add up', (a, b) => {
    const counts = outcomeCounts([...a, ...b]);
    expect(counts).toEqual(addCounts(outcomeCounts(a), outcomeCounts(b)));
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(a.length + b.length);
    expect(counts.failed).toBe([...a, ...b].filter((outcome) => outcome.status === 'failed').length);
    expect(Object.values(noOutcomes)).toEqual([0, 0, 0, 0, 0]);
  });
  test('a forgotten case does not repeat the value', () => {
    expect(() => assertNever('a secret' as never)).toThrow(/^a case is missing for a value of type string$/);
  });
});

describe('errors', () => {
  test('are plain data in JSON, and recognised without instanceof', () => {
    const error = new ConnectivityError('not-found', 'SIM 1001 does not exist', {
      provider: 'iot',
      status: 404,
      cause: new Error('secret'),
    });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      kind: 'not-found',
      message: 'SIM 1001 does not exist',
      effect: 'none',
      provider: 'iot',
      operation: null,
      status: 404,
      vendorCode: null,
      requestId: null,
      retryAfterMs: null,
      details: null,
    });
    expect(String(error)).toBe('ConnectivityError: SIM 1001 does not exist');
    expect(error.cause).toEqual(new Error('secret'));
    expect(new ConnectivityError('conflict', 'held')).not.toHaveProperty('cause');
    expect(ConnectivityError.is(error)).toBe(true);
    expect(ConnectivityError.is(error, 'not-found')).toBe(true);
    expect(ConnectivityError.is(error, 'input')).toBe(false);
    const foreignCopy = Object.assign(
      Object.create({ [Symbol.for('@carrierkit/ConnectivityError')]: true }) as object,
      { kind: 'conflict' },
    );
    expect(ConnectivityError.is(foreignCopy, 'conflict')).toBe(true);
    for (const value of [null, undefined, 'x', {}, new Error('x')]) expect(ConnectivityError.is(value)).toBe(false);
  });
  test('hold the details their type promises', () => {
    expect(new ConnectivityError('input', 'bad').details).toEqual({ issues: [{ path: '', message: 'bad' }] });
    expect(new ConnectivityError('damaged-identifier', 'bad').details).toEqual({ candidates: [] });
    expect(new ConnectivityError('partial', 'bad').details).toEqual({ failures: [] });
    expect(new ConnectivityError('timeout', 'bad').details).toBeNull();
  });
  test('several findings make one error', () => {
    const error = inputErrors(
      [
        { path: 'a', message: 'is wrong' },
        { path: '', message: 'is missing' },
      ],
      { provider: 'iot' },
    );
    expect(error.message).toBe('a: is wrong; is missing');
    expect(error.provider).toBe('iot');
    expect(error.details.issues).toHaveLength(2);
  });
  test('go through data and back', () => {
    const error = new ConnectivityError('rate-limited', 'slow down', {
      retryAfterMs: 1500,
      effect: 'unknown',
      vendorCode: 'E1',
    });
    expect(errorFrom(error.toJSON()).toJSON()).toEqual(error.toJSON());
    const context = { provider: 'iot', operation: 'GetSims', effect: 'none' } as const;
    expect(toErrorInfo(error, context)).toEqual({ ...error.toJSON(), provider: 'iot', operation: 'GetSims' });
    expect(
      toErrorInfo(errorFrom(toErrorInfo(error, context)), { provider: 'emea', operation: 'GetSim' }),
    ).toMatchObject({
      provider: 'iot',
      operation: 'GetSims',
    });
  });
  test('of others are told without their text', () => {
    expect(toErrorInfo(new TypeError('token abc'))).toMatchObject({
      kind: 'contract',
      effect: 'unknown',
      message: 'unexpected TypeError inside the library or an adapter',
    });
    expect(toErrorInfo('token abc', { effect: 'none' })).toMatchObject({
      kind: 'contract',
      effect: 'none',
      message: 'unexpected string inside the library or an adapter',
    });
    expect(toErrorInfo(AbortSignal.abort().reason)).toMatchObject({
      kind: 'cancelled',
      message: 'the call was stopped',
    });
    expect(toErrorInfo(Object.assign(new Error('x'), { name: 'TimeoutError' }), { provider: 'iot' })).toMatchObject({
      kind: 'timeout',
      message: 'the call took too long',
      provider: 'iot',
    });
    expect(toErrorInfo(unsupportedError('no SMS here', { provider: 'iot' }))).toMatchObject({
      kind: 'unsupported',
      message: 'no SMS here',
      provider: 'iot',
    });
    expect(toErrorInfo(cancelledError())).toMatchObject({
      kind: 'cancelled',
      message: 'the caller stopped the call',
      effect: 'none',
    });
  });
});

test('fitsCandidate', () => {
  expect(fitsCandidate('8944500102198304826', '894450010219830????')).toBe(true);
  expect(fitsCandidate('8944500102198304826', '894450010219831????')).toBe(false);
  expect(fitsCandidate('8944500102198304826', '894450010219830???')).toBe(false);
});

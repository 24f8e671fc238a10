import { epochMs, type Instant, timeWindow, toInstant, windowContains } from '@carrierkit/core';
import { bucketOf, bucketsOf, inZone, parseDate, parseZone, windowOfDates, windowOfMonth } from '@carrierkit/core/time';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';

/** Whole hours east and west, half hours, midnights that do not exist (Beirut, São Paulo) and that happen twice (Azores). */
const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Beirut',
  'America/Sao_Paulo',
  'Atlantic/Azores',
  'Pacific/Auckland',
);
const moments = fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2035, 0) }).map(toInstant);
const buckets = fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const, 'cycle' as const);
const at = (text: string): Instant => toInstant(Date.parse(text));

describe('bucketOf', () => {
  test('knows days of 23 and 25 hours', () => {
    expect(bucketOf(at('2026-03-29T10:00:00Z'), 'day', { zone: 'Europe/Berlin' })).toEqual(
      timeWindow('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'),
    );
    expect(bucketOf(at('2026-10-25T10:00:00Z'), 'day', { zone: 'Europe/Berlin' })).toEqual(
      timeWindow('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'),
    );
  });
  test('knows both hours when the clocks are put back', () => {
    expect(bucketOf(at('2026-10-25T00:30:00Z'), 'hour', { zone: 'Europe/Berlin' })).toEqual(
      timeWindow('2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'),
    );
    expect(bucketOf(at('2026-10-25T01:30:00Z'), 'hour', { zone: 'Europe/Berlin' })).toEqual(
      timeWindow('2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z'),
    );
  });
  test('a day begins at its first moment, also where midnight happens twice or not at all', () => {
    for (const moment of ['2025-10-26T00:30:00Z', '2025-10-26T12:00:00Z']) {
      expect(bucketOf(at(moment), 'day', { zone: 'Atlantic/Azores' })).toEqual(
        timeWindow('2025-10-26T00:00:00Z', '2025-10-27T01:00:00Z'),
      );
    }
    expect(bucketOf(at('2018-11-04T12:00:00Z'), 'day', { zone: 'America/Sao_Paulo' })).toEqual(
      timeWindow('2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z'),
    );
  });
  test('weeks begin on Monday', () => {
    expect(bucketOf(at('2026-10-04T23:59:59Z'), 'week')).toEqual(
      timeWindow('2026-09-28T00:00:00Z', '2026-10-05T00:00:00Z'),
    );
  });
  test('billing cycles begin on their day, in short months on the last', () => {
    const cycle = (moment: string, billingCycleDay: number) => bucketOf(at(moment), 'cycle', { billingCycleDay });
    expect(cycle('2026-10-14T00:00:00Z', 15)).toEqual(timeWindow('2026-09-15T00:00:00Z', '2026-10-15T00:00:00Z'));
    expect(cycle('2026-10-15T00:00:00Z', 15)).toEqual(timeWindow('2026-10-15T00:00:00Z', '2026-11-15T00:00:00Z'));
    expect(cycle('2026-02-20T00:00:00Z', 31)).toEqual(timeWindow('2026-01-31T00:00:00Z', '2026-02-28T00:00:00Z'));
    expect(cycle('2026-02-28T00:00:00Z', 31)).toEqual(timeWindow('2026-02-28T00:00:00Z', '2026-03-31T00:00:00Z'));
    expect(cycle('2026-12-31T00:00:00Z', 1)).toEqual(bucketOf(at('2026-12-31T00:00:00Z'), 'month'));
    for (const day of [0, 32, 1.5]) {
      expect(() => cycle('2026-02-28T00:00:00Z', day)).toThrow('billingCycleDay: expected a day of the month, 1 to 31');
    }
  });
  test.prop([moments, buckets, zones, fc.integer({ min: 1, max: 31 })])(
    'holds the moment, has one set of ends, and touches its neighbours',
    (moment, bucket, zone, billingCycleDay) => {
      const options = { zone, billingCycleDay };
      const window = bucketOf(moment, bucket, options);
      expect(windowContains(window, moment)).toBe(true);
      expect(bucketOf(window.from, bucket, options)).toEqual(window);
      expect(bucketOf(toInstant(epochMs(window.to) - 1), bucket, options)).toEqual(window);
      expect(bucketOf(window.to, bucket, options).from).toBe(window.to);
    },
  );
  test('an hour in which clocks are changed by half an hour is cut there', () => {
    const hours = (from: string, to: string) =>
      bucketsOf(timeWindow(from, to), 'hour', { zone: 'Australia/Lord_Howe' });
    // From +11:00 to +10:30 at 15:00 UTC, and back at 15:30 UTC.
    expect(hours('2026-04-04T14:30:00Z', '2026-04-04T16:00:00Z')).toEqual([
      timeWindow('2026-04-04T14:00:00Z', '2026-04-04T15:00:00Z'),
      timeWindow('2026-04-04T15:00:00Z', '2026-04-04T15:30:00Z'),
      timeWindow('2026-04-04T15:30:00Z', '2026-04-04T16:30:00Z'),
    ]);
    expect(hours('2026-10-03T15:00:00Z', '2026-10-03T16:30:00Z')).toEqual([
      timeWindow('2026-10-03T14:30:00Z', '2026-10-03T15:30:00Z'),
      timeWindow('2026-10-03T15:30:00Z', '2026-10-03T16:00:00Z'),
      timeWindow('2026-10-03T16:00:00Z', '2026-10-03T17:00:00Z'),
    ]);
  });
  test('and holds every moment on its side of the change', () => {
    const hour = (moment: string, zone: string) => bucketOf(at(moment), 'hour', { zone });
    const afterwards = timeWindow('2026-04-04T15:00:00Z', '2026-04-04T15:30:00Z');
    expect(hour('2026-04-04T15:20:00Z', 'Australia/Lord_Howe')).toEqual(afterwards);
    // Newfoundland changed its clocks at one minute past midnight, 03:31 UTC, from -03:30 to -02:30.
    expect(hour('2010-03-14T03:30:30Z', 'America/St_Johns')).toEqual(
      timeWindow('2010-03-14T03:30:00Z', '2010-03-14T03:31:00Z'),
    );
    expect(hour('2010-03-14T03:45:00Z', 'America/St_Johns')).toEqual(
      timeWindow('2010-03-14T03:31:00Z', '2010-03-14T04:30:00Z'),
    );
  });
  test('hours begin where the clocks show a full one, also a quarter past', () => {
    expect(bucketOf(at('2026-10-01T12:20:00Z'), 'hour', { zone: 'Asia/Kathmandu' })).toEqual(
      timeWindow('2026-10-01T12:15:00Z', '2026-10-01T13:15:00Z'),
    );
  });
  test.prop(
    [fc.constantFrom(...Intl.supportedValuesOf('timeZone')), moments, fc.constantFrom('hour' as const, 'day' as const)],
    {
      numRuns: 400,
    },
  )('hours and days hold their moments and touch, in every zone there is', (zone, moment, bucket) => {
    const window = bucketOf(moment, bucket, { zone });
    expect(windowContains(window, moment)).toBe(true);
    expect(bucketOf(window.from, bucket, { zone })).toEqual(window);
    expect(bucketOf(window.to, bucket, { zone }).from).toBe(window.to);
  });
  test('bucketsOf covers a window with entire buckets', () => {
    const window = timeWindow('2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z');
    expect(bucketsOf(window, 'day', { zone: 'Europe/Berlin' })).toEqual([
      timeWindow('2026-10-23T22:00:00Z', '2026-10-24T22:00:00Z'),
      timeWindow('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'),
      timeWindow('2026-10-25T23:00:00Z', '2026-10-26T23:00:00Z'),
    ]);
    expect(bucketsOf(timeWindow('2026-10-24T00:00:00Z', '2026-10-26T00:00:00Z'), 'day')).toHaveLength(2);
  });
});

describe('dates of users', () => {
  test.each([
    ['2026-10-01', 'Europe/Berlin', '2026-09-30T22:00:00.000Z'],
    ['2026-10-01', 'UTC', '2026-10-01T00:00:00.000Z'],
    [' 2026-10-01 14:30 ', 'Europe/Berlin', '2026-10-01T12:30:00.000Z'],
    ['2026-10-01T14:30:15', 'America/New_York', '2026-10-01T18:30:15.000Z'],
    ['2026-10-01T14:30:15Z', 'America/New_York', '2026-10-01T14:30:15.000Z'],
    ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29 02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s in %s', (text, zone, expected) => {
    expect(parseDate(text, { zone })).toBe(expected);
  });
  test.each(['', 'yesterday', '2026-02-30', '2026-10-01 25:00', '2026', '2026-W40', '01.10.2026', null, 20261001])(
    'refuses %j',
    (input) => {
      expect(() => parseDate(input, { path: '--from' })).toThrow(/^--from: /);
    },
  );
  test('windows leave their last date out', () => {
    expect(windowOfDates('2026-10-01', '2026-11-01', { zone: 'Europe/Berlin' })).toEqual(
      timeWindow('2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z'),
    );
    expect(windowOfMonth('2026-10', { zone: 'Europe/Berlin' })).toEqual(
      timeWindow('2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z'),
    );
    expect(windowOfMonth(' 2026-12 ')).toEqual(timeWindow('2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'));
    expect(() => windowOfDates('2026-10-01', '2026-10-01')).toThrow(/^to: expected a date after `from`; `to` itself/);
    expect(() => windowOfDates('2026-10-01', 'x')).toThrow(/^to: /);
    expect(() => windowOfDates('x', '2026-10-01')).toThrow(/^from: /);
    for (const month of ['2026-13', '2026', null]) {
      expect(() => windowOfMonth(month)).toThrow(/^month: expected a month such as 2026-10$/);
    }
  });
  test('errors name the date, also where the caller gave no name', () => {
    expect(() => parseDate('2026-02-30')).toThrow(/^date: there is no such day or time$/);
    expect(() => parseDate('2026-02-30', { path: '--to' })).toThrow(/^--to: there is no such day or time$/);
  });
  test('zones are checked', () => {
    expect(parseZone('Europe/Berlin')).toBe('Europe/Berlin');
    for (const zone of ['Mars/Base', '', null, 'local']) expect(() => parseZone(zone)).toThrow(/^timezone: .*IANA/);
    expect(inZone(at('2026-10-01T00:00:00Z'), 'Asia/Kolkata')).toBe('2026-10-01T05:30:00.000+05:30');
  });
});

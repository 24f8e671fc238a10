import { epochMs, instantFrom, isInstant, parseInstant, toInstant } from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { instants } from './arbitraries.js';

describe('instantFrom', () => {
  test.each([
    ['2026-10-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z'],
    ['2015-03-06T11:15:57.000+0000', '2015-03-06T11:15:57.000Z'],
    ['2015-03-06T11:15:57.000+0130', '2015-03-06T09:45:57.000Z'],
    ['2019-08-24T14:15:22Z', '2019-08-24T14:15:22.000Z'],
    ['2024-12-09T15:07:03.159907Z', '2024-12-09T15:07:03.159Z'],
    ['2024-12-09T15:07:03.999999999Z', '2024-12-09T15:07:03.999Z'],
    ['2024-12-31T23:30:00-01:00', '2025-01-01T00:30:00.000Z'],
    ['2026-10-01 10:20:30', '2026-10-01T10:20:30.000Z'],
    ['2026-10-01 10:20:30.5 +02:00', '2026-10-01T08:20:30.500Z'],
    ['2026-10-01T10:20+02', '2026-10-01T08:20:00.000Z'],
    ['2026-10-01', '2026-10-01T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29', '2000-02-29T00:00:00.000Z'],
    ['2015-03-06T11:15:57.123+0000', '2015-03-06T11:15:57.123Z'],
    ['2026-10-01t10:20:30z', '2026-10-01T10:20:30.000Z'],
    ['2026-10-01T23:59:00+23:59', '2026-10-01T00:00:00.000Z'],
    ['1000-01-01T00:01:00+00:01', '1000-01-01T00:00:00.000Z'],
    ['9999-12-31T23:58:59.999-00:01', '9999-12-31T23:59:59.999Z'],
  ])('reads %s', (text, expected) => {
    expect(instantFrom(text)).toBe(expected);
  });
  test.each([
    '',
    'now',
    '2026',
    '2026-10',
    '2026-13-01',
    '2026-00-10',
    '2026-02-29',
    '2026-02-30',
    '2024-02-30',
    '2024-13-29',
    '2100-02-29',
    '2026-04-31',
    '2026-10-01T24:00:00Z',
    '2026-10-01T10:60:00Z',
    '2026-10-01T10:00:61Z',
    '0001-01-01T00:00:00Z',
    '2026-10-01T10:00:00+24:00',
    '2026-10-01T10:00:00+10:60',
    '1000-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59.999-00:01',
    '10/01/2026',
    'x2026-10-01',
    '2026-10-01Z',
    null,
    1760000000000,
    undefined,
  ])('is null for %j', (text) => {
    expect(instantFrom(text)).toBeNull();
  });
  test.prop([instants])('keeps instants, and agrees with Date', (instant) => {
    expect(instantFrom(instant)).toBe(instant);
    expect(parseInstant(instant)).toBe(instant);
    expect(isInstant(instant)).toBe(true);
    expect(toInstant(epochMs(instant))).toBe(instant);
    expect(toInstant(new Date(instant))).toBe(instant);
  });
  test.prop([
    instants,
    fc.integer({ min: -14 * 60, max: 14 * 60 }),
    fc.constantFrom(':', ''),
    fc.constantFrom('T', ' '),
  ])('undoes any offset', (instant, offset, colon, separator) => {
    const shown = new Date(epochMs(instant) + offset * 60_000).toISOString().slice(0, -1).replace('T', separator);
    const pad = (value: number): string => String(value).padStart(2, '0');
    const size = Math.abs(offset);
    const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${colon}${pad(size % 60)}`;
    expect(instantFrom(shown + zone)).toBe(instant);
    expect(parseInstant(shown + zone)).toBe(instant);
  });
  test.prop([instants, instants])('text order is time order', (a, b) => {
    expect(a < b).toBe(epochMs(a) < epochMs(b));
  });
  test.prop([fc.integer({ min: 1990, max: 2110 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 })])(
    'takes exactly the days that exist',
    (year, month, day) => {
      const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      const date = new Date(Date.UTC(year, month - 1, day));
      const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
      expect(instantFrom(text) !== null).toBe(exists);
      expect(isInstant(`${text}T00:00:00.000Z`)).toBe(exists);
    },
  );
});

describe('parseInstant', () => {
  test.each(['2026-10-01T10:00:00', '2026-10-01', '2026-10-01 10:00'])('wants a zone: %s', (text) => {
    expect(() => parseInstant(text, { path: 'from' })).toThrow(/^from: .*zone is missing/);
  });
  test.each(['', 'soon', null, 5])('refuses %j', (input) => {
    expect(() => parseInstant(input)).toThrow(/^time: expected a moment with its zone, such as 2026-10-01T00:00:00Z$/);
  });
  test('isInstant is about the normal form only', () => {
    expect(isInstant('2026-10-01T00:00:00Z')).toBe(false);
    expect(isInstant('2026-10-01T00:00:00.000+00:00')).toBe(false);
    expect(isInstant('2026-10-01t00:00:00.000Z')).toBe(false);
    expect(isInstant('2026-02-30T00:00:00.000Z')).toBe(false);
    expect(isInstant(0)).toBe(false);
  });
  test('toInstant refuses what four digits of year cannot hold', () => {
    for (const time of [Number.NaN, Infinity, 253_402_300_800_000, -30_610_224_000_001, new Date(Number.NaN)])
      expect(() => toInstant(time)).toThrow(/^time: expected a moment in the years 1000 to 9999$/);
    expect(toInstant(253_402_300_799_999)).toBe('9999-12-31T23:59:59.999Z');
    expect(toInstant(-30_610_224_000_000)).toBe('1000-01-01T00:00:00.000Z');
  });
});

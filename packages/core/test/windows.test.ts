import {
  commonWindow,
  epochMs,
  isWholeMonth,
  monthsOf,
  monthWindow,
  splitWindow,
  type TimeWindow,
  timeWindow,
  toInstant,
  windowContains,
  windowsOverlap,
} from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { instants } from './arbitraries.js';

const DAY = 86_400_000;
const windows = (longest: number): fc.Arbitrary<TimeWindow> =>
  fc
    .tuple(instants, fc.integer({ min: 1, max: longest }))
    .map(([from, length]) => ({ from, to: toInstant(epochMs(from) + length) }));

describe('timeWindow', () => {
  test('reads texts with a zone, dates and milliseconds', () => {
    const expected = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' };
    expect(timeWindow('2026-10-01T02:00:00+02:00', '2026-11-01T00:00Z')).toEqual(expected);
    expect(timeWindow(new Date(expected.from), Date.parse(expected.to))).toEqual(expected);
  });
  test('refuses one that is empty or runs backwards', () => {
    expect(() => timeWindow('2026-10-01T00:00:00Z', '2026-10-01T02:00:00+02:00')).toThrow(/^to: .*after/);
    expect(() => timeWindow('2026-10-01', '2026-11-01T00:00:00Z')).toThrow(/^from: /);
    expect(() => timeWindow('2026-10-01T00:00:00Z', '2026-11-01')).toThrow(/^to: /);
    expect(() => timeWindow('2026-10-01T00:00:00Z', Number.NaN)).toThrow(/years/);
  });
  test('has in common what is in both, in whatever order', () => {
    const [week, weekend] = [
      timeWindow('2026-10-05T00:00:00Z', '2026-10-12T00:00:00Z'),
      timeWindow('2026-10-10T00:00:00Z', '2026-10-13T00:00:00Z'),
    ];
    const both = timeWindow('2026-10-10T00:00:00Z', '2026-10-12T00:00:00Z');
    expect([commonWindow(week, weekend), commonWindow(weekend, week)]).toEqual([both, both]);
    const after = timeWindow('2026-10-12T00:00:00Z', '2026-10-13T00:00:00Z');
    expect([windowsOverlap(week, after), windowsOverlap(after, week)]).toEqual([false, false]);
  });
  /** Close enough to each other to overlap more often than not. */
  const neighbours = fc
    .tuple(windows(3 * DAY), fc.integer({ min: -4 * DAY, max: 4 * DAY }), fc.integer({ min: 1, max: 3 * DAY }))
    .map(([a, distance, length]): [TimeWindow, TimeWindow] => {
      const from = epochMs(a.from) + distance;
      return [a, { from: toInstant(from), to: toInstant(from + length) }];
    });
  test.prop([neighbours, fc.integer({ min: -DAY, max: 4 * DAY })])(
    'contains, overlaps and has in common what its moments say',
    ([a, b], after) => {
      const moment = toInstant(epochMs(a.from) + after);
      expect(windowContains(a, a.from)).toBe(true);
      expect(windowContains(a, a.to)).toBe(false);
      const common = commonWindow(a, b);
      expect(common !== null).toBe(windowsOverlap(a, b));
      expect(windowsOverlap(a, b)).toBe(windowContains(a, b.from) || windowContains(b, a.from));
      expect(common !== null && windowContains(common, moment)).toBe(
        windowContains(a, moment) && windowContains(b, moment),
      );
      expect(commonWindow(a, a)).toEqual(a);
      expect(windowsOverlap(a, { from: a.to, to: toInstant(epochMs(a.to) + 1) })).toBe(false);
    },
  );
});

describe('splitWindow', () => {
  test('cuts at midnights in UTC', () => {
    expect(splitWindow(timeWindow('2026-10-01T00:00:00Z', '2026-10-08T00:00:00Z'), 3)).toEqual([
      timeWindow('2026-10-01T00:00:00Z', '2026-10-04T00:00:00Z'),
      timeWindow('2026-10-04T00:00:00Z', '2026-10-07T00:00:00Z'),
      timeWindow('2026-10-07T00:00:00Z', '2026-10-08T00:00:00Z'),
    ]);
    expect(splitWindow(timeWindow('2026-10-01T18:00:00Z', '2026-10-03T06:00:00Z'), 1)).toEqual([
      timeWindow('2026-10-01T18:00:00Z', '2026-10-02T00:00:00Z'),
      timeWindow('2026-10-02T00:00:00Z', '2026-10-03T00:00:00Z'),
      timeWindow('2026-10-03T00:00:00Z', '2026-10-03T06:00:00Z'),
    ]);
  });
  test('takes no limit, refuses no days', () => {
    const window = timeWindow('2026-10-01T00:00:00Z', '2026-10-08T00:00:00Z');
    expect(splitWindow(window, Infinity)).toEqual([window]);
    for (const days of [0, -1, 0.5, 1.5, Number.NaN]) {
      expect(() => splitWindow(window, days)).toThrow(/^days: expected a positive whole number$/);
    }
    expect(splitWindow(timeWindow('2026-10-01T00:00:00Z', '2026-10-07T00:00:00Z'), 3)).toHaveLength(2);
  });
  test.prop([windows(200 * DAY), fc.integer({ min: 1, max: 40 })])(
    'leaves no gap, and no piece touches more days',
    (window, days) => {
      const pieces = splitWindow(window, days);
      expect(pieces[0]!.from).toBe(window.from);
      expect(pieces.at(-1)!.to).toBe(window.to);
      pieces.forEach((piece, index) => {
        if (index > 0) expect(piece.from).toBe(pieces[index - 1]!.to);
        if (index > 0) expect(piece.from.slice(11)).toBe('00:00:00.000Z');
        const touched = Math.ceil(epochMs(piece.to) / DAY) - Math.floor(epochMs(piece.from) / DAY);
        expect(touched).toBeGreaterThan(0);
        expect(touched).toBeLessThanOrEqual(days);
      });
    },
  );
});

describe('months', () => {
  test('of a window, cut and whole', () => {
    expect(monthsOf(timeWindow('2025-11-30T12:00:00Z', '2026-01-15T00:00:00Z'))).toEqual([
      { month: '2025-11', window: timeWindow('2025-11-30T12:00:00Z', '2025-12-01T00:00:00Z'), whole: false },
      { month: '2025-12', window: timeWindow('2025-12-01T00:00:00Z', '2026-01-01T00:00:00Z'), whole: true },
      { month: '2026-01', window: timeWindow('2026-01-01T00:00:00Z', '2026-01-15T00:00:00Z'), whole: false },
    ]);
  });
  test('from their names', () => {
    expect(monthWindow('2028-02')).toEqual(timeWindow('2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'));
    for (const text of ['2026-13', '2026-00', '2026-1', '2026', '2026-10-01', 'x2026-10', ''])
      expect(() => monthWindow(text)).toThrow(/^month: expected a month such as 2026-10$/);
    expect(isWholeMonth(monthWindow('2026-12'))).toBe(true);
    expect(isWholeMonth(timeWindow('2026-11-01T00:00:00Z', '2027-01-01T00:00:00Z'))).toBe(false);
    expect(isWholeMonth(timeWindow('2026-12-01T00:00:00.001Z', '2027-01-01T00:00:00Z'))).toBe(false);
  });
  test.prop([windows(800 * DAY)])('cover the window without a gap', (window) => {
    const parts = monthsOf(window);
    expect(parts[0]!.window.from).toBe(window.from);
    expect(parts.at(-1)!.window.to).toBe(window.to);
    parts.forEach((part, index) => {
      if (index > 0) expect(part.window.from).toBe(parts[index - 1]!.window.to);
      expect(part.window.from.slice(0, 7)).toBe(part.month);
      expect(part.whole).toBe(isWholeMonth(part.window));
    });
    expect(isWholeMonth(window)).toBe(parts.length === 1 && parts[0]!.whole);
  });
});

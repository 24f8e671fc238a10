import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../src/control/duration.js';
import { createClock } from '../src/framework/clock.js';
import { createLimits } from '../src/framework/limits.js';
import { hashKeys, randomFrom } from '../src/framework/random.js';
import { dayOf, dayText, parseDay } from '../src/world/days.js';
import { createFleet } from '../src/world/fleet.js';
import { luhnCheckDigit } from '../src/world/luhn.js';
import { createUsageTruth } from '../src/world/usage.js';

const START = Date.parse('2026-10-15T12:00:00Z');
const vendors = fc.constantFrom('truphone', 'emnify', 'subscriptions');

describe('identifiers', () => {
  it('have the check digits of published numbers', () => {
    // A number often used to show the algorithm.
    expect(luhnCheckDigit('7992739871')).toBe('3');
  });

  test.prop([fc.stringMatching(/^\d{1,21}$/), fc.nat()])(
    'a single wrong digit never keeps its check digit',
    (digits, place) => {
      const at = place % digits.length;
      const wrong = (Number(digits[at]) + 1 + (place % 9)) % 10;
      const damaged = digits.slice(0, at) + String(wrong) + digits.slice(at + 1);
      if (damaged !== digits) expect(luhnCheckDigit(damaged)).not.toBe(luhnCheckDigit(digits));
    },
  );

  test.prop([vendors, fc.nat(1_000_000), fc.nat()])('lead back to their SIM', (vendor, index, seed) => {
    const fleet = createFleet(vendor, 10, seed);
    expect(fleet.indexOf(fleet.iccid(index))).toBe(index);
    expect(fleet.indexOf(fleet.iccidBody(index))).toBe(index);
    expect(fleet.indexOfMsisdn(`+${fleet.msisdn(index)}`)).toBe(index);
    expect(fleet.imsi(index)).toMatch(/^\d{15}$/);
    expect(fleet.imei(index)).toMatch(/^\d{15}$/);
    const wrong = fleet.iccidBody(index) + String((Number(luhnCheckDigit(fleet.iccidBody(index))) + 1) % 10);
    expect(fleet.indexOf(wrong)).toBeUndefined();
  });
});

describe('random', () => {
  test.prop([fc.array(fc.oneof(fc.string(), fc.integer()))])('the same keys draw the same', (keys) => {
    expect(randomFrom(...keys).hex(16)).toBe(randomFrom(...keys).hex(16));
    expect(hashKeys(...keys)).toBe(hashKeys(...keys));
  });

  test.prop([fc.integer({ min: -1000, max: 1000 }), fc.nat(1000), fc.integer()])(
    'stays within its bounds',
    (min, span, seed) => {
      const drawn = randomFrom(seed).integer(min, min + span);
      expect(drawn).toBeGreaterThanOrEqual(min);
      expect(drawn).toBeLessThanOrEqual(min + span);
    },
  );
});

describe('clock', () => {
  test.prop([fc.array(fc.nat(10_000), { maxLength: 50 })])(
    'runs what is due in order, each at its own instant',
    (delays) => {
      const clock = createClock({ start: START, ticking: false });
      const seen: number[] = [];
      for (const delay of delays) clock.after(delay, () => seen.push(clock.now() - START));
      clock.advance(10_000);
      expect(seen).toEqual(delays.toSorted((left, right) => left - right));
      expect(clock.now()).toBe(START + 10_000);
    },
  );

  it('runs what a scheduled action schedules', () => {
    const clock = createClock({ start: START, ticking: false });
    const seen: string[] = [];
    clock.after(1000, () => clock.after(1000, () => seen.push(clock.iso())));
    clock.advance(5000);
    expect(seen).toEqual(['2026-10-15T12:00:02.000Z']);
  });
});

describe('durations and days', () => {
  it.each([
    ['PT1H', 3_600_000],
    ['P1DT1M', 86_460_000],
    ['P2W', 1_209_600_000],
    ['PT0.5S', 500],
    ['P', undefined],
    ['PT', undefined],
    ['1h', undefined],
    ['P1M', undefined],
    ['-PT1H', undefined],
  ])('%s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.prop([fc.integer({ min: -20_000, max: 60_000 })])('a day survives its text', (day) => {
    expect(parseDay(dayText(day))).toBe(day);
  });

  it('knows the calendar', () => {
    expect(parseDay('2026-02-29')).toBeUndefined();
    expect(parseDay('2024-02-29')).toBeDefined();
    expect(parseDay('2024-2-9')).toBeUndefined();
  });
});

describe('limits', () => {
  it('let a burst through and then the rate', () => {
    const clock = createClock({ start: START, ticking: false });
    const bucket = createLimits(clock, true).tokenBucket({ rate: 10, burst: 5 });
    const passed = () => Array.from({ length: 10 }, () => bucket.take('a').allowed).filter(Boolean).length;
    expect(passed()).toBe(5);
    expect(bucket.take('b').allowed).toBe(true);
    clock.advance(300);
    expect(passed()).toBe(3);
  });

  it('count windows from their first call', () => {
    const clock = createClock({ start: START, ticking: false });
    const window = createLimits(clock, true).fixedWindow({ limit: 2, periodMs: 60_000 });
    expect([window.take('a'), window.take('a'), window.take('a')]).toMatchObject([
      { allowed: true, remaining: 1, resetMs: 60_000 },
      { allowed: true, remaining: 0 },
      { allowed: false, remaining: 0 },
    ]);
    clock.advance(60_000);
    expect(window.take('a').allowed).toBe(true);
  });

  it('can be switched off', () => {
    const limits = createLimits(createClock({ start: START, ticking: false }), false);
    const window = limits.fixedWindow({ limit: 1, periodMs: 1000 });
    expect([window.take('a').allowed, window.take('a').allowed]).toEqual([true, true]);
  });
});

describe('usage truth', () => {
  const create = (bytesMultiple: number, voice: boolean) => {
    const clock = createClock({ start: START, ticking: false });
    const profile = { bytesMultiple, voice, traffic: (index: number) => index % 2 === 0 };
    return { clock, usage: createUsageTruth({ vendor: 'emnify', seed: 7, size: 10, days: 60, clock, profile }) };
  };
  const today = dayOf(START);

  test.prop([fc.nat(9), fc.integer({ min: -70, max: 5 })])(
    'is the same at every reading, in whole units',
    (index, offset) => {
      const { usage } = create(1024, false);
      const facts = usage.facts(index, today + offset);
      expect(usage.facts(index, today + offset)).toEqual(facts);
      const told = index % 2 === 0 && offset >= -60 && offset < 0;
      if (!told) expect(facts).toEqual([]);
      for (const fact of facts) {
        expect(fact.bytesUp % 1024).toBe(0);
        expect(fact.bytesDown % 1024).toBe(0);
        expect(dayOf(fact.startedAt)).toBe(today + offset);
        expect(fact.kind).not.toBe('voice');
      }
    },
  );

  it('has every kind, and days abroad', () => {
    const { usage } = create(1, true);
    const facts = Array.from({ length: 60 }, (_, back) => usage.facts(0, today - 1 - back)).flat();
    expect(new Set(facts.map((fact) => fact.kind))).toEqual(new Set(['data', 'sms', 'voice']));
    expect(new Set(facts.map((fact) => fact.network.country)).size).toBeGreaterThan(1);
    expect(new Set(facts.map((fact) => fact.id)).size).toBe(facts.length);
  });

  it('follows a suspension from the next whole day on, and changes no day already told', () => {
    const { clock, usage } = create(1, false);
    const before = usage.facts(0, today - 1);
    usage.setTraffic(0, false);
    usage.setTraffic(1, true);
    clock.advance(20 * 86_400_000);
    const days = (index: number) => Array.from({ length: 15 }, (_, ahead) => usage.facts(index, today + ahead)).flat();
    expect(usage.facts(0, today - 1)).toEqual(before);
    expect(days(0)).toEqual([]);
    expect(days(1).every((fact) => fact.startedAt >= (today + 1) * 86_400_000)).toBe(true);
    expect(days(1).length).toBeGreaterThan(0);
  });
});

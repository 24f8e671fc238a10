import {
  ConnectivityError,
  fitsCandidate,
  hasValidCheckDigit,
  type Iccid,
  iccidFromVendor,
  inspectIccid,
  isIccid,
  luhnCheckDigit,
  parseIccid,
  sameIccid,
  spellingsOf,
  withCheckDigit,
} from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { digits, iccids } from './arbitraries.js';

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('check digit', () => {
  test('agrees with published examples', () => {
    expect(luhnCheckDigit('7992739871')).toBe('3');
    expect(withCheckDigit('894450010219830482')).toBe('8944500102198304826');
    expect(luhnCheckDigit('49015420323751')).toBe('8'); // the IMEI of 3GPP TS 23.003 annex B
    expect(hasValidCheckDigit('490154203237518')).toBe(true);
    expect(hasValidCheckDigit('490154203237519')).toBe(false);
    expect(hasValidCheckDigit('89860A12345678901234')).toBe(false);
    expect(hasValidCheckDigit('')).toBe(false);
  });
  test('is refused for anything but digits', () => {
    expect(() => luhnCheckDigit('89860A')).toThrow(/^digits: expected decimal digits only; /);
    expect(() => luhnCheckDigit('89 60')).toThrow(/decimal digits/);
    expect(hasValidCheckDigit('0')).toBe(false);
    expect(() => luhnCheckDigit('')).toThrow(/decimal digits/);
  });
  test.prop([digits(1, 30)])('is the only digit that makes a number valid', (payload) => {
    const valid = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].filter((digit) =>
      hasValidCheckDigit(payload + digit),
    );
    expect(valid).toEqual([luhnCheckDigit(payload)]);
  });
  test.prop([digits(2, 25), fc.nat(), fc.integer({ min: 1, max: 9 })])(
    'finds every single wrong digit',
    (payload, at, by) => {
      const number = withCheckDigit(payload);
      const index = at % number.length;
      const wrong = number.slice(0, index) + String((Number(number[index]) + by) % 10) + number.slice(index + 1);
      expect(hasValidCheckDigit(wrong)).toBe(false);
    },
  );
});

describe('parseIccid', () => {
  test.each([
    ['8944500102198304826', '8944500102198304826'],
    [' 8944 5001 0219 8304 826 ', '8944500102198304826'],
    ['8944-5001-0219-8304-826', '8944500102198304826'],
    ['8944\u20135001\u00a00219\t8304826', '8944500102198304826'],
    ['8944500102198304826F', '8944500102198304826'],
    ['894450010219830482ff', '894450010219830482'],
    ['89860A12345678901234', '89860A12345678901234'],
    ['89860a1234567890123F', '89860a1234567890123F'],
    ['8988303000000000001', '8988303000000000001'],
    ['8988303000000000000015', '8988303000000000000015'],
  ])('reads %j', (input, expected) => {
    expect(parseIccid(input)).toBe(expected);
  });
  test('takes a bigint, which has lost nothing', () => {
    expect(parseIccid(8944500102198304826n)).toBe('8944500102198304826');
  });
  test.each([
    ['', /got nothing/],
    ['abc', /got 3/],
    ['89445001021983048', /got 17/],
    ['89445001021983048260000', /got 23/],
    ['35145120840121', /IMEI/],
    ['447700900123', /got 12: this looks like a telephone number, which begins with \+$/],
    ['4477009', /telephone/],
    ['447700', /got 6$/],
    ['89049032123451234512345678901235', /EID/],
    ['+447700900123', /telephone/],
    ['8944500102198304826x', /other characters/],
    ['FFFFFFFFFFFFFFFFFFFF', /not programmed/],
    ['89044503 2123451234512345 6789 0123', /got 32: this looks like an EID/],
    ['890445032123451234512345678901234', /got 33$/],
    ['a8904450321234512345123456789012', /got 32$/],
    ['351451208401211x', /other characters/],
    ['x351451208401211', /other characters/],
    ['F1', /got 2$/],
    ['1F', /got 2$/],
    ['x1', /other characters/],
    ['8944500102198304826;Lamp', /found a separator: give the column of ICCIDs only$/],
    [null, /null/],
    [undefined, /undefined/],
    [['8944500102198304826'], /a list/],
    [{}, /object/],
  ])('refuses %j', (input, message) => {
    const error = thrownBy(() => parseIccid(input, { path: 'sims[3].iccid' }));
    expect(ConnectivityError.is(error, 'input') && error.details.issues[0]?.path).toBe('sims[3].iccid');
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).toMatch(/^sims\[3\]\.iccid: /);
  });
  test('does not repeat what it refuses: it may be a telephone number', () => {
    expect((thrownBy(() => parseIccid('+447700900123')) as Error).message).not.toContain('7700900123');
  });
  test.prop([iccids, fc.constantFrom('', 'F', 'ff'), fc.constantFrom('', ' ', '-')])(
    'is stable: separators and padding do not matter, and the result parses to itself',
    (iccid, padding, separator) => {
      const spelt = Array.from(iccid).join(separator) + padding;
      expect(parseIccid(spelt)).toBe(iccid);
      expect(parseIccid(parseIccid(spelt))).toBe(iccid);
      expect(isIccid(iccid)).toBe(true);
    },
  );
  test('isIccid is about the normal form only', () => {
    for (const value of ['', 'x', ' 8944500102198304826', '8944500102198304826F', 8944500102198304826n, null])
      expect(isIccid(value)).toBe(false);
  });
  test('names the member where the caller names none', () => {
    expect(() => parseIccid('x')).toThrow(/^iccid: /);
    expect(inspectIccid('12').warnings).toEqual([]);
  });
  test.prop([fc.anything()])('answers anything with an ICCID or one of its two errors', (input) => {
    const { iccid, error } = inspectIccid(input);
    expect((iccid === null) === (error !== null)).toBe(true);
    if (iccid !== null) expect(isIccid(iccid)).toBe(true);
    else expect(['input', 'damaged-identifier']).toContain(error!.kind);
  });
});

describe('damaged identifiers', () => {
  test('say what happened, and where', () => {
    const told =
      'a program took the ICCID for a number, and its last digits are lost; keep ICCIDs as text and export them again';
    expect(inspectIccid('8.94E+18', { path: 'sims[0]' }).error?.message).toBe(`sims[0]: ${told}`);
    expect(inspectIccid('8.94E+18', { path: '' }).error?.message).toBe(told);
  });
  test.each([8.9445001021983e18, 123, 0, -1, Number.NaN, Infinity])('number %s', (input) => {
    expect(
      ConnectivityError.is(
        thrownBy(() => parseIccid(input)),
        'damaged-identifier',
      ),
    ).toBe(true);
  });
  test.each(['8.94E+18', '8,94E+18', '8.94450010219830E18', '8944500102198304826.0', ' 8.94e+18 '])(
    'text %j',
    (input) => {
      const error = thrownBy(() => parseIccid(input));
      expect(ConnectivityError.is(error, 'damaged-identifier') && error.details.candidates.length).toBeGreaterThan(0);
    },
  );
  test('names what the number may have been', () => {
    expect(inspectIccid(Number('8944500102198304826')).candidates).toEqual([
      '8944500102198304???',
      '8944500102198305???',
    ]);
    expect(inspectIccid('8.94E+18').candidates).toEqual(['893????????????????', '894????????????????']);
    expect(inspectIccid(Number('894450010219830482')).candidates).toEqual(['8944500102198304??', '8944500102198305??']);
    expect(inspectIccid(123).candidates).toEqual([]);
    expect(inspectIccid('8.9E+30').candidates).toEqual([]);
    expect(inspectIccid('8.9E-3').candidates).toEqual([]);
    expect(inspectIccid('89.5').candidates).toEqual([]);
    expect(inspectIccid(-8944500102198304826).candidates).toEqual([]);
    expect(inspectIccid('8.944500102198304826E18').candidates).toContain('8944500102198304???');
    expect(inspectIccid('8E22').candidates).toEqual([]);
    expect(inspectIccid('9.99E+17').candidates).toEqual(['998???????????????', '999???????????????']);
    expect(inspectIccid('1.0E+18').candidates).toEqual([]);
  });
  test.prop([iccids.filter((iccid) => !iccid.endsWith('000'))])(
    'the true one is always among the candidates',
    (iccid) => {
      const found = (candidates: readonly string[]): boolean =>
        candidates.some((candidate) => fitsCandidate(iccid, candidate));
      expect(found(inspectIccid(Number(iccid)).candidates)).toBe(true);
      expect(found(inspectIccid(Number(iccid).toExponential(4)).candidates)).toBe(true);
      expect(found(inspectIccid(`${iccid}.0`).candidates)).toBe(true);
      const excel = iccid.slice(0, 15).padEnd(iccid.length, '0');
      expect(found(inspectIccid(excel).candidates)).toBe(true);
      const printed = Number(iccid).toExponential(16).replace('.', '').slice(0, 17).padEnd(iccid.length, '0');
      if (printed.endsWith('000')) expect(found(inspectIccid(printed).candidates)).toBe(true);
    },
  );
});

describe('warnings', () => {
  test('a right ICCID has none', () => {
    expect(inspectIccid('8944500102198304826')).toEqual({
      iccid: '8944500102198304826',
      error: null,
      warnings: [],
      candidates: [],
    });
    expect(inspectIccid('89860A12345678901234').warnings).toEqual([]);
  });
  test('a wrong check digit, with the number it may be the beginning of', () => {
    const { iccid, warnings, candidates } = inspectIccid('8988303000000000001');
    expect(iccid).toBe('8988303000000000001');
    expect(warnings).toEqual([
      {
        code: 'check-digit',
        message:
          'the last digit of 8988303000000000001 is not its check digit: a digit is wrong, or the check digit was left out',
      },
    ]);
    expect(candidates).toEqual(['89883030000000000015']);
    expect(inspectIccid('8988303000000000000016').candidates, 'there is no room for a check digit').toEqual([]);
  });
  test('digits that look rounded', () => {
    const { iccid, warnings, candidates } = inspectIccid('8944500102198300000');
    expect(iccid).toBe('8944500102198300000');
    expect(warnings[0]).toEqual({
      code: 'rounded',
      message:
        '8944500102198300000 ends in 5 zeros, as numbers do that a spreadsheet rounded; compare it with the card',
    });
    expect(candidates.every((candidate) => candidate.includes('?'))).toBe(true);
    expect(candidates).toContain('89445001021983?????');
    expect(inspectIccid('89445001021983048000').warnings.map((warning) => warning.code)).toContain('rounded');
    expect(inspectIccid('8944500102198304800').warnings.map((warning) => warning.code)).not.toContain('rounded');
  });
  test('a number that is no telecommunication card', () => {
    const iccid = withCheckDigit('704450010219830482');
    expect(inspectIccid(iccid).warnings).toEqual([
      { code: 'prefix', message: `${iccid} does not begin with 89 as ICCIDs do` },
    ]);
  });
});

describe('sameIccid', () => {
  test('knows a number without its check digit', () => {
    const short = '8988303000000000001' as Iccid;
    const long = '89883030000000000015' as Iccid;
    expect(sameIccid(short, long)).toBe(true);
    expect(sameIccid(long, short)).toBe(true);
    expect(sameIccid(short, '89883030000000000014' as Iccid)).toBe(false);
    expect(sameIccid('89860A12345678901234' as Iccid, '89860a12345678901234' as Iccid)).toBe(true);
    expect(spellingsOf('89860a12345678901234' as Iccid)).toEqual(['89860A12345678901234']);
    const longer = withCheckDigit('8988303000000000001500') as Iccid;
    expect(sameIccid('89883030000000000015' as Iccid, longer), 'two digits more').toBe(false);
  });
  test.prop([iccids, iccids])('is symmetric, reflexive, and says what spellingsOf says', (a, b) => {
    for (const [left, right] of [
      [a, b],
      [a, a],
      [a, a.slice(0, -1) as Iccid],
      [a, withCheckDigit(a) as Iccid],
    ] as const) {
      const same = sameIccid(left, right);
      expect(sameIccid(right, left)).toBe(same);
      expect(spellingsOf(left).includes(right.toUpperCase())).toBe(same);
    }
    expect(sameIccid(a, a)).toBe(true);
    expect(sameIccid(a, b)).toBe(a === b);
  });
});

describe('iccidFromVendor', () => {
  test('adds the check digit where the vendor leaves it out', () => {
    expect(iccidFromVendor('8988303000000000001', { checkDigit: 'absent' })).toBe('89883030000000000015');
    expect(iccidFromVendor('8988303000000000001F', { checkDigit: 'absent' })).toBe('89883030000000000015');
    expect(iccidFromVendor('8944500102198304826', { checkDigit: 'present' })).toBe('8944500102198304826');
    expect(iccidFromVendor('89860A12345678901234', { checkDigit: 'absent' })).toBe('89860A12345678901234');
  });
  test.each([null, undefined, '', 'n/a', 8.9445e18, {}, '8988303000000000000015'])('is null for %j', (value) => {
    expect(iccidFromVendor(value, { checkDigit: 'absent' })).toBeNull();
  });
  test.prop([iccids])('both kinds of vendor end up with one form', (iccid) => {
    expect(iccidFromVendor(iccid, { checkDigit: 'present' })).toBe(iccid);
    if (iccid.length > 18) expect(iccidFromVendor(iccid.slice(0, -1), { checkDigit: 'absent' })).toBe(iccid);
  });
});

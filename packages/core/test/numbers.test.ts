import {
  ConnectivityError,
  eidFromVendor,
  formatMsisdn,
  imeiFromVendor,
  imsiFromVendor,
  isMsisdn,
  msisdnFromVendor,
  parseEid,
  parseImei,
  parseImsi,
  parseMsisdn,
} from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { digits } from './arbitraries.js';

describe('parseMsisdn', () => {
  test.each([
    ['+447700900123', '447700900123'],
    ['+44 (7700) 900-123', '447700900123'],
    [' +49.151/23456789 ', '4915123456789'],
    ['+123456789012345', '123456789012345'],
  ])('reads %j', (input, expected) => {
    expect(parseMsisdn(input)).toBe(expected);
  });
  test.each([
    ['447700900123', /begin with \+/],
    ['00447700900123', /instead of 00/],
    ['+44 (0)7700 900123', /\(0\)/],
    ['+0447700900123', /not 0/],
    ['+1234567890123456', /5 to 15/],
    ['+1234', /5 to 15/],
    ['+44770090012x', /5 to 15/],
    ['+44 (0 ) 7700 900123', /\(0\)/],
    ['', /begin with \+/],
    [447700900123, /international form/],
    [null, /international form/],
  ])('refuses %j without repeating it', (input, message) => {
    try {
      parseMsisdn(input, { path: 'to' });
      expect.unreachable();
    } catch (error) {
      expect(ConnectivityError.is(error, 'input')).toBe(true);
      expect((error as Error).message).toMatch(/^to: /);
      expect(() => parseMsisdn(input)).toThrow(/^msisdn: /);
      expect((error as Error).message).toMatch(message);
      expect((error as Error).message).not.toMatch(/\d{6}/);
    }
  });
  const numbers = fc.tuple(fc.constantFrom('1', '4', '9'), digits(6, 14)).map((parts) => parts.join(''));
  test.prop([numbers])('reads what formatMsisdn writes, and what vendors write', (number) => {
    const msisdn = parseMsisdn(`+${number}`);
    expect(parseMsisdn(formatMsisdn(msisdn))).toBe(msisdn);
    expect(msisdnFromVendor(number)).toBe(msisdn);
    expect(msisdnFromVendor(`+${number}`)).toBe(msisdn);
    expect(msisdnFromVendor(Number(number))).toBe(msisdn);
    expect(isMsisdn(number)).toBe(true);
    expect(isMsisdn(`+${number}`)).toBe(false);
  });
  test('a vendor may write separators, and one plus sign at the beginning', () => {
    expect(msisdnFromVendor(' +44 7700-900 123')).toBe('447700900123');
    expect(msisdnFromVendor('4477+00900123')).toBeNull();
    expect(isMsisdn(447700900123)).toBe(false);
  });
  test.each([null, undefined, '', 'unknown', '0123456789', 1.5, -447700900123, 2 ** 60])(
    'a vendor telling %j tells none',
    (value) => {
      expect(msisdnFromVendor(value)).toBeNull();
    },
  );
});

describe('IMSI, IMEI, EID', () => {
  test('are read with separators', () => {
    expect(parseImsi('234 15 0999999999')).toBe('234150999999999');
    expect(parseImei('49-015420-323751-8')).toBe('490154203237518');
    expect(parseImei('49015420323751')).toBe('49015420323751');
    expect(parseImei('4901542032375101')).toBe('4901542032375101');
    expect(parseEid('8904 9032 1234 5123 4512 3456 7890 1235')).toBe('89049032123451234512345678901235');
  });
  test('are refused with the wrong length, as numbers, or with letters, never repeated', () => {
    for (const [parse, input] of [
      [parseImsi, '12345'],
      [parseImsi, '2341509999999999'],
      [parseImsi, 234150999999999],
      [parseImei, '1234567890123'],
      [parseImei, '4901542032375A'],
      [parseEid, '8904'],
      [parseEid, null],
    ] as const) {
      expect(() => parse(input, { path: 'x' })).toThrow(/^x: expected/);
      expect(() => parse(input)).not.toThrow(/\d{5}/);
    }
  });
  test('are read from vendors as text or number, else null', () => {
    expect(imeiFromVendor(35145120840121)).toBe('35145120840121');
    expect([imsiFromVendor(true), imsiFromVendor(['234150999999999'])]).toEqual([null, null]);
    expect(imsiFromVendor('234150999999999')).toBe('234150999999999');
    expect(eidFromVendor('89049032123451234512345678901235')).toBe('89049032123451234512345678901235');
    for (const value of [null, undefined, '', 0, 'x', 1e30, {}]) {
      expect([imeiFromVendor(value), imsiFromVendor(value), eidFromVendor(value)]).toEqual([null, null, null]);
    }
  });
});

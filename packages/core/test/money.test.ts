import {
  addDecimals,
  addMoney,
  compareDecimals,
  moneyFromVendor,
  multiplyDecimals,
  parseMoney,
} from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, scale]) => {
    const sign = units < 0n ? '-' : '';
    const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
    return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  });

describe('decimals', () => {
  test('add exactly where floating point does not', () => {
    expect(addDecimals('0.1', '0.2')).toBe('0.3');
    expect(addDecimals('9007199254740993', '0.0000001')).toBe('9007199254740993.0000001');
    expect(addDecimals('1.50', '-1.5')).toBe('0.00');
    expect(addDecimals('-0.005', '0.001')).toBe('-0.004');
  });
  test('multiply exactly, keeping every digit behind the point', () => {
    expect(multiplyDecimals('1.50', '0.2')).toBe('0.300');
    expect(multiplyDecimals('-0.05', '3')).toBe('-0.15');
    expect(multiplyDecimals('9007199254740993', '9007199254740993')).toBe(String(9007199254740993n ** 2n));
    expect(() => multiplyDecimals('1', 'x')).toThrow(/decimal number/);
  });
  test.prop([decimals, decimals, decimals])('have a commutative product that distributes over the sum', (a, b, c) => {
    expect(multiplyDecimals(a, b)).toBe(multiplyDecimals(b, a));
    const whole = multiplyDecimals(a, addDecimals(b, c));
    expect(compareDecimals(whole, addDecimals(multiplyDecimals(a, b), multiplyDecimals(a, c)))).toBe(0);
  });
  test('compare by value', () => {
    expect(compareDecimals('1.0', '1')).toBe(0);
    expect(compareDecimals('-2', '1')).toBe(-1);
    expect(compareDecimals('10', '9.99')).toBe(1);
    expect(['10', '9', '-1', '9.5'].toSorted(compareDecimals)).toEqual(['-1', '9', '9.5', '10']);
  });
  test('refuse what is none', () => {
    for (const text of ['', '.', 'x', '1,5', '1.2.3', 'NaN', 'Infinity', '0x10', '1e', '--1'])
      expect(() => addDecimals(text, '1')).toThrow(/^amount: expected a decimal number/);
    expect([addDecimals('.5', '1.'), addDecimals('5e-1', '1')]).toEqual(['1.5', '1.5']);
  });
  test.prop([decimals, decimals, decimals])('form a commutative, associative sum with an inverse', (a, b, c) => {
    expect(addDecimals(a, b)).toBe(addDecimals(b, a));
    expect(addDecimals(addDecimals(a, b), c)).toBe(addDecimals(a, addDecimals(b, c)));
    expect(compareDecimals(addDecimals(addDecimals(a, b), b.startsWith('-') ? b.slice(1) : `-${b}`), a)).toBe(0);
  });
  test.prop([fc.integer(), fc.integer()])('agree with whole numbers', (a, b) => {
    expect(addDecimals(String(a), String(b))).toBe(String(a + b));
    expect(compareDecimals(String(a), String(b))).toBe(Math.sign(a - b));
  });
});

describe('money', () => {
  test('from input: text only, the digits as given', () => {
    expect(parseMoney('12.30', 'eur')).toEqual({ amount: '12.30', currency: 'EUR' });
    expect(parseMoney(' +007.5 ', 'USD')).toEqual({ amount: '7.5', currency: 'USD' });
    expect(parseMoney('-0.00', 'USD')).toEqual({ amount: '0.00', currency: 'USD' });
    expect(() => parseMoney(12.3, 'EUR')).toThrow(/^money\.amount: /);
    expect(() => parseMoney('12.30', 'Euro', { path: 'cost' })).toThrow(/^cost\.currency: .*ISO 4217/);
  });
  test('from vendors: not told is null, never zero', () => {
    expect(moneyFromVendor(0.1, 'EUR')).toEqual({ amount: '0.1', currency: 'EUR' });
    expect(moneyFromVendor(1e-7, 'EUR')).toEqual({ amount: '0.0000001', currency: 'EUR' });
    expect(moneyFromVendor(1e21, 'EUR')).toEqual({ amount: '1000000000000000000000', currency: 'EUR' });
    expect(moneyFromVendor('0', 'EUR')).toEqual({ amount: '0', currency: 'EUR' });
    for (const [amount, currency] of [
      [null, 'EUR'],
      [undefined, 'EUR'],
      ['', 'EUR'],
      [Number.NaN, 'EUR'],
      [1, null],
      [1, '€'],
      [{}, 'EUR'],
    ])
      expect(moneyFromVendor(amount, currency)).toBeNull();
  });
  test.prop([fc.double({ noNaN: true, noDefaultInfinity: true })])(
    'a number is told as exactly its own text',
    (amount) => {
      expect(Number(moneyFromVendor(amount, 'EUR')!.amount)).toBe(amount === 0 ? 0 : amount);
      expect(moneyFromVendor(amount, 'EUR')!.amount).toMatch(/^-?\d+(\.\d+)?$/);
    },
  );
  test('two currencies have no sum', () => {
    expect(addMoney({ amount: '1.5', currency: 'EUR' }, { amount: '2.25', currency: 'EUR' })).toEqual({
      amount: '3.75',
      currency: 'EUR',
    });
    expect(() => addMoney({ amount: '1', currency: 'EUR' }, { amount: '1', currency: 'USD' })).toThrow(/EUR and USD/);
  });
});

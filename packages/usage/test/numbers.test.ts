import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesText, durationText, groupedDecimal, groupedText, roundedDecimal } from '../src/render/numbers.js';

/** An amount as exact units and the number of its decimals. */
const amounts = fc.tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 18 }));

function decimal(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
}

/** The amount in units of 10^-scale, whatever its sign and decimals. */
function unitsOf(text: string, scale: number): bigint {
  const [whole = '', decimals = ''] = text.split('.');
  return BigInt(`${whole}${decimals.padEnd(scale, '0')}`);
}

describe('an amount in a report', () => {
  it('keeps every digit when it is grouped', () => {
    fc.assert(
      fc.property(amounts, ([units, scale]) => {
        const text = decimal(units, scale);
        const grouped = groupedDecimal(text);
        expect(grouped.replaceAll(',', '')).toBe(text);
        expect(grouped.split('.')[0]).toMatch(/^-?\d{1,3}(,\d{3})*$/);
      }),
    );
  });

  it('is rounded to the nearest, halves away from zero', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 18 }), ([units, scale], digits) => {
        const rounded = roundedDecimal(decimal(units, scale), digits);
        const [exact, told] = [unitsOf(decimal(units, scale), 18), unitsOf(rounded, 18)];
        const half = 10n ** BigInt(18 - digits) / 2n;
        const off = told - exact;
        expect(off <= half && off >= -half).toBe(true);
        if (scale > digits && off === (exact < 0n ? half : -half) && half > 0n) expect.fail('rounded towards zero');
        expect((rounded.split('.')[1] ?? '').length).toBe(Math.min(scale, digits));
        expect(rounded).not.toMatch(/^-0*\.?0*$/);
      }),
    );
  });

  it.each([
    ['-0.004', 2, '0.00'],
    ['-0.005', 2, '-0.01'],
    ['2.5', 0, '3'],
    ['-1234.5678', 3, '-1234.568'],
    ['7', 2, '7'],
  ])('%s to %i decimals is %s', (amount, digits, text) => {
    expect(roundedDecimal(amount, digits)).toBe(text);
  });
});

describe('a figure for people', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min 00 s'],
    [3599, '59 min 59 s'],
    [3600, '1 h 00 min'],
    ['4444444', '1,234 h 34 min'],
  ])('%s seconds are %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [999.4e3, '999 kB'],
    [999.5e3, '1.00 MB'],
    [1_234_567, '1.23 MB'],
    ['123456789012345678901234', '123457 EB'],
  ])('%s bytes are %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it('is grouped beyond what a number holds exactly', () => {
    expect(groupedText('123456789012345678901234')).toBe('123,456,789,012,345,678,901,234');
  });
});

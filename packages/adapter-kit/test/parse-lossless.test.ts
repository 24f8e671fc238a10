import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { isJsonObject, parseLossless } from '../src/index.js';

it.each([
  ['{"Source": 8944479999999999999}', { Source: '8944479999999999999' }],
  [
    '[9007199254740991, 9007199254740993, -9223372036854775808]',
    [9007199254740991, '9007199254740993', '-9223372036854775808'],
  ],
  ['{"a\\\\":"b\\"12345678901234567890","c":1.5e3}', { 'a\\': 'b"12345678901234567890', c: 1500 }],
  ['12345678901234567890', '12345678901234567890'],
  // Sixteen digits are the fewest that can be unsafe: first of all, at any place, beside escaped signs.
  ['9007199254740993', '9007199254740993'],
  ['[9007199254740993]', ['9007199254740993']],
  ['[              9007199254740993]', ['9007199254740993']],
  ['{"a":"x\\"9007199254740993","b":9007199254740993}', { a: 'x"9007199254740993', b: '9007199254740993' }],
  ['{"a":"x\\\\","b":9007199254740993,"c":"y"}', { a: 'x\\', b: '9007199254740993', c: 'y' }],
  ['{"n":0.1234567890123456789}', { n: 0.1234567890123456789 }],
])('%s', (text, value) => {
  expect(parseLossless(text)).toEqual(value);
});

it('refuses what JSON.parse refuses', () => {
  for (const text of ['{"a":', '"open', '{"a" 1}', '', '12345678901234567890 1', '[9007199254740993,"open'])
    expect(() => parseLossless(text)).toThrow(SyntaxError);
});

it.each([
  [{}, true],
  [{ length: 0 }, true],
  [[], false],
  [null, false],
  [undefined, false],
  ['{}', false],
  [1, false],
])('%j is an object with members: %s', (value, expected) => {
  expect(isJsonObject(value)).toBe(expected);
});

test.prop([fc.jsonValue()])('is JSON.parse where no integer is unsafe', (value) => {
  const text = JSON.stringify(value);
  fc.pre(!/\d{16}/.test(text));
  expect(parseLossless(text)).toEqual(JSON.parse(text));
});

const padding = fc.stringMatching(/^[ \n]{0,3}$/);
test.prop([fc.array(fc.tuple(fc.bigInt(), fc.string(), padding))])('keeps every integer exactly', (entries) => {
  const text = `[${entries.map(([n, s, pad]) => `{${pad}${JSON.stringify(s)}:${pad}${n}${pad}}`).join(',')}]`;
  const parsed = parseLossless(text) as readonly Record<string, string | number>[];
  expect(parsed.map((object) => Object.values(object).map(String))).toEqual(
    entries.map(([n]) => [String(n === 0n ? 0 : n)]),
  );
});

test.prop([fc.jsonValue(), fc.double({ min: 0, max: 1, noNaN: true })])(
  'ends where a text was cut off',
  (value, part) => {
    const text = JSON.stringify(value);
    const cut = text.slice(0, Math.floor(text.length * part));
    const refused = (parse: (text: string) => unknown) => {
      try {
        parse(cut);
        return false;
      } catch {
        return true;
      }
    };
    expect(refused(parseLossless)).toBe(refused(JSON.parse));
  },
);

import { expect, it } from 'vitest';
import { headersView } from '../src/http/headers.js';
import { wholeNumber } from '../src/index.js';

it('headers are found in any case; repeated ones are joined, what is no text is not there', () => {
  const headers = headersView({ 'X-Left': '3', 'set-cookie': ['a', 'b'], 'x-odd': { toString: () => 'x' } });
  expect(headers.get('x-left')).toBe('3');
  expect(headers.get('Set-Cookie')).toBe('a, b');
  expect(headers.get('x-odd')).toBeNull();
  expect(headers.get('x-missing')).toBeNull();
});

it.each([
  ['300', 300],
  [' 0 ', 0],
  ['', null],
  ['12.5', null],
  ['-1', null],
  ['1e3', null],
  ['9'.repeat(16), null],
  [null, null],
])('a count of %j is %j', (text, expected) => {
  expect(wholeNumber(text)).toBe(expected);
});

import { describe, expect, it } from 'vitest';
import { vendorInstant } from '../src/mapping/instant.js';
import { cursorOf, idOf } from '../src/mapping/links.js';

describe('parts', () => {
  it.each([
    ['https://api.1global.com/enterprise/accounts?cursor=1&limit=10', '1'],
    ['https://staging.example/x?limit=50&cursor=dWl0ZW0%3D%3D&from-date=2026-10-01', 'dWl0ZW0=='],
    ['/accounts?cursor=a%252Bb', 'a%2Bb'],
    ['/accounts?cursor=a%2Bb', 'a+b'],
    ['https://api.1global.com/accounts?cursor=', null],
    ['https://[nonsense', null],
    ['/accounts?limit=10', null],
    [undefined, null],
  ])('the cursor of %s', (href, cursor) => {
    expect(cursorOf(href)).toBe(cursor);
  });

  it('ids at the end of links', () => {
    expect(idOf({ href: 'https://x/enterprise/accounts/acc_1' })).toBe('acc_1');
    expect(idOf({ href: '/accounts/acc_1/?a=b' })).toBe('acc_1');
    expect([idOf({}), idOf(null), idOf({ href: null })]).toEqual([null, null, null]);
  });

  it.each([
    ['2023-01-01T00:00:00:000Z', '2023-01-01T00:00:00.000Z'],
    ['2019-08-24T14:15:22Z', '2019-08-24T14:15:22.000Z'],
    ['2024-12-09T15:07:03.159907Z', '2024-12-09T15:07:03.159Z'],
    ['nonsense', null],
    [null, null],
  ])('the time %s', (text, instant) => {
    expect(vendorInstant(text)).toBe(instant);
  });
});

import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { RecentKeys } from '../src/paging/recent-keys.js';

const keys = fc.oneof(
  fc.nat({ max: 30 }).map(String),
  fc.string({ maxLength: 2 }),
  fc.bigInt({ min: 10n ** 18n, max: 10n ** 18n + 20n }).map(String),
);

test.prop([fc.array(keys, { maxLength: 100 })])('finds what came before, in whatever order', (list) => {
  const recent = new RecentKeys(100);
  const seen = new Set<string>();
  for (const key of list) {
    expect(recent.add(key)).toBe(!seen.has(key));
    seen.add(key);
  }
});

test.prop([fc.array(keys, { maxLength: 100 }), fc.integer({ min: 1, max: 10 })])(
  'never takes a new key for an old one, and knows the last ones',
  (list, capacity) => {
    const recent = new RecentKeys(capacity);
    const fresh: string[] = [];
    for (const key of list) {
      const isNew = recent.add(key);
      if (!fresh.includes(key)) expect(isNew).toBe(true);
      if (fresh.slice(-capacity).includes(key)) expect(isNew).toBe(false);
      if (isNew) fresh.push(key);
    }
  },
);

it('keeps at most two generations', () => {
  const recent = new RecentKeys(10);
  for (let number = 0; number < 30; number++) recent.add(String(number));
  expect(recent.add('29')).toBe(false);
  expect(recent.add('0')).toBe(true);
});

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { randomFrom } from '../src/framework/random.js';
import {
  ACCOUNT_ID,
  createIds,
  MESSAGE_ID,
  ORDER_ID,
  PRODUCT_ID,
  SUBSCRIBER_ID,
  SUBSCRIPTION_ID,
  TEMPLATE_ID,
  USAGE_ITEM_ID,
} from '../src/vendors/subscriptions/ids.js';
import { indexOfNumber, phoneNumbersOf } from '../src/vendors/subscriptions/phone-numbers.js';
import { createFleet } from '../src/world/fleet.js';

const ids = createIds({ random: (...keys) => randomFrom(1, 'subscriptions', ...keys) });
const fleet = createFleet('subscriptions', 100, 1);
const kinds = [
  ACCOUNT_ID,
  MESSAGE_ID,
  ORDER_ID,
  PRODUCT_ID,
  SUBSCRIBER_ID,
  SUBSCRIPTION_ID,
  TEMPLATE_ID,
  USAGE_ITEM_ID,
];
const kind = fc.constantFrom(...kinds);
const index = fc.nat(1_000_000);

test.prop([kind, index, fc.nat(100_000), fc.nat(100_000)])('an id is read back as its numbers', (made, ...numbers) => {
  const own = numbers.slice(0, made.widths.length);
  const id = ids.make(made, ...own);
  expect(id).toMatch(new RegExp(`^${made.prefix}_[0-9A-Z]{18,26}$`));
  expect(ids.read(made, id)).toEqual(own);
});

test.prop([kind, kind, index])('an id of one kind is none of another', (made, other, number) => {
  fc.pre(made !== other);
  expect(ids.read(other, ids.make(made, number))).toBeUndefined();
});

test.prop([kind, fc.string()])('any other text is no id', (made, text) => {
  expect(ids.read(made, text)).toBeUndefined();
  expect(ids.read(made, `${made.prefix}_${text}`)).toBeUndefined();
});

test.prop([index])('every number leads back to its subscription, and no two have the same', (number) => {
  const numbers = phoneNumbersOf(fleet, number);
  for (const { msisdn } of numbers) {
    expect(indexOfNumber(fleet, msisdn)).toBe(number);
    expect(indexOfNumber(fleet, `+${msisdn}`)).toBe(number);
  }
  expect(new Set(numbers.map(({ msisdn }) => msisdn)).size).toBe(numbers.length);
});

test.prop([fc.string()])('text that is no number leads nowhere', (text) => {
  fc.pre(!/^\+?\d+$/.test(text));
  expect(indexOfNumber(fleet, text)).toBeUndefined();
});

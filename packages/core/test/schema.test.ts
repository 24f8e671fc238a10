import { ConnectivityError, type OrderRequest } from '@carrierkit/core';
import {
  eidSchema,
  iccidSchema,
  imeiSchema,
  imsiSchema,
  inputErrorFrom,
  instantSchema,
  moneySchema,
  msisdnSchema,
  orderRequestSchema,
  parsed,
  parseWith,
  settableStateSchema,
  simFilterSchema,
  simTargetSchema,
  timeWindowSchema,
} from '@carrierkit/core/schema';
import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { iccids } from './arbitraries.js';

const caught = (work: () => unknown): ConnectivityError => {
  try {
    work();
  } catch (error) {
    if (ConnectivityError.is(error)) return error as ConnectivityError;
  }
  throw new Error('no ConnectivityError was thrown');
};

describe('schemas', () => {
  test.prop([iccids])('read what the parse functions read', (iccid) => {
    expect(parseWith(iccidSchema, ` ${iccid}F`)).toBe(iccid);
    expect(parseWith(simTargetSchema, iccid)).toEqual({ iccid });
    expect(parseWith(simTargetSchema, { iccid, provider: 'iot', state: 'dropped' })).toEqual({
      iccid,
      provider: 'iot',
    });
  });
  test('have brands of core for types', () => {
    const order: OrderRequest = parseWith(orderRequestSchema, {
      type: 'suspend',
      account: 'acc_1',
      sim: '8944500102198304826',
    });
    expect(order).toEqual({ type: 'suspend', account: 'acc_1', sim: { iccid: '8944500102198304826' } });
    expect(parseWith(msisdnSchema, '+447700900123')).toBe('447700900123');
    expect(parseWith(imeiSchema, '49-015420-323751-8')).toBe('490154203237518');
    expect(parseWith(instantSchema, '2026-10-01T02:00:00+02:00')).toBe('2026-10-01T00:00:00.000Z');
    expect(parseWith(moneySchema, { amount: '1.50', currency: 'eur' })).toEqual({ amount: '1.50', currency: 'EUR' });
    expect(parseWith(simFilterSchema, { states: ['active'], tags: ['a'] })).toEqual({
      states: ['active'],
      tags: ['a'],
    });
  });
  test('name the member that is wrong', () => {
    const file = z.object({ orders: z.array(orderRequestSchema) });
    const error = caught(() => parseWith(file, { orders: [{ type: 'resume', account: 'a', sim: '12' }] }, 'file'));
    expect(error.kind).toBe('input');
    expect(error.message).toBe('file.orders[0].sim.iccid: expected 18 to 22 digits, got 2');
    expect(caught(() => parseWith(moneySchema, { amount: '1', currency: 'x' }, 'cost')).message).toMatch(
      /^cost\.currency: /,
    );
    expect(caught(() => parseWith(moneySchema, 5)).message).toMatch(/^amount: /);
    expect(caught(() => parseWith(simFilterSchema, { state: 'active' }, 'filter')).message).toMatch(
      /^filter: .*"state"/,
    );
    expect(caught(() => parseWith(settableStateSchema, 'blocked')).message).toMatch(/only the vendor/);
    expect(
      caught(() => parseWith(timeWindowSchema, { from: '2026-10-02T00:00:00Z', to: '2026-10-01T00:00:00Z' })).message,
    ).toMatch(/^to: expected a moment after `from`$/);
  });
  test('take a window that has a length', () => {
    const window = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' };
    expect(parseWith(timeWindowSchema, window)).toEqual(window);
    expect(caught(() => parseWith(timeWindowSchema, { ...window, to: window.from })).message).toMatch(/^to: /);
  });
  test.each([
    ['iccid', iccidSchema],
    ['msisdn', msisdnSchema],
    ['imsi', imsiSchema],
    ['imei', imeiSchema],
    ['eid', eidSchema],
    ['instant', instantSchema],
  ])('of an %s tell its path once, and none where none was given', (_, schema) => {
    expect(caught(() => parseWith(schema, 'x', 'one.member')).message).toMatch(/^one\.member: expected /);
    expect(caught(() => parseWith(schema, null)).message).toMatch(/^expected /);
    const { error } = schema.safeParse('x');
    expect(inputErrorFrom(error as z.ZodError)).toMatchObject({ details: { issues: [{ path: '' }] } });
  });
  test('want an ICCID of a SIM, whatever else is given', () => {
    for (const sim of [null, 5n, {}]) expect(caught(() => parseWith(simTargetSchema, sim)).message).toMatch(/^iccid: /);
  });
  test('tell all findings at once', () => {
    const error = caught(() => parseWith(z.object({ a: iccidSchema, b: msisdnSchema }), { a: '1', b: '2' }));
    expect(ConnectivityError.is(error, 'input') && error.details.issues.map((issue) => issue.path)).toEqual(['a', 'b']);
  });
  test('an ICCID that became a number stays a damaged identifier, with its candidates', () => {
    const error = caught(() =>
      parseWith(orderRequestSchema, { type: 'resume', account: 'a', sim: { iccid: 8.944500102198305e18 } }),
    );
    expect(ConnectivityError.is(error, 'damaged-identifier') && error.details.candidates.length).toBeGreaterThan(0);
    expect(error.message).toMatch(/^sim\.iccid: /);
  });
  test('two of them are two findings', () => {
    const pair = z.tuple([iccidSchema, iccidSchema]);
    const error = caught(() => parseWith(pair, ['8.94E+18', '8.95E+18'], 'sims'));
    expect(error.message).toMatch(/^sims\[0\]: .*; sims\[1\]: /);
    expect(error.kind).toBe('input');
  });
  test('a mistake in a parse function is not taken for wrong input', () => {
    const mistaken = parsed((): never => {
      throw new RangeError('bug');
    });
    expect(() => parseWith(mistaken, 1)).toThrow(RangeError);
    expect(() =>
      parseWith(
        z.unknown().transform(() => {
          throw new RangeError('bug');
        }),
        1,
      ),
    ).toThrow(RangeError);
  });
});

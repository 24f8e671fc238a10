import { parseIccid, parseInstant, usageCellId, withCheckDigit } from '@carrierkit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataRecords, satelliteRecords, smsRecords, type UsageCell } from '../src/mapping/usage.js';

const cell: UsageCell = {
  provider: 'iot',
  iccid: parseIccid(withCheckDigit('8988303000000000042')),
  simRef: '42',
  grain: 'day',
  startedAt: parseInstant('2026-10-01T00:00:00Z'),
  endedAt: parseInstant('2026-10-02T00:00:00Z'),
  finality: 'settled',
};
const reading = { megabyte: 1_000_000, smsDirection: 'terminated' } as const;

describe('data', () => {
  it('is told in whole bytes: tx up, rx down', () => {
    const [record] = dataRecords(cell, { volume: 12.345678, volume_tx: 2.345678, volume_rx: 10 }, reading);
    expect(record).toMatchObject({
      kind: 'data',
      direction: null,
      bytes: { total: 12_345_678, up: 2_345_678, down: 10_000_000 },
    });
  });

  it('survives six decimals of any size exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (bytes) => {
        const [record] = dataRecords(cell, { volume: bytes / 1_000_000 }, reading);
        expect(record?.bytes?.total).toBe(bytes);
        const [text] = dataRecords(cell, { volume: (bytes / 1_000_000).toFixed(6) }, reading);
        expect(text?.bytes?.total).toBe(bytes);
      }),
    );
  });

  it('follows the size of an MB that the settings say', () => {
    const [record] = dataRecords(cell, { volume: '1.5' }, { ...reading, megabyte: 1_048_576 });
    expect(record?.bytes).toEqual({ total: 1_572_864, up: null, down: null });
  });

  it('is the sum of its directions where no total is told, and nothing where nothing is', () => {
    expect(dataRecords(cell, { volume_tx: 1, volume_rx: 2 }, reading)[0]?.bytes?.total).toBe(3_000_000);
    expect(dataRecords(cell, { volume_tx: 1 }, reading)).toEqual([]);
    expect(dataRecords(cell, { volume_rx: 1 }, reading)).toEqual([]);
    expect(dataRecords(cell, { volume: 'much' }, reading)).toEqual([]);
  });

  it.each([null, undefined, '', -1])('%j is no figure, and no zero', (volume) => {
    expect(dataRecords(cell, { volume, volume_tx: volume, volume_rx: volume }, reading)).toEqual([]);
    const [told] = dataRecords(cell, { volume: 1, volume_tx: volume, volume_rx: 0 }, reading);
    expect(told?.bytes).toEqual({ total: 1_000_000, up: null, down: 0 });
  });

  it('has a cost only where amount and currency are told, in exact decimal text', () => {
    const cost = (more: object) => dataRecords(cell, { volume: 1, ...more }, reading)[0]?.cost;
    expect(cost({ cost: 0.1, currency: { code: 'EUR' } })).toEqual({ amount: '0.1', currency: 'EUR' });
    expect(cost({ cost: '1.230000', currency: { code: 'EUR' } })).toEqual({ amount: '1.230000', currency: 'EUR' });
    expect(cost({ cost: 0, currency: { code: 'EUR' } })).toEqual({ amount: '0', currency: 'EUR' });
    expect(cost({ cost: 1 })).toBeNull();
    expect(cost({})).toBeNull();
  });
});

describe('SMS', () => {
  const counter = { volume: 5, volume_rx: 2, volume_tx: 3 };
  const counts = (smsDirection: 'terminated' | 'originated') =>
    smsRecords(cell, counter, { ...reading, smsDirection }).map(({ direction, messages }) => [direction, messages]);

  it('are told by direction, which the settings may turn round', () => {
    expect(counts('terminated')).toEqual([
      ['outbound', 3],
      ['inbound', 2],
    ]);
    expect(counts('originated')).toEqual([
      ['outbound', 2],
      ['inbound', 3],
    ]);
  });

  it('keep a cost for both directions apart from either', () => {
    const records = smsRecords(cell, { ...counter, cost: 0.3, currency: { code: 'EUR' } }, reading);
    expect(records.map(({ direction, messages, cost }) => [direction, messages, cost?.amount ?? null])).toEqual([
      ['outbound', 3, null],
      ['inbound', 2, null],
      [null, null, '0.3'],
    ]);
  });

  it('have no direction where the vendor tells none', () => {
    const [record, ...others] = smsRecords(cell, { volume: 5, cost: 1, currency: { code: 'EUR' } }, reading);
    expect(record).toMatchObject({ direction: null, messages: 5, cost: { amount: '1' } });
    expect(others).toEqual([]);
  });

  it('of one direction alone are those told for both, and none where nothing is told', () => {
    for (const one of [{ volume_tx: 3 }, { volume_rx: 2 }]) {
      const counts = smsRecords(cell, { volume: 5, ...one }, reading).map(({ direction, messages }) => [
        direction,
        messages,
      ]);
      expect(counts).toEqual([[null, 5]]);
      expect(smsRecords(cell, one, reading)).toEqual([]);
    }
  });
});

it('satellite figures stand beside the others', () => {
  const day = { sat_geo_data: { volume: 1 }, sat_geo_sms: { volume_rx: 1, volume_tx: 0 } };
  const records = satelliteRecords(cell, day, reading);
  expect(records.map(({ kind, technology }) => [kind, technology])).toEqual([
    ['data', 'satellite'],
    ['sms', 'satellite'],
    ['sms', 'satellite'],
  ]);
  expect(satelliteRecords(cell, { sat_geo_data: null }, reading)).toEqual([]);
});

it('what a vendor does not say about the tariff is not known', () => {
  const [record] = dataRecords(cell, { volume: 1, cost: 0, currency: { code: 'EUR' } }, reading);
  expect(record).toMatchObject({ costType: 'unknown', charged: null, country: null, operator: null, roaming: null });
});

it('an id names its cell, and the part of it only where others share the cell', () => {
  const counter = { volume: 5, volume_rx: 2, volume_tx: 3, cost: 1, currency: { code: 'EUR' } };
  const { provider, iccid, simRef, grain, startedAt } = cell;
  const names = { provider, iccid, simRef, grain, startedAt, country: null, operator: null };
  expect(dataRecords(cell, counter, reading)[0]?.id).toBe(usageCellId({ ...names, kind: 'data', direction: null }));
  const parts = smsRecords(cell, counter, reading, 'satellite').map(({ id }) => id);
  expect(parts[0]).toBe(usageCellId({ ...names, kind: 'sms', direction: 'outbound', part: 'satellite' }));
  expect(parts[2]).toBe(usageCellId({ ...names, kind: 'sms', direction: null, part: 'satellite cost' }));
});

it('every record has an id of its own, without a measured value', () => {
  const priced = { volume: 5, volume_rx: 2, volume_tx: 3, cost: 1, currency: { code: 'EUR' } };
  const all = (counter: object) => [
    ...dataRecords(cell, counter, reading),
    ...smsRecords(cell, counter, reading),
    ...satelliteRecords(cell, { sat_geo_data: counter, sat_geo_sms: counter }, reading),
  ];
  const ids = all(priced).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(all({ ...priced, volume: 6, volume_rx: 3, cost: 9 }).map(({ id }) => id)).toEqual(ids);
});

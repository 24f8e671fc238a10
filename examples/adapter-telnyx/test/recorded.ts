import type { AdapterContext, Provider } from '@carrierkit/core';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type TelnyxClient, type TelnyxSettings, telnyx } from '../src/index.js';

export const origin = 'https://api.telnyx.com';
export const startedAt = Date.parse('2026-11-15T12:00:00.000Z');

/** Answers in the shapes of the vendor's description; figures and names are ours. */
export function recorded(): void {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    const left = nock.pendingMocks();
    nock.cleanAll();
    expect(left).toEqual([]);
  });
  afterAll(() => nock.enableNetConnect());
}

export function provider(
  settings: Partial<TelnyxSettings> = {},
  context: Partial<AdapterContext> = {},
): Provider<TelnyxClient> {
  let time = startedAt;
  const sleep = (ms: number) => {
    time += ms;
    return Promise.resolve();
  };
  return telnyx({ apiKey: 'KEY_test', ...settings })({
    id: 'us',
    clock: () => time,
    sleep,
    random: () => 0.5,
    ...context,
  });
}

export const id = (number: number) => `6a09cdc3-8948-47f0-aa62-${String(number).padStart(12, '0')}`;

export function card(number: number, more: object = {}) {
  return {
    id: id(number),
    record_type: 'sim_card',
    status: { value: 'enabled', reason: 'ready' },
    type: 'physical',
    iccid: `8931041010654370001${number === 1 ? '7' : number}`,
    imsi: `31017000000000${number}`,
    msisdn: `+1310997000${number}`,
    sim_card_group_id: id(900),
    tags: ['meters'],
    actions_in_progress: false,
    ...more,
  };
}

export const listed = (cards: readonly object[], pages = 1) => ({
  data: cards,
  meta: { total_pages: pages, total_results: cards.length, page_number: 1, page_size: 250 },
});

export const action = (value: string, reason = '') => ({
  data: {
    id: id(700),
    record_type: 'sim_card_action',
    sim_card_id: id(1),
    action_type: 'disable',
    status: { value, reason },
    created_at: '2026-11-15T12:00:00.000Z',
  },
});

export const session = (number: number) => ({
  id: id(500 + number),
  record_type: 'sim_card_usage',
  created_at: '2026-11-10T08:00:00Z',
  closed_at: '2026-11-10T09:00:00Z',
  sim_card_id: id(1),
  phone_number: '+13109970001',
  uplink_data: 0.5,
  downlink_data: 0.124,
  data_unit: 'MB',
  data_cost: 0.0125,
  currency: 'USD',
  mcc: '310',
  mnc: '410',
});

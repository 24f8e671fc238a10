import { describeProvider } from '@carrierkit/conformance';
import { type Iccid, parseIccid, withCheckDigit } from '@carrierkit/core';
import { afterAll } from 'vitest';
import { type VendorNameSettings, vendorName } from '../src/index.js';
import { apiKey, VendorServer } from './vendor/vendor-server.js';

const vendor = await VendorServer.start();
afterAll(() => vendor.close());

let time = Date.parse('2026-01-15T12:00:00Z');
/** Nothing waits in real time: the provider lives by this clock, and sleeping moves it on. */
const advance = (ms: number): Promise<void> => {
  time += ms;
  return Promise.resolve();
};

const provider = (settings: Partial<VendorNameSettings> = {}) =>
  vendorName({ apiKey, baseUrl: vendor.baseUrl, ...settings })({
    id: 'test',
    clock: () => time,
    sleep: advance,
    random: () => 0.5,
  });

const inStatus = (status: string) =>
  vendor.sims.filter((sim) => sim.status === status).map(({ iccid }) => iccid as Iccid);

// REPLACE: what is known about the played fleet. Each ability that you declare needs its facts here; the suite names the ones that are missing.
describeProvider('vendor-name', async () => {
  vendor.reset();
  const active = inStatus('enabled');
  return {
    provider: provider(),
    wrongCredentials: provider({ apiKey: 'wrong' }),
    advance,
    fleet: {
      sims: {
        active,
        inventory: inStatus('in_stock'),
        suspended: inStatus('paused'),
        retired: inStatus('closed'),
        unknown: inStatus('misplaced'),
      },
      unknownIccid: parseIccid(withCheckDigit('8999900000000999999')),
      movable: { sims: active, to: 'suspended', back: 'active' },
      secrets: async () => [apiKey],
      vendor: {
        effects: async () => vendor.effects,
        calls: async () => vendor.calls,
        lostReply: async () => {
          vendor.fault = { kind: 'lost-reply' };
        },
        failNext: async (_ability, status) => {
          vendor.fault = { kind: 'refused', status };
        },
      },
    },
  };
});

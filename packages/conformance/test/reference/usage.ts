import {
  type Grain,
  type Instant,
  simTargetIccid,
  type TimeWindow,
  timeWindow,
  toInstant,
  type Usage,
  type UsageKind,
  type UsageRecord,
  type UsageSource,
  usageCellId,
} from '@carrierkit/core';
import { pagesOf } from './inventory.js';
import type { Vendor, VendorSim } from './vendor.js';

const DAY_MS = 86_400_000;

const source = (kinds: readonly UsageKind[], grain: Grain): UsageSource => ({
  kinds,
  grain,
  scope: 'account',
  windowDays: 31,
  retentionDays: null,
  settlesAfterHours: 24,
  tells: { direction: true, country: false, cost: false },
  unit: kinds.includes('data') ? { name: 'kilobyte', bytes: 1024, basis: 'documented' } : null,
});
export const SOURCES: readonly UsageSource[] = [source(['data'], 'day'), source(['sms'], 'event')];

/** Two SIMs use 10 KB a day and send one SMS at noon. */
export function usageOf(vendor: Vendor): Usage {
  return {
    records: ({ window, kinds, grain, sims }, options) =>
      pagesOf(
        vendor,
        () => {
          const { from, to } = timeWindow(window.from, window.to);
          const chosen = sims && new Set(sims.map(simTargetIccid));
          return vendor.sims
            .slice(0, 2)
            .filter((sim) => !chosen || chosen.has(sim.iccid))
            .flatMap((sim) => daysOf({ from, to }).flatMap((day) => [dataOf(sim, day), smsOf(sim, day)]))
            .filter((record) => record.startedAt >= from && record.startedAt < to)
            .filter((record) => (!kinds || kinds.includes(record.kind)) && (!grain || record.grain === grain));
        },
        options,
      ),
  };
}

function daysOf({ from, to }: TimeWindow): readonly Instant[] {
  const first = Math.floor(Date.parse(from) / DAY_MS);
  const last = Math.ceil(Date.parse(to) / DAY_MS);
  return Array.from({ length: last - first }, (_, index) => toInstant((first + index) * DAY_MS));
}

function recordOf(sim: VendorSim, kind: UsageKind, grain: Grain, startedAt: Instant): UsageRecord {
  const cell = {
    provider: 'ref',
    iccid: sim.iccid,
    simRef: sim.id,
    kind,
    direction: null,
    grain,
    startedAt,
    country: null,
    operator: null,
  };
  return {
    ...cell,
    id: usageCellId(cell),
    account: null,
    msisdn: null,
    endedAt: null,
    processedAt: null,
    bytes: null,
    seconds: null,
    messages: null,
    charged: null,
    costType: 'unknown',
    cost: null,
    technology: null,
    roaming: null,
    finality: 'settled',
    raw: {},
  };
}

function dataOf(sim: VendorSim, day: Instant): UsageRecord {
  return { ...recordOf(sim, 'data', 'day', day), bytes: { total: 10_240, up: 4096, down: 6144 } };
}

function smsOf(sim: VendorSim, day: Instant): UsageRecord {
  const noon = toInstant(Date.parse(day) + DAY_MS / 2);
  return { ...recordOf(sim, 'sms', 'event', noon), direction: 'outbound', messages: 1 };
}

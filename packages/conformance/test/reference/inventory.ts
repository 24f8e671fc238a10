import {
  type CallOptions,
  ConnectivityError,
  type Iccid,
  type Imsi,
  known,
  type Msisdn,
  matches,
  type PagedList,
  paged,
  type Sim,
  type SimInventory,
  type SimOutcome,
  type SimStateName,
  simTargetIccid,
} from '@carrierkit/core';
import type { Vendor, VendorSim } from './vendor.js';
import { writeSims } from './write-sims.js';

export const WORDS: Readonly<Record<string, SimStateName>> = {
  ISSUED: 'inventory',
  ACTIVE: 'active',
  SUSPENDED: 'suspended',
  RETIRED: 'retired',
};

export function simOf({ iccid, id, word, label, tags, attributes, services, plan, msisdn }: VendorSim): Sim {
  return {
    provider: 'ref',
    iccid,
    ref: id,
    eid: null,
    imsis: [`90144${msisdn.slice(-10)}` as Imsi],
    msisdns: [msisdn as Msisdn],
    imei: null,
    state: known(WORDS, word),
    services: { ...services },
    label: label === '' ? null : label,
    ratePlan: plan,
    account: 'account-1',
    tags: [...tags],
    attributes: { ...attributes },
    firstActivatedAt: null,
    raw: { id, status: word, pin1: '[secret]' },
  };
}

/** Any collection, one vendor call a page; the cursor is the position. */
export function pagesOf<T>(vendor: Vendor, items: () => readonly T[], options: CallOptions = {}): PagedList<T> {
  return paged(async ({ cursor = '0', size = 50, signal }) => {
    const start = Number(cursor);
    const all = await vendor.call(signal, () => [...items()]);
    const next = start + size < all.length ? String(start + size) : null;
    return { items: all.slice(start, start + size), next, total: all.length };
  }, options);
}

export function inventoryOf(vendor: Vendor): SimInventory {
  return {
    list: (filter = {}, options) =>
      pagesOf(vendor, () => vendor.sims.map(simOf).filter((sim) => matches(sim, filter)), options),
    get: (target, options) => vendor.call(options?.signal, () => simOf(vendor.find(simTargetIccid(target)))),
  };
}

/** The optional half. */
export function fullInventoryOf(vendor: Vendor): Required<SimInventory> {
  return {
    ...inventoryOf(vendor),
    update: ({ sims, changes }, options) =>
      writeSims(vendor, 'inventory.update', sims, options, {
        wanted: { changes },
        there: () => false,
        apply: (sim) => Object.assign(sim, changes),
      }),
    secrets: (target, options) =>
      vendor.call(options?.signal, () => {
        const { pin } = vendor.find(simTargetIccid(target));
        return { pin1: pin, pin2: null, puk1: null, puk2: null };
      }),
    batches: {
      validate: ({ code }, options) =>
        vendor.call(options?.signal, () => {
          const batch = vendor.batches.get(code);
          const reason =
            batch === undefined
              ? 'unknown-code'
              : ({ new: null, registered: 'already-registered', foreign: 'foreign-sims' } as const)[batch.state];
          return { provider: 'ref', code, registrable: reason === null, quantity: batch?.size ?? null, reason };
        }),
      register: async ({ code }, options) => {
        const register = (): readonly Iccid[] => {
          const batch = vendor.batches.get(code);
          if (batch?.state !== 'new')
            throw new ConnectivityError('conflict', `the batch ${code} cannot be registered`, { provider: 'ref' });
          batch.state = 'registered';
          vendor.effects += 1;
          const fresh = Array.from({ length: batch.size }, (_, index) => vendor.newSim('ISSUED', 100 + index));
          vendor.sims.push(...fresh);
          return fresh.map((sim) => sim.iccid);
        };
        const iccids = await vendor.call(options?.signal, register, 'inventory.batches');
        return { code, outcomes: iccids.map((iccid): SimOutcome => ({ provider: 'ref', iccid, status: 'applied' })) };
      },
    },
  };
}

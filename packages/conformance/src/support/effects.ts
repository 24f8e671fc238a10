import { expect } from 'vitest';
import { wanted } from '../check.js';
import type { VendorControl } from '../known-fleet.js';
import type { Subject } from '../subject.js';

/** How many effects an action has at the vendor; unproven without a vendor under control. */
export async function effectsOf(subject: Subject, action: () => Promise<unknown>): Promise<number> {
  const vendor = vendorOf(subject);
  const before = await vendor.effects();
  await action();
  return (await vendor.effects()) - before;
}

/** Nothing may be done; without a vendor under control the action still runs, and only its answer counts. */
export async function expectNoEffect<T>({ fleet }: Subject, action: () => Promise<T>): Promise<T> {
  const before = await fleet.vendor?.effects();
  const answer = await action();
  expect(await fleet.vendor?.effects(), 'effects at the vendor').toBe(before);
  return answer;
}

/** No call may reach the vendor, as far as the known fleet can tell. */
export async function expectNoCall<T>(subject: Subject, action: () => Promise<T>): Promise<T> {
  const before = await subject.fleet.vendor?.calls?.();
  const answer = await expectNoEffect(subject, action);
  expect(await subject.fleet.vendor?.calls?.(), 'calls at the vendor').toBe(before);
  return answer;
}

export const vendorOf = ({ fleet }: Subject): VendorControl => wanted(fleet.vendor, 'vendor');

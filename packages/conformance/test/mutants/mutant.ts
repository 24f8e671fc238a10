import type {
  Capabilities,
  Lifecycle,
  Messaging,
  Orders,
  Provider,
  RatePlans,
  SimInventory,
  Usage,
} from '@carrierkit/core';
import type { Subject } from '../../src/index.js';
import type { Variant } from '../reference/subject.js';
import type { Vendor } from '../reference/vendor.js';

/** The reference provider with one defect, and the check that must find it. */
export interface Mutant {
  readonly check: string;
  readonly defect: string;
  readonly variant: Variant;
  readonly mutate: (subject: Subject, vendor: Vendor) => Subject;
}

type Patch<P> = (port: P, vendor: Vendor) => Partial<P>;
type Mutate = Mutant['mutate'];

/** The reference has every port in the variants that are mutated here. */
export type FullProvider = Provider & {
  readonly inventory: Required<SimInventory>;
  readonly lifecycle: Required<Lifecycle>;
  readonly messaging: Required<Messaging>;
  readonly usage: Usage;
};

export const provider =
  (patch: Patch<FullProvider>): Mutate =>
  (subject, vendor) => {
    const whole = subject.provider as FullProvider;
    return { ...subject, provider: { ...whole, ...patch(whole, vendor) } };
  };
export const inventory = (patch: Patch<Required<SimInventory>>): Mutate =>
  provider(({ inventory: port }, vendor) => ({ inventory: { ...port, ...patch(port, vendor) } }));
export const lifecycle = (patch: Patch<Required<Lifecycle>>): Mutate =>
  provider(({ lifecycle: port }, vendor) => ({ lifecycle: { ...port, ...patch(port, vendor) } }));
export const orders = (patch: Patch<Orders>): Mutate =>
  lifecycle(({ orders: port }, vendor) => ({ orders: { ...port, ...patch(port, vendor) } }));
export const ratePlans = (patch: Patch<RatePlans>): Mutate =>
  lifecycle(({ ratePlans: port }, vendor) => ({ ratePlans: { ...port, ...patch(port, vendor) } }));
export const messaging = (patch: Patch<Required<Messaging>>): Mutate =>
  provider(({ messaging: port }, vendor) => ({ messaging: { ...port, ...patch(port, vendor) } }));
export const usage = (patch: Patch<Usage>): Mutate =>
  provider(({ usage: port }, vendor) => ({ usage: { ...port, ...patch(port, vendor) } }));
export const capabilities = (patch: (declared: Capabilities) => Partial<Capabilities>): Mutate =>
  provider(({ capabilities: declared }) => ({ capabilities: { ...declared, ...patch(declared) } }));

/** Builds the list of one group of checks: `of('inventory.get')('an unknown ICCID …', 'what is wrong', mutate)`. */
export const mutantOf =
  (group: string) =>
  (promise: string, defect: string, mutate: Mutate, variant: Variant = 'full'): Mutant => ({
    check: `${group}: ${promise}`,
    defect,
    variant,
    mutate,
  });

/** The same object with one member left out. */
export function without<T extends object, K extends keyof T>(value: T, member: K): Omit<T, K> {
  const rest = { ...value };
  Reflect.deleteProperty(rest, member);
  return rest;
}

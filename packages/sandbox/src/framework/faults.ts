import type { VendorName } from '@carrierkit/vendor-apis';
import type { Random } from './random.js';

export const FAULT_KINDS = [
  'status',
  'delay',
  'drop',
  'malformed',
  'truncate',
  'duplicate-page',
  'foreign-next-link',
  'bad-token',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A misbehaviour to play. Without `adapter` and `operationId` it meets every vendor call. */
export interface FaultRule {
  readonly adapter?: VendorName;
  readonly operationId?: string;
  readonly kind: FaultKind;
  /** `before`: a write is not carried out; `after`: it is, and then its answer goes wrong. */
  readonly when: 'before' | 'after';
  /** Of `status`; default 503. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of `status`: text as it is, anything else as JSON. Default: no body. */
  readonly body?: unknown;
  /** Real time, not the sandbox's clock. With any kind. */
  readonly delayMs?: number;
  /** Calls that match and pass unharmed before the fault begins. */
  readonly skip?: number;
  /** Calls that are met; default: all. */
  readonly times?: number;
  readonly probability?: number;
}

export interface Fault extends FaultRule {
  readonly id: string;
  hits: number;
  spent: boolean;
}

export interface Faults {
  add(rule: FaultRule): Fault;
  list(): readonly Fault[];
  remove(id: string): boolean;
  clear(): void;
  /** The first fault that meets this call; counts the hit. */
  match(adapter: VendorName, operationId: string | null, possible: (fault: Fault) => boolean): Fault | undefined;
  /** Whether a fault of this kind is waiting for such calls. */
  awaits(kind: FaultKind, adapter: VendorName, operationId: string | null): boolean;
}

export function createFaults(random: Random): Faults {
  const faults = new Map<string, Fault & { passed: number }>();
  let serial = 0;
  const concerns = (fault: Fault, adapter: VendorName, operationId: string | null): boolean =>
    !fault.spent &&
    (fault.adapter === undefined || fault.adapter === adapter) &&
    (fault.operationId === undefined || fault.operationId === operationId);
  return {
    add: (rule) => {
      serial += 1;
      const fault = { ...rule, id: `fault-${serial}`, hits: 0, spent: rule.times === 0, passed: 0 };
      faults.set(fault.id, fault);
      return fault;
    },
    list: () => [...faults.values()].map(({ passed: _passed, ...fault }) => fault),
    remove: (id) => faults.delete(id),
    clear: () => faults.clear(),
    match: (adapter, operationId, possible) => {
      for (const fault of faults.values()) {
        if (!concerns(fault, adapter, operationId)) continue;
        if (fault.passed < (fault.skip ?? 0)) {
          fault.passed += 1;
          continue;
        }
        if (!possible(fault) || (fault.probability !== undefined && !random.chance(fault.probability))) continue;
        fault.hits += 1;
        fault.spent = fault.times !== undefined && fault.hits >= fault.times;
        return fault;
      }
      return undefined;
    },
    awaits: (kind, adapter, operationId) =>
      [...faults.values()].some((fault) => fault.kind === kind && concerns(fault, adapter, operationId)),
  };
}

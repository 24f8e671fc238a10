/**
 * The life of a SIM in one vocabulary for all vendors; `unknown` stands beside it in `Known`.
 *
 * - `provisioning`: the vendor is still preparing it
 * - `inventory`: delivered, not usable yet
 * - `test`: usable within a small test allowance
 * - `ready`: becomes active by itself at its first use
 * - `active`: in service
 * - `suspended`: out of service at the customer's wish, can come back
 * - `blocked`: out of service at the vendor's wish
 * - `retired`: ended, does not come back
 */
export type SimStateName =
  | 'provisioning'
  | 'inventory'
  | 'test'
  | 'ready'
  | 'active'
  | 'suspended'
  | 'blocked'
  | 'retired';
/** What a caller may ask for: `provisioning` and `blocked` are the vendor's to set. */
export type SettableState = Exclude<SimStateName, 'provisioning' | 'blocked'>;
/** The services of a SIM that vendors switch; MO is what the device sends (mobile originated), MT what it receives. */
export type ServiceName = 'data' | 'smsMo' | 'smsMt' | 'voiceMo' | 'voiceMt';
/** `unknown` = the vendor does not tell. */
export type ServiceState = 'enabled' | 'disabled' | 'unknown';

/** What a state means to the owner of the SIM. */
export interface StateFacts {
  /** Can the device get service now (as far as the state decides it)? */
  readonly usable: boolean;
  /** May the vendor charge for the SIM's mere existence in this state? Contracts differ; `true` is the careful reading (inferred). */
  readonly billable: boolean;
}

/** The facts of each state. `unknown` has none: ask the vendor's own word in `raw`. */
export const stateFacts: Readonly<Record<SimStateName, StateFacts>> = {
  provisioning: { usable: false, billable: false },
  inventory: { usable: false, billable: false },
  test: { usable: true, billable: false },
  ready: { usable: true, billable: false },
  active: { usable: true, billable: true },
  suspended: { usable: false, billable: true },
  blocked: { usable: false, billable: true },
  retired: { usable: false, billable: false },
};

/** Every state, in the order of a SIM's life. */
export const simStates: readonly SimStateName[] = [
  'provisioning',
  'inventory',
  'test',
  'ready',
  'active',
  'suspended',
  'blocked',
  'retired',
];

/** Every service. */
export const serviceNames: readonly ServiceName[] = ['data', 'smsMo', 'smsMt', 'voiceMo', 'voiceMt'];

/** For vendors that tell nothing about services; to be spread under what they do tell. */
export const unknownServices: Readonly<Record<ServiceName, ServiceState>> = {
  data: 'unknown',
  smsMo: 'unknown',
  smsMt: 'unknown',
  voiceMo: 'unknown',
  voiceMt: 'unknown',
};

/** Is this a state that a caller may ask for? */
export function isSettableState(value: unknown): value is SettableState {
  return (
    typeof value === 'string' && value !== 'provisioning' && value !== 'blocked' && Object.hasOwn(stateFacts, value)
  );
}

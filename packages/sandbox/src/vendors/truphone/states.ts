/** Lifecycle states, spelled as SIM lists, notifications and change_status samples spell them. */
export type SimState =
  | 'PRE_TEST'
  | 'PROVISIONED'
  | 'TEST'
  | 'PRE_ACTIVE'
  | 'ACTIVE'
  | 'SUSPENDED'
  | 'BLOCKED'
  | 'RETIRED'
  | 'REMOVED';

/** The initial fleet: each twentieth SIM is in the same state, save that the last but one alternates. */
const INITIAL: readonly SimState[] = [
  'ACTIVE',
  'ACTIVE',
  'SUSPENDED',
  'PROVISIONED',
  'ACTIVE',
  'PRE_ACTIVE',
  'ACTIVE',
  'TEST',
  'ACTIVE',
  'RETIRED',
  'ACTIVE',
  'ACTIVE',
  'BLOCKED',
  'ACTIVE',
  'SUSPENDED',
  'PROVISIONED',
  'ACTIVE',
  'ACTIVE',
  'PRE_TEST',
  'ACTIVE',
];

export function initialState(index: number): SimState {
  const state = INITIAL[index % INITIAL.length] ?? 'ACTIVE';
  return state === 'PRE_TEST' && Math.floor(index / INITIAL.length) % 2 === 1 ? 'REMOVED' : state;
}

/** Spelling of the status answers. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  PRE_TEST: 'PRE-TEST',
  PROVISIONED: 'PROVISION',
  PRE_ACTIVE: 'PRE-ACTIVE',
};

export function statusWord(state: string): string {
  return STATUS_WORDS[state] ?? state;
}

/** Any spelling of a state as the one used here; an unknown word comes back as it is. */
export function stateOf(word: string): string {
  const spelled = word.trim().toUpperCase().replaceAll('-', '_');
  if (spelled === 'PROVISION') return 'PROVISIONED';
  return STATES.has(spelled) ? spelled : word;
}

const STATES: ReadonlySet<string> = new Set([...INITIAL, 'REMOVED']);

/** Moves a customer may ask for: inferred, the vendor publishes none. */
const TRANSITIONS: Readonly<Record<string, readonly SimState[]>> = {
  PROVISIONED: ['TEST', 'PRE_ACTIVE', 'ACTIVE', 'RETIRED'],
  TEST: ['ACTIVE', 'SUSPENDED', 'RETIRED'],
  PRE_ACTIVE: ['ACTIVE', 'SUSPENDED', 'RETIRED'],
  ACTIVE: ['SUSPENDED', 'RETIRED'],
  SUSPENDED: ['ACTIVE', 'RETIRED'],
};

export function mayMove(from: string, to: string): boolean {
  return TRANSITIONS[from]?.some((state) => state === to) ?? false;
}

/** Words that the `state` of a notification can take (the description's enumeration). */
const NOTIFIED: ReadonlySet<string> = new Set([
  'PRE_TEST',
  'PROVISIONED',
  'PRE_ACTIVE',
  'TEST',
  'ACTIVE',
  'SUSPENDED',
  'BLOCKED',
  'RETIRED',
]);

export function notifiedState(state: string): string {
  return NOTIFIED.has(state) ? state : 'SET';
}

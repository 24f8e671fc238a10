/** Status of a SIM as the API writes it. */
export interface SimStatus {
  readonly id: number;
  readonly description: string;
}

export const ISSUED = 0;
export const ACTIVATED = 1;
export const SUSPENDED = 2;
export const DELETED = 3;
export const FACTORY_TEST = 4;

export const SIM_STATUSES: readonly SimStatus[] = [
  { id: ISSUED, description: 'Issued' },
  { id: ACTIVATED, description: 'Activated' },
  { id: SUSPENDED, description: 'Suspended' },
  { id: DELETED, description: 'Deleted' },
  { id: FACTORY_TEST, description: 'Factory Test' },
];

const MOVES: ReadonlyMap<number, readonly number[]> = new Map([
  [ISSUED, [ACTIVATED, FACTORY_TEST]],
  [ACTIVATED, [SUSPENDED]],
  [SUSPENDED, [ACTIVATED]],
  [FACTORY_TEST, [ACTIVATED]],
]);

export function mayMove(from: number, to: number): boolean {
  return MOVES.get(from)?.includes(to) === true;
}

/** A status by its id or name. A word that the vendor does not have gets an id of its own. */
export function statusOf(word: string): SimStatus {
  const known = SIM_STATUSES.find(({ id, description }) => String(id) === word || sameWord(description, word));
  return known ?? { id: /^\d{1,6}$/.test(word) ? Number(word) : UNKNOWN_ID, description: word };
}

const UNKNOWN_ID = 99;

function sameWord(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

import type { SimStateName } from '../model/state.js';

/** One move between two states. */
export interface Transition {
  readonly from: SimStateName;
  readonly to: SimStateName;
  /** Does the vendor say so, or do we conclude it? */
  readonly basis: 'documented' | 'inferred';
  /** Who makes the move: `customer` = it can be asked for. */
  readonly by: 'customer' | 'network';
  /** Can the SIM come back to `from`? */
  readonly reversible: boolean;
  /** Shown before the move, for example "billed for the whole month". */
  readonly billing: string | null;
}
/** `closed`: the vendor says that nothing else is allowed, so other moves are refused here. Open tables let the vendor decide. */
export interface TransitionTable {
  readonly closed: boolean;
  readonly rules: readonly Transition[];
}

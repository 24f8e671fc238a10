import type { SimStateName } from '../model/state.js';

export interface Transition {
  readonly from: SimStateName;
  readonly to: SimStateName;
  readonly basis: 'documented' | 'inferred';
  readonly by: 'customer' | 'network';
  readonly reversible: boolean;
  /** Shown before the move, for example "billed for the whole month". */
  readonly billing: string | null;
}
/** `closed`: the vendor says that nothing else is allowed, so other moves are refused here. Open tables let the vendor decide. */
export interface TransitionTable {
  readonly closed: boolean;
  readonly rules: readonly Transition[];
}

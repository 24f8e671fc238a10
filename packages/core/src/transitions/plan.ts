import { ConnectivityError } from '../errors/connectivity-error.js';
import type { ErrorContext } from '../errors/make-error.js';
import type { SimStateName } from '../model/state.js';
import type { Transition, TransitionTable } from './table.js';

/** How a SIM gets from one state to another at one vendor. */
export interface TransitionPlan {
  readonly from: SimStateName | 'unknown';
  readonly to: SimStateName;
  /** Is the direct move allowed? `null`: the table is open and has no rule for it, the vendor decides. A SIM already there needs no move: `true`. */
  readonly legal: boolean | null;
  /** The fewest moves a customer can make, both ends included; `null` when the table has no way. */
  readonly path: readonly SimStateName[] | null;
  /** The rules along the path, with billing and reversibility. */
  readonly steps: readonly Transition[];
}

/**
 * Looks a move up in a vendor's transition table: is it allowed, and if not, is there a detour? Only moves of the customer count; what the network does cannot be asked for.
 * A move is one step for `lifecycle.change`: detours are shown, never taken.
 */
export function plan(table: TransitionTable, from: SimStateName | 'unknown', to: SimStateName): TransitionPlan {
  if (from === to) return { from, to, legal: true, path: [to], steps: [] };
  const steps = from === 'unknown' ? null : shortest(table, from, to);
  const direct = steps?.length === 1;
  const undecided = !table.closed || from === 'unknown';
  return {
    from,
    to,
    legal: direct || (undecided ? null : false),
    path: steps && [steps[0]!.from, ...steps.map((step) => step.to)],
    steps: steps ?? [],
  };
}

/** Where a customer can move a SIM from this state in one step, in the order of the table. */
export function legalNextStates(table: TransitionTable, from: SimStateName | 'unknown'): readonly SimStateName[] {
  return [...new Set(movesFrom(table, from).map((rule) => rule.to))];
}

/** The error for a move that a closed table does not allow: names the legal next states, and the way round where there is one. */
export function illegalTransition(
  table: TransitionTable,
  from: SimStateName,
  to: SimStateName,
  context: ErrorContext<'illegal-transition'> = {},
): ConnectivityError<'illegal-transition'> {
  const legal = legalNextStates(table, from);
  const { path } = plan(table, from, to);
  const next = legal.length > 0 ? `from there it can become ${legal.join(', ')}` : 'nothing can be done from there';
  const way = path ? `; the way is ${path.join(' -> ')}` : '';
  return new ConnectivityError('illegal-transition', `a SIM that is ${from} cannot become ${to}: ${next}${way}`, {
    ...context,
    details: { from, to, legal, via: path },
  });
}

function movesFrom(table: TransitionTable, from: SimStateName | 'unknown'): readonly Transition[] {
  return table.rules.filter((rule) => rule.by === 'customer' && rule.from === from && rule.to !== from);
}

/** Breadth first; among equally short ways the one whose rules stand first. */
function shortest(table: TransitionTable, from: SimStateName, to: SimStateName): readonly Transition[] | null {
  const reached = new Set<SimStateName>([from]);
  let ways: (readonly Transition[])[] = movesFrom(table, from).map((rule) => [rule]);
  while (ways.length > 0) {
    const next: (readonly Transition[])[] = [];
    for (const way of ways) {
      const end = way.at(-1)!.to;
      if (end === to) return way;
      if (reached.has(end)) continue;
      reached.add(end);
      next.push(...movesFrom(table, end).map((rule) => [...way, rule]));
    }
    ways = next;
  }
  return null;
}

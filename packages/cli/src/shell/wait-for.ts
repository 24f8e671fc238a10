import {
  type CallOptions,
  ConnectivityError,
  type OrderOutcome,
  type PendingChange,
  type SimOutcome,
  toErrorInfo,
} from '@carrierkit/core';
import type { Fleet } from '@carrierkit/fleet';
import type { AnyOutcome } from '../views/outcome-view.js';
import type { Session } from './session.js';

/**
 * With `--wait`: what was accepted, read back until it is done or the time is up. Outcomes stay in their order; what is still open then
 * stays `accepted`. Messages are accepted for good: their delivery is another thing.
 */
export async function waitFor<O extends AnyOutcome>(session: Session, outcomes: readonly O[]): Promise<readonly O[]> {
  const { wait } = session.globals;
  if (wait === null) return outcomes;
  const open = outcomes.filter((outcome) => outcome.status === 'accepted' && !('message' in outcome));
  if (open.length === 0) return outcomes;
  session.progress.show(`waiting for ${open.length} accepted changes`);
  const fleet = await session.fleet();
  const options: CallOptions = { signal: session.world.signal, ...(wait !== true && { deadlineMs: wait }) };
  const settled = new Map<O, O>();
  const changes = open.filter((outcome) => 'pending' in outcome);
  const confirmed = await fleet.lifecycle.confirm(
    changes.map(({ pending }) => pending as PendingChange),
    options,
  );
  for (const [index, outcome] of changes.entries()) settled.set(outcome, again(outcome, confirmed[index]!));
  await Promise.all(
    open.map(async (outcome) => {
      if ('order' in outcome) settled.set(outcome, again(outcome, await orderOutcome(fleet, outcome, options)));
    }),
  );
  return outcomes.map((outcome) => settled.get(outcome) ?? outcome);
}

/** The later outcome at the place of the earlier one. */
function again<O extends AnyOutcome>(earlier: O, later: SimOutcome | OrderOutcome): O {
  return { ...('item' in earlier && { item: earlier.item }), ...later } as unknown as O;
}

type PlacedOrder = Extract<OrderOutcome, { status: 'accepted' | 'applied' }>;

async function orderOutcome(fleet: Fleet, placed: PlacedOrder, options: CallOptions): Promise<OrderOutcome> {
  const { provider, type } = placed;
  try {
    const order = await fleet.lifecycle.orders.wait(placed.order, options);
    const about = { provider, type, iccid: order.iccid ?? placed.iccid };
    if (order.state.value !== 'failed') return { ...about, status: 'applied', order: placed.order };
    const error = new ConnectivityError('conflict', `the vendor gave order ${order.id} up`, { provider });
    return { ...about, status: 'failed', error: error.toJSON() };
  } catch (thrown) {
    if (ConnectivityError.is(thrown, 'timeout')) return placed;
    return {
      provider,
      type,
      iccid: placed.iccid,
      status: 'unknown',
      error: toErrorInfo(thrown, { provider: provider! }),
    };
  }
}

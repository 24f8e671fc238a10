import { type CallOptions, ConnectivityError, type Order, type SimOutcome, toErrorInfo } from '@carrierkit/core';
import type { Scope } from '../ports/scope.js';
import { wholeLifecycle } from '../ports/whole-lifecycle.js';
import { limited } from '../routing/limited.js';
import { gaveUp } from './run-errors.js';
import type { ItemOutcome, RunOutcome } from './runs.js';

/** Orders that are asked about at the same time; each provider's limits hold all the same. */
const ORDERS_AT_ONCE = 16;

/** What the vendors say now of outcomes that they had only accepted, in the same order. What is still open stays as it was. Messages are left alone: their delivery is another thing. */
export async function confirmed(
  scope: Scope,
  accepted: readonly RunOutcome[],
  options: CallOptions,
): Promise<readonly RunOutcome[]> {
  const lifecycle = wholeLifecycle(scope);
  const changes = accepted.flatMap((outcome) => ('pending' in outcome ? [{ outcome, change: outcome.pending }] : []));
  const orders = accepted.flatMap((outcome) => ('order' in outcome ? [outcome] : []));
  const [simOutcomes, orderOutcomes] = await Promise.all([
    changes.length > 0
      ? lifecycle.confirm(
          changes.map(({ change }) => change),
          options,
        )
      : [],
    limited(orders, ORDERS_AT_ONCE, async (outcome): Promise<ItemOutcome> => {
      try {
        return orderOutcome(outcome, await lifecycle.orders.wait(outcome.order, options));
      } catch (thrown) {
        if (ConnectivityError.is(thrown, 'timeout')) return outcome;
        const { provider, type, iccid } = outcome;
        return {
          provider,
          type,
          iccid,
          status: 'unknown',
          error: toErrorInfo(thrown, { provider: outcome.order.provider }),
        };
      }
    }),
  ]);
  const later = new Map<number, ItemOutcome>([
    ...changes.map(({ outcome }, index): [number, SimOutcome] => [outcome.item, simOutcomes[index]!]),
    ...orders.map(({ item }, index): [number, ItemOutcome] => [item, orderOutcomes[index]!]),
  ]);
  return accepted.map((outcome) => ({ ...(later.get(outcome.item) ?? outcome), item: outcome.item }));
}

type PlacedOrder = Extract<RunOutcome, { readonly order: unknown }>;

function orderOutcome({ provider, type, iccid, order: ref }: PlacedOrder, order: Order): ItemOutcome {
  const about = { provider, type, iccid: order.iccid ?? iccid };
  switch (order.state.value) {
    case 'completed':
      return { ...about, status: 'applied', order: ref };
    case 'failed':
      return { ...about, status: 'failed', error: gaveUp(order) };
    default:
      return { ...about, status: 'accepted', order: ref };
  }
}

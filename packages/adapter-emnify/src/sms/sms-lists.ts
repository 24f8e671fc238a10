import { mapConcurrent, readPosition } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  ConnectivityError,
  type Delivery,
  type PagedList,
  paged,
  type SimTarget,
  type TimeWindow,
  windowContains,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { toDelivery } from '../mapping/delivery.js';
import { pageFacts } from '../mapping/page-facts.js';
import { readSim } from '../sims/read-sim.js';
import { wantedSim } from '../sims/wanted-sim.js';

/** Each endpoint is one more call, so a page holds the messages of few: a reader who stops has not asked for much in vain. */
const endpointsPerPage = parallelCalls;

/** The messages of the endpoint that a SIM is assigned to now, newest first; none while it is not assigned. */
export function smsOfSim(
  account: Account,
  target: SimTarget,
  window: TimeWindow | undefined,
  options: CallOptions,
): PagedList<Delivery> {
  return paged(async ({ signal }) => {
    const callOptions = { ...options, signal };
    const { endpoint } = await readSim(account, wantedSim(target), callOptions);
    const items = endpoint ? await smsOf(account, endpoint.id, window, callOptions) : [];
    return { items, next: null, total: null };
  }, options);
}

/** The messages of every endpoint, endpoint by endpoint: the vendor has no list over all of them. */
export function smsOfAccount(
  account: Account,
  window: TimeWindow | undefined,
  options: CallOptions,
): PagedList<Delivery> {
  return paged(async ({ cursor = '1', signal }) => {
    const page = readPosition(cursor);
    const callOptions = { ...options, signal };
    const query = { page, per_page: endpointsPerPage, sort: 'id' };
    const { data, headers } = await account.client.listEndpoints(query, callOptions);
    const lists = await mapConcurrent(data, parallelCalls, ({ id }) => smsOf(account, id, window, callOptions));
    const { lastPage, more } = pageFacts(headers, data.length, endpointsPerPage);
    const goesOn = lastPage === null ? more : page < lastPage;
    return { items: lists.flat(), next: goesOn ? String(page + 1) : null, total: null };
  }, options);
}

async function smsOf(
  { provider, client }: Account,
  endpointId: string | number,
  window: TimeWindow | undefined,
  options: CallOptions,
): Promise<readonly Delivery[]> {
  try {
    const { data } = await client.listEndpointSms({ endpoint_id: endpointId }, options);
    const all = data.map((sms) => toDelivery(provider, endpointId, sms));
    return window === undefined ? all : all.filter((delivery) => isWithin(delivery, window));
  } catch (error) {
    // The endpoint was deleted since it was listed.
    if (ConnectivityError.is(error, 'not-found')) return [];
    throw error;
  }
}

/** A message without a time may lie in any window. */
function isWithin({ submittedAt }: Delivery, window: TimeWindow): boolean {
  return submittedAt === null || windowContains(window, submittedAt);
}

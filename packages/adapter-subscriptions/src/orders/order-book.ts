import { randomUUID } from 'node:crypto';
import type { Iccid, Instant, KeyValueStore, ProviderId } from '@carrierkit/core';
import { isFinal, type OrderFacts } from '../mapping/order.js';
import type { OrderEntry } from '../operations/orders.js';

/** An order placed here. Names, addresses and texts are never kept. */
export interface OwnOrder extends OrderFacts {
  /** `null`: the answer is not there (yet), so whether it was placed is not known. */
  readonly id: string | null;
  readonly type: string;
  readonly placedAt: Instant;
  readonly iccid: Iccid | null;
  readonly simRef: string | null;
  /** Names what was wanted, whole: a hash of the caller's intent and the body. */
  readonly intent: string;
}

interface Mark {
  readonly placedAt: Instant;
  readonly suspended: boolean;
}

export interface Suspensions {
  /** Subscriptions that orders of ours have suspended. */
  readonly suspended: ReadonlySet<string>;
  /** By subscription, the ids of orders that may suspend or resume it and were not final when they were last read. */
  readonly open: ReadonlyMap<string, readonly string[]>;
}

const suspending = 'suspend_subscription';

function movesSuspension({ type }: Pick<OrderEntry, 'type'>): boolean {
  return type === suspending || type === 'resume_subscription';
}

/**
 * The orders placed through this library: written down before the call, since the vendor documents no way to list them.
 * They also tell which subscriptions are suspended, until the vendor's own status is seen to tell it.
 */
export class OrderBook {
  readonly #store: KeyValueStore;
  readonly #prefix: string;

  constructor(store: KeyValueStore, provider: ProviderId) {
    this.#store = store;
    this.#prefix = `subscriptions/${provider}`;
  }

  /** The order that was begun before for the same intent and body. */
  async earlier(intent: string): Promise<{ readonly position: string; readonly order: OwnOrder } | null> {
    const position = await this.#store.get(this.#intentKey(intent));
    const order = position === null ? null : await this.at(position);
    return position === null || order === null ? null : { position, order };
  }

  /** Before the call: it stands in the book without an id. */
  async begin(order: Omit<OwnOrder, 'id'>): Promise<string> {
    const position = `${this.#prefix}/order/${order.placedAt}/${randomUUID()}`;
    await this.#store.set(position, JSON.stringify({ ...order, id: null }));
    await this.#store.set(this.#intentKey(order.intent), position);
    return position;
  }

  /** The vendor took it. */
  async placed(position: string, order: Omit<OwnOrder, 'id'>, entry: OrderEntry): Promise<void> {
    await this.#store.set(position, JSON.stringify({ ...order, id: entry.id }));
    await this.#store.set(`${this.#prefix}/id/${entry.id}`, position);
    if (movesSuspension(order) && order.simRef !== null)
      await this.#store.set(this.#openKey(order.simRef, entry.id), order.placedAt);
  }

  /** It was certainly not placed. */
  async refused(position: string, { intent }: Pick<OwnOrder, 'intent'>): Promise<void> {
    await this.#store.delete(this.#intentKey(intent));
    await this.#store.delete(position);
  }

  /** Positions of all orders placed here, oldest first. */
  async positions(): Promise<readonly string[]> {
    return (await this.#keys(`${this.#prefix}/order/`)).toSorted((a, b) => (a < b ? -1 : 1));
  }

  async at(position: string): Promise<OwnOrder | null> {
    return this.#read<OwnOrder>(position);
  }

  /** What is known of an order by its id; nothing of one that was placed elsewhere. */
  async factsOf(id: string): Promise<OrderFacts> {
    const key = await this.#store.get(`${this.#prefix}/id/${id}`);
    const order = key === null ? null : await this.#read<OwnOrder>(key);
    return order ?? { placedAt: null, iccid: null, simRef: null };
  }

  /** An order was read: a completed suspension or return is marked, a later one over an earlier one. */
  async seen(entry: OrderEntry): Promise<void> {
    if (!isFinal(entry.status) || !movesSuspension(entry)) return;
    const { placedAt, simRef } = await this.factsOf(entry.id);
    const subscription = simRef ?? entry.subscription_id ?? null;
    if (placedAt === null || subscription === null) return;
    if (entry.status === 'completed') await this.#mark(subscription, placedAt, entry.type === suspending);
    await this.close(subscription, entry.id);
  }

  /** An order that there is nothing more to learn from. */
  async close(subscription: string, id: string): Promise<void> {
    await this.#store.delete(this.#openKey(subscription, id));
  }

  /** What the orders placed here tell of suspensions; nothing once the vendor's own status has been seen to tell it. */
  async suspensions(): Promise<Suspensions> {
    const suspended = new Set<string>();
    const open = new Map<string, string[]>();
    if (await this.#tellsSuspension()) return { suspended, open };
    const marks = `${this.#prefix}/suspension/`;
    for (const key of await this.#keys(marks)) {
      if ((await this.#read<Mark>(key))?.suspended) suspended.add(key.slice(marks.length));
    }
    const orders = `${this.#prefix}/open/`;
    for (const key of await this.#keys(orders)) {
      const [subscription = '', order = ''] = key.slice(orders.length).split('/');
      open.set(subscription, [...(open.get(subscription) ?? []), order]);
    }
    return { suspended, open };
  }

  /** The vendor said `suspended` by itself. */
  async vendorTellsSuspension(): Promise<void> {
    if (!(await this.#tellsSuspension())) await this.#store.set(`${this.#prefix}/status-tells-suspension`, 'true');
  }

  async #mark(subscription: string, placedAt: Instant, suspended: boolean): Promise<void> {
    const key = `${this.#prefix}/suspension/${subscription}`;
    const mark = await this.#read<Mark>(key);
    if (mark === null || mark.placedAt <= placedAt) await this.#store.set(key, JSON.stringify({ placedAt, suspended }));
  }

  #intentKey(intent: string): string {
    return `${this.#prefix}/intent/${intent}`;
  }

  #openKey(subscription: string, order: string): string {
    return `${this.#prefix}/open/${subscription}/${order}`;
  }

  async #tellsSuspension(): Promise<boolean> {
    return (await this.#store.get(`${this.#prefix}/status-tells-suspension`)) === 'true';
  }

  async #keys(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const key of this.#store.keys(prefix)) keys.push(key);
    return keys;
  }

  async #read<T>(key: string): Promise<T | null> {
    const text = await this.#store.get(key);
    return text === null ? null : (JSON.parse(text) as T);
  }
}

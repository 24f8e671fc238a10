import { cursorList, mapConcurrent } from '@carrierkit/adapter-kit';
import { type CallOptions, ConnectivityError, type Iccid, iccidFromVendor } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import { cursorOf } from '../mapping/links.js';
import { iccidOf } from '../mapping/sim.js';
import type { SubscriptionEntry } from '../operations/subscriptions.js';

/** So many SIMs are asked for one by one: who stops early has not asked for much. Beyond, the list tells a hundred of them with one call. */
const few = 20;
const justTheSim = 'transclude="sim_profile"';

/** Usage items name a subscription, not its SIM: this finds the SIM, each once in a walk. */
export class SimLookup {
  readonly #account: Account;
  /** `null`: it has none. */
  readonly #known: Map<string, Iccid | null>;
  #listed = false;

  constructor(account: Account, known: ReadonlyMap<string, Iccid> = new Map()) {
    this.#account = account;
    this.#known = new Map(known);
  }

  get(subscription: string): Iccid | null {
    return this.#known.get(subscription) ?? null;
  }

  /** After this `get` knows them. */
  async learn(subscriptions: Iterable<string>, options: CallOptions): Promise<void> {
    const missing = () => [...new Set(subscriptions)].filter((id) => !this.#known.has(id));
    if (!this.#listed && missing().length > 0 && this.#known.size + missing().length > few) await this.#list(options);
    await mapConcurrent(missing(), parallelCalls, async (id) => {
      this.#known.set(id, await this.#one(id, options));
    });
  }

  async #one(id: string, options: CallOptions): Promise<Iccid | null> {
    try {
      const { data } = await this.#account.client.getSubscriptionSimProfile({ id }, options);
      return iccidFromVendor(data.iccid, { checkDigit: 'present' });
    } catch (error) {
      if (ConnectivityError.is(error, 'not-found')) return null;
      throw error;
    }
  }

  /** A server that does not embed the SIM makes the list useless. */
  async #list(options: CallOptions): Promise<void> {
    const { client } = this.#account;
    const list = cursorList<SubscriptionEntry>(
      async ({ cursor, options: callOptions }) => {
        const page = { limit: pageSize.max, ...(cursor !== null && { cursor }) };
        const { data } = await client.listSubscriptions({ ...page, Prefer: justTheSim }, callOptions);
        return { items: data._embedded?.subscriptions ?? [], next: cursorOf(data._links?.next?.href) };
      },
      ({ id }) => id,
      options,
    );
    for await (const entry of list) {
      if (entry._embedded?.sim_profile === undefined) break;
      this.#known.set(entry.id, iccidOf(entry));
    }
    this.#listed = true;
  }
}

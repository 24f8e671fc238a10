import type { CallOptions, Iccid } from '@carrierkit/core';
import type { Account } from '../account.js';
import { iccidOf } from '../mapping/sim.js';
import { simPages } from '../sims/sim-pages.js';

/** Sessions name a SIM by the vendor's id only: this knows the ICCIDs. The account's SIMs are listed once, when the first unknown id turns up. */
export class SimNames {
  readonly #account: Account;
  readonly #iccids: Map<string, Iccid | null>;
  #listing: Promise<void> | null = null;

  constructor(account: Account, known: ReadonlyMap<string, Iccid>) {
    this.#account = account;
    this.#iccids = new Map(known);
  }

  /** `null`: the account has no such SIM any more. */
  async iccidOf(id: string | null | undefined, options: CallOptions): Promise<Iccid | null> {
    if (id === null || id === undefined) return null;
    if (!this.#iccids.has(id)) {
      this.#listing ??= this.#list(options);
      await this.#listing;
    }
    return this.#iccids.get(id) ?? null;
  }

  async #list(options: CallOptions): Promise<void> {
    for await (const card of simPages(this.#account, {}, options)) this.#iccids.set(card.id, iccidOf(card));
  }
}

import { mapConcurrent, outcomeOf } from '@carrierkit/adapter-kit';
import { ConnectivityError, inChunks, type WriteOptions } from '@carrierkit/core';
import type { Account } from '../account.js';
import { blamesRequest, namedSims } from '../bulk/named-sims.js';
import { parallelCalls } from '../capabilities.js';
import { idFromUrl } from '../mapping/message-id.js';
import { notFound } from '../sims/find-sims.js';
import { findSent } from './find-sent.js';

/** What became of a message for one SIM; `accepted` with its id. */
export type SmsResult = { readonly status: 'accepted'; readonly id: string } | ReturnType<typeof outcomeOf>;

/** Ids that are remembered as given out. */
const rememberedIds = 10_000;

/**
 * Sends one text to many SIMs, to each once. Within the life of its key a call whose answer is lost is repeated with the same key; after that, and after a refusal,
 * which may have served some SIMs all the same, the delivery list tells who was served. Only the others are sent to again, with a call and key of their own.
 */
export class SmsSender {
  readonly #account: Account;
  readonly #given = new Set<string>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** By ICCID, as the vendor spells it. Throws for none of them. */
  async send(iccids: readonly string[], text: string, options: WriteOptions): Promise<ReadonlyMap<string, SmsResult>> {
    const results = new Map<string, SmsResult>();
    const chunks = inChunks(iccids, this.#account.settings.simsPerCall);
    await mapConcurrent(chunks, parallelCalls, (chunk) => this.#sendTo(chunk, text, results, options));
    return results;
  }

  async #sendTo(
    iccids: readonly string[],
    text: string,
    results: Map<string, SmsResult>,
    options: WriteOptions,
  ): Promise<void> {
    const startedAt = this.#account.timing.now();
    try {
      const id = await this.#submit(iccids, text, options);
      for (const iccid of iccids) this.#accepted(iccid, id, results);
    } catch (error) {
      if (!ConnectivityError.is(error)) throw error;
      const { unknown, refused } = namedSims(error, iccids);
      for (const iccid of unknown) results.set(iccid, outcomeOf(notFound(this.#account.provider, { iccid }, error)));
      for (const iccid of refused) results.set(iccid, outcomeOf(error));
      const rest = iccids.filter((iccid) => !results.has(iccid));
      const isNamed = rest.length < iccids.length;
      const unserved = await this.#served(rest, text, startedAt, error, isNamed, results, options);
      if (unserved.length === 0) return;
      if (isNamed) await this.#sendTo(unserved, text, results, options);
      else for (const iccid of unserved) results.set(iccid, outcomeOf(error));
    }
  }

  /** Settles who was served although the call failed, and whom nobody can tell about; gives back the others. */
  async #served(
    iccids: readonly string[],
    text: string,
    startedAt: number,
    error: ConnectivityError,
    isNamed: boolean,
    results: Map<string, SmsResult>,
    options: WriteOptions,
  ): Promise<readonly string[]> {
    const surelyNot = error.effect === 'none' && !isNamed && blamesRequest(error);
    if (iccids.length === 0 || surelyNot) return iccids;
    const lookedUp = await findSent(this.#account, { text, startedAt, given: this.#given }, options).catch(
      (failure: unknown) => {
        if (!ConnectivityError.is(failure)) throw failure;
        return null;
      },
    );
    const inDoubt = new ConnectivityError(error.kind, error.message, { ...error.toJSON(), effect: 'unknown' });
    return iccids.filter((iccid) => {
      const id = lookedUp?.get(iccid);
      if (id !== undefined) this.#accepted(iccid, id, results);
      // What was not found after a lost answer may still be under way.
      else if (lookedUp === null || error.effect === 'unknown') results.set(iccid, outcomeOf(inDoubt));
      else return true;
      return false;
    });
  }

  async #submit(iccids: readonly string[], text: string, options: WriteOptions): Promise<string> {
    const { provider, client } = this.#account;
    const { data, status } = await client.sendSms({ body: { iccid: [...iccids], text } }, options);
    const id = idFromUrl(data?.resourceURL);
    if (id !== null) return id;
    // The URL is documented as something that may be left out.
    const message = `sendSms was answered ${status} without the URL of the delivery report`;
    throw new ConnectivityError('contract', message, { provider, operation: 'sendSms', status, effect: 'unknown' });
  }

  #accepted(iccid: string, id: string, results: Map<string, SmsResult>): void {
    results.set(iccid, { status: 'accepted', id });
    this.#given.add(id);
    if (this.#given.size <= rememberedIds) return;
    for (const oldest of this.#given) {
      this.#given.delete(oldest);
      return;
    }
  }
}

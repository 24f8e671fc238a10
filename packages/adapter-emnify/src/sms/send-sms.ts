import type { InputOf } from '@carrierkit/adapter-kit';
import { writeAndSettle } from '@carrierkit/adapter-kit';
import { ConnectivityError, epochMs, type WriteOptions } from '@carrierkit/core';
import type { Account } from '../account.js';
import { toDelivery } from '../mapping/delivery.js';
import { idFromLocation } from '../mapping/message-id.js';
import type { sendEndpointSms } from '../operations/sms.js';

/** The body of one SMS. */
export type SmsBody = InputOf<typeof sendEndpointSms>['body'];

/** The `Date` header has whole seconds, and one may lie between our clocks' readings. */
const toleranceMs = 2000;
/** So much is remembered of what was sent: ids given out, and messages whose fate stayed open. */
const remembered = 10_000;

/**
 * Sends SMS to endpoints, each once. There is no idempotency key, so after a lost answer the endpoint's list is searched for a message of the same content
 * that the vendor took since we sent; if none is there it is not sent again either, for it may still be under way: its effect is unknown.
 *
 * Equal messages to one endpoint go out one after the other, so that a found one can only be the lost one. Where an earlier one is still missing,
 * the found one may be that: only if there are more of them than are missing, ours is among them.
 */
export class SmsSender {
  readonly #account: Account;
  /** Ids that `send` has given out: none of them is a lost one. */
  readonly #given = new Map<string, true>();
  /** How many equal messages may still turn up. */
  readonly #missing = new Map<string, number>();
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** The SMS's id. */
  async send(endpointId: string | number, body: SmsBody, options: WriteOptions): Promise<string> {
    const message = JSON.stringify([String(endpointId), body.payload, body.source_address ?? '']);
    const before = this.#turns.get(message);
    const turn = (before ?? Promise.resolve()).then(() => this.#sendNow(message, endpointId, body, options));
    const ended = turn.catch(() => {});
    this.#turns.set(message, ended);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(message) === ended) this.#turns.delete(message);
    }
  }

  async #sendNow(message: string, endpointId: string | number, body: SmsBody, options: WriteOptions): Promise<string> {
    const { timing } = this.#account;
    const startedAt = timing.now();
    const missing = this.#missing.get(message) ?? 0;
    try {
      const id = await writeAndSettle({
        write: () => this.#submit(endpointId, body, options),
        find: async () => {
          const found = await this.#found(endpointId, body, startedAt, options);
          return found.length > missing ? (found[0] ?? null) : null;
        },
        // Refused by the limit and not in the list: two witnesses that nothing was sent.
        absenceProves: ({ kind }) => kind === 'rate-limited',
      });
      remember(this.#given, `${endpointId}/${id}`, true);
      return id;
    } catch (error) {
      if (ConnectivityError.is(error) && error.effect === 'unknown') remember(this.#missing, message, missing + 1);
      throw error;
    }
  }

  async #submit(endpointId: string | number, body: SmsBody, options: WriteOptions): Promise<string> {
    const { provider, client } = this.#account;
    const { status, headers } = await client.sendEndpointSms({ endpoint_id: endpointId, body }, options);
    const id = idFromLocation(headers.get('location'));
    if (id !== null) return id;
    const message = `sendEndpointSms was answered ${status} without the id of the SMS in Location`;
    throw new ConnectivityError('contract', message, {
      provider,
      operation: 'sendEndpointSms',
      status,
      effect: 'unknown',
    });
  }

  /** Ids of equal messages that the vendor took since then and that nobody was given yet, the newest first. */
  async #found(
    endpointId: string | number,
    body: SmsBody,
    startedAt: number,
    options: WriteOptions,
  ): Promise<readonly string[]> {
    const { provider, client, timing } = this.#account;
    const { data, headers } = await client.listEndpointSms({ endpoint_id: endpointId }, options);
    const since = startedAt + clockDifference(headers.get('date'), timing.now()) - toleranceMs;
    const matches = data.flatMap((sms) => {
      const { direction, submittedAt } = toDelivery(provider, endpointId, sms);
      if (direction === 'inbound' || submittedAt === null || epochMs(submittedAt) < since) return [];
      const same = sms.payload === body.payload && (sms.source_address ?? '') === (body.source_address ?? '');
      return same && !this.#given.has(`${endpointId}/${sms.id}`)
        ? [{ id: String(sms.id), at: epochMs(submittedAt) }]
        : [];
    });
    return matches.sort((a, b) => b.at - a.at).map(({ id }) => id);
  }
}

/** Sets, and forgets the oldest. */
function remember<V>(memory: Map<string, V>, key: string, value: V): void {
  memory.delete(key);
  memory.set(key, value);
  if (memory.size <= remembered) return;
  for (const oldest of memory.keys()) {
    memory.delete(oldest);
    return;
  }
}

/** How far the vendor's clock is ahead of ours. */
function clockDifference(date: string | null, now: number): number {
  const theirs = Date.parse(date ?? '');
  return Number.isNaN(theirs) ? 0 : theirs - now;
}

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
/** Ids of messages that this account's `send` has given out: none of them is a lost one. */
const rememberedIds = 10_000;

/**
 * Sends SMS to endpoints, each once. There is no idempotency key, so after a lost answer the endpoint's list is searched for a message of the same content
 * that the vendor took since we sent; if none is there it is not sent again either, for it may still be under way: its effect is unknown.
 */
export class SmsSender {
  readonly #account: Account;
  readonly #given = new Set<string>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** The SMS's id. */
  async send(endpointId: string | number, body: SmsBody, options: WriteOptions): Promise<string> {
    const { timing } = this.#account;
    const startedAt = timing.now();
    const id = await writeAndSettle({
      write: () => this.#submit(endpointId, body, options),
      find: () => this.#find(endpointId, body, startedAt, options),
      // Refused by the limit and not in the list: two witnesses that nothing was sent.
      absenceProves: ({ kind }) => kind === 'rate-limited',
    });
    this.#remember(`${endpointId}/${id}`);
    return id;
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

  async #find(
    endpointId: string | number,
    body: SmsBody,
    startedAt: number,
    options: WriteOptions,
  ): Promise<string | null> {
    const { provider, client, timing } = this.#account;
    const { data, headers } = await client.listEndpointSms({ endpoint_id: endpointId }, options);
    const since = startedAt + clockDifference(headers.get('date'), timing.now()) - toleranceMs;
    const match = data.find((sms) => {
      const { direction, submittedAt } = toDelivery(provider, endpointId, sms);
      if (direction === 'inbound' || submittedAt === null || epochMs(submittedAt) < since) return false;
      const same = sms.payload === body.payload && (sms.source_address ?? '') === (body.source_address ?? '');
      return same && !this.#given.has(`${endpointId}/${sms.id}`);
    });
    return match === undefined ? null : String(match.id);
  }

  #remember(id: string): void {
    this.#given.add(id);
    if (this.#given.size <= rememberedIds) return;
    for (const oldest of this.#given) {
      this.#given.delete(oldest);
      return;
    }
  }
}

/** How far the vendor's clock is ahead of ours. */
function clockDifference(date: string | null, now: number): number {
  const theirs = Date.parse(date ?? '');
  return Number.isNaN(theirs) ? 0 : theirs - now;
}

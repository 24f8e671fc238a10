import { randomUUID } from 'node:crypto';
import { outcomeOf, type SendResult } from '@carrierkit/adapter-kit';
import {
  ConnectivityError,
  formatMsisdn,
  inChunks,
  inputError,
  type Messaging,
  type Msisdn,
  type Recipient,
  type SendOutcome,
  simTargetIccid,
  type WriteOptions,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { recipientsPerCall, textLimit } from '../capabilities.js';
import { numbersOf } from '../mapping/sim.js';
import { findSubscriptions } from '../subscriptions/find-subscriptions.js';

const numberForm = /^\+?\d{1,15}$/;

/** SMS from a number of an own subscription. One call serves up to 1,000 recipients and has one id for all of them; the vendor tells no delivery. */
export function messaging(account: Account): Messaging {
  const { provider, settings } = account;
  return {
    async send({ to, text, from }, options = {}) {
      const refusal = refused(text, from ?? settings.sender);
      if (refusal) return to.map((recipient) => outcome(account, recipient, outcomeOf(refusal)));
      const sender = (from ?? settings.sender) as string;
      const numbers = await numbersFor(account, to, options);
      const intent = options.intent ?? randomUUID();
      const results = new Map<Msisdn, SendResult>();
      const distinct = [...new Set(numbers.filter((one) => typeof one === 'string'))];
      for (const [index, chunk] of inChunks(distinct, recipientsPerCall).entries()) {
        const result = await sendChunk(account, sender, chunk, text, { ...options, intent: `${intent}:${index}` });
        for (const number of chunk) results.set(number, result);
      }
      return to.map((recipient, index) => {
        const number = numbers[index] as Msisdn | ConnectivityError;
        if (typeof number !== 'string') return outcome(account, recipient, outcomeOf(number));
        return outcome(account, recipient, results.get(number) as SendResult);
      });
    },
  };

  async function sendChunk(
    { client }: Account,
    from: string,
    to: readonly Msisdn[],
    text: string,
    options: WriteOptions,
  ): Promise<SendResult> {
    try {
      const { data } = await client.sendMessage({ body: { from, to: to.map(formatMsisdn), text } }, options);
      const id = data.sms_id ?? data.id;
      if (id) return { status: 'accepted', message: { provider, id } };
      const facts = { provider, operation: 'sendMessage', effect: 'unknown' as const };
      throw new ConnectivityError('contract', 'sendMessage was answered without the id of the message', facts);
    } catch (error) {
      return outcomeOf(error);
    }
  }
}

function refused(text: string, from: string | undefined): ConnectivityError | null {
  if (text === '') return inputError('text', 'is empty; a message needs at least one character');
  if ([...text].length > textLimit)
    return inputError('text', `has more than the ${textLimit} characters this vendor takes in one message`);
  if (from === undefined)
    return inputError(
      'from',
      'is missing: this vendor sends from a number of one of your subscriptions only; pass it, or set `sender`',
    );
  if (!numberForm.test(from))
    return inputError('from', 'expected the number of one of your subscriptions, such as +441234567890');
  return null;
}

/** The number of each recipient, or why it has none. */
async function numbersFor(
  account: Account,
  to: readonly Recipient[],
  options: WriteOptions,
): Promise<readonly (Msisdn | ConnectivityError)[]> {
  const targets = to.flatMap((recipient) => ('sim' in recipient ? [recipient.sim] : []));
  const found = [...(await findSubscriptions(account, targets, options))];
  return to.map((recipient) => {
    if ('msisdn' in recipient) return recipient.msisdn;
    const one = found.shift();
    if (one === undefined || 'error' in one) return one?.error ?? inputError('to', 'cannot be resolved');
    const [number] = numbersOf(one.entry);
    const message = `the SIM ${simTargetIccid(recipient.sim)} has no phone number to send to`;
    return number ?? new ConnectivityError('conflict', message, { provider: account.provider });
  });
}

function outcome({ provider }: Account, to: Recipient, result: SendResult): SendOutcome {
  return { provider, to, ...result };
}

import { mapConcurrent, outcomeOf, type SendResult, writeAndSettle } from '@carrierkit/adapter-kit';
import {
  ConnectivityError,
  inChunks,
  type Messaging,
  type Recipient,
  type SendOutcome,
  type WriteOptions,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { deliveryStateOf, toDelivery } from '../mapping/delivery.js';
import { messageId, parseMessageId } from '../mapping/message-id.js';
import { type FoundSim, findSims } from '../sims/find-sims.js';
import { type WantedSim, wantedSim } from '../sims/wanted-sim.js';
import { type SmsBody, SmsSender } from '../sms/send-sms.js';
import { smsBody } from '../sms/sms-body.js';
import { smsOfAccount, smsOfSim } from '../sms/sms-lists.js';

/** So many SIMs are looked up before the first of them is sent to, so that no look-up is old when it is used. */
const lookedUpAtOnce = 500;

/** One call of `send`. `sent`: an endpoint that is named twice, as SIM and as number, or in a later chunk, gets one message. */
interface SendBatch {
  readonly account: Account;
  readonly sender: SmsSender;
  readonly body: SmsBody;
  readonly sent: Map<string, Promise<SendResult>>;
}

/** SMS to the endpoints of SIMs. A SIM without an endpoint cannot be sent to; two recipients that are one endpoint get one message. */
export function messaging(account: Account): Messaging {
  const { provider, client, settings } = account;
  const sender = new SmsSender(account);
  return {
    async send({ to, text, from }, options = {}) {
      let body: SmsBody;
      try {
        body = smsBody(text, from ?? settings.sender);
      } catch (error) {
        return to.map((recipient) => outcome(account, recipient, outcomeOf(error)));
      }
      const outcomes: SendOutcome[] = [];
      const batch = { account, sender, body, sent: new Map<string, Promise<SendResult>>() };
      for (const chunk of inChunks(to, lookedUpAtOnce)) outcomes.push(...(await sendTo(batch, chunk, options)));
      return outcomes;
    },
    async delivery({ id }, options = {}) {
      const path = parseMessageId(id);
      const { data } = await client.getEndpointSms(path, options);
      return [toDelivery(provider, path.endpoint_id, data)];
    },
    list({ sim, window }, options = {}) {
      return sim === undefined ? smsOfAccount(account, window, options) : smsOfSim(account, sim, window, options);
    },
    async cancel({ id }, options = {}) {
      const path = parseMessageId(id);
      await writeAndSettle({
        async write() {
          await client.cancelEndpointSms(path, options);
          return true;
        },
        async find() {
          const { data } = await client.getEndpointSms(path, options);
          return deliveryStateOf(data.status).value === 'cancelled' ? true : null;
        },
        absenceProves: () => true,
      });
    },
  };
}

async function sendTo(
  batch: SendBatch,
  to: readonly Recipient[],
  options: WriteOptions,
): Promise<readonly SendOutcome[]> {
  const { account, sender, body, sent } = batch;
  const found = await findSims(account, to.map(wantedRecipient), options);
  return mapConcurrent(to, parallelCalls, async (recipient, index) => {
    const endpoint = endpointOf(account, found[index]!);
    if (typeof endpoint === 'object') return outcome(account, recipient, outcomeOf(endpoint));
    const sending = sent.get(String(endpoint)) ?? sendOne(account, sender, endpoint, body, options);
    sent.set(String(endpoint), sending);
    return outcome(account, recipient, await sending);
  });
}

async function sendOne(
  { provider }: Account,
  sender: SmsSender,
  endpoint: string | number,
  body: SmsBody,
  options: WriteOptions,
): Promise<SendResult> {
  try {
    const id = messageId(endpoint, await sender.send(endpoint, body, options));
    return { status: 'accepted', message: { provider, id } };
  } catch (error) {
    return outcomeOf(error);
  }
}

function wantedRecipient(recipient: Recipient): WantedSim {
  return 'sim' in recipient ? wantedSim(recipient.sim) : { by: 'msisdn', msisdn: recipient.msisdn };
}

function endpointOf({ provider }: Account, found: FoundSim): string | number | ConnectivityError {
  if ('error' in found) return found.error;
  const { id, endpoint } = found.sim;
  if (endpoint) return endpoint.id;
  const message = `SIM ${id} is assigned to no endpoint, and SMS go to endpoints; assign it first (createEndpoint or updateEndpoint)`;
  return new ConnectivityError('conflict', message, { provider });
}

function outcome({ provider }: Account, to: Recipient, result: SendResult): SendOutcome {
  return { provider, to, ...result };
}

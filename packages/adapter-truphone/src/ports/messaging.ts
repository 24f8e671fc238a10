import { flatList, outcomeOf } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  inputError,
  type Messaging,
  type Recipient,
  type SendOutcome,
  windowContains,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { dateBounds } from '../mapping/date-text.js';
import { toDeliveries } from '../mapping/delivery.js';
import { targetIccid, vendorIccid } from '../mapping/iccid.js';
import { urlId } from '../mapping/message-id.js';
import { findSims } from '../sims/find-sims.js';
import { SmsSender } from '../sms/send-sms.js';
import { smsPages } from '../sms/sms-pages.js';

type Failure = ReturnType<typeof outcomeOf>;

/** SMS to SIMs, many with one call. A number is looked up first; two recipients that are one SIM get one message. */
export function messaging(account: Account): Messaging {
  const { provider, client } = account;
  const sender = new SmsSender(account);
  return {
    async send({ to, text, from }, options = {}) {
      const refusal = refusalOf(text, from);
      if (refusal !== null) return to.map((recipient) => ({ provider, to: recipient, ...refusal }));
      const sims = await simsOf(account, to, options);
      const iccids = [...new Set(sims.filter((sim) => typeof sim === 'string'))];
      const results = await sender.send(iccids, text, options);
      return to.map((recipient, index): SendOutcome => {
        const sim = sims[index]!;
        const result = typeof sim === 'string' ? results.get(sim)! : sim;
        if (result.status !== 'accepted') return { provider, to: recipient, ...result };
        return { provider, to: recipient, status: 'accepted', message: { provider, id: result.id } };
      });
    },
    async delivery({ id }, options = {}) {
      const { data } = await client.getSmsDeliveryReport({ id: urlId(id) }, options);
      return toDeliveries(provider, data);
    },
    list({ sim, window }, options = {}) {
      const iccid = sim === undefined ? undefined : targetIccid(provider, sim);
      const bounds = window && dateBounds(window);
      const query = {
        ...(iccid !== undefined && { iccid }),
        ...(bounds && { dateSubmitted_from: bounds.from, dateSubmitted_to: bounds.to }),
      };
      return flatList(smsPages(account, query, options), (report) =>
        toDeliveries(provider, report).filter(
          ({ to, submittedAt }) =>
            (iccid === undefined || (to.iccid !== null && vendorIccid(to.iccid) === iccid)) &&
            // A message without a time may lie in any window.
            (window === undefined || submittedAt === null || windowContains(window, submittedAt)),
        ),
      );
    },
  };
}

function refusalOf(text: string, from: string | undefined): Failure | null {
  if (text === '') return outcomeOf(inputError('text', 'is empty'));
  if (from === undefined) return null;
  return outcomeOf(inputError('from', 'Truphone takes no sender; leave it out'));
}

/** The ICCID of each recipient as the vendor spells it, or why there is none. */
async function simsOf(
  account: Account,
  to: readonly Recipient[],
  options: CallOptions,
): Promise<readonly (string | Failure)[]> {
  const numbers = to.flatMap((recipient) => ('msisdn' in recipient ? [{ msisdn: recipient.msisdn }] : []));
  const found = await findSims(account, numbers, options);
  const byNumber = new Map(numbers.map(({ msisdn }, index) => [msisdn, found[index]!]));
  return to.map((recipient) => {
    try {
      if ('sim' in recipient) return targetIccid(account.provider, recipient.sim);
      const read = byNumber.get(recipient.msisdn)!;
      return 'card' in read ? read.card.iccid : outcomeOf(read.error);
    } catch (error) {
      return outcomeOf(error);
    }
  });
}

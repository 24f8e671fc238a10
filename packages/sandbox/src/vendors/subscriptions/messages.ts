import { json } from '../../framework/answer.js';
import type { Handler } from '../../framework/vendor.js';
import { forbidden } from './answers.js';
import { MESSAGE_ID } from './ids.js';
import type { Organisation } from './organisation.js';
import { indexOfNumber, phoneNumbersOf } from './phone-numbers.js';
import { simOf } from './subscription-store.js';

interface SendMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

/** Subscriptions whose primary number may stand as a sender, as long as they are active. */
const AUTHORISED_SENDERS = 3;

export function messageHandlers(organisation: Organisation): Record<'sendMessage', Handler> {
  const { context, ids, switches } = organisation;
  let sent = 0;
  return {
    sendMessage: (request) => {
      const { from, to, text } = request.body as SendMessage;
      if (!authorisedSenders(organisation).includes(withPlus(from))) {
        return forbidden('from is not a number of an active subscription that may send messages');
      }
      context.secrets.add(text);
      const id = ids.make(MESSAGE_ID, sent++);
      const iccids = to.flatMap((number) => iccidOf(organisation, number) ?? []);
      request.effect({ subject: iccids.length > 0 ? iccids : [id], detail: { id, from, to } });
      return json(200, { [switches.messageIdName]: id });
    },
  };
}

/** With plus. */
export function authorisedSenders({ context, subscriptions }: Organisation): readonly string[] {
  const senders: string[] = [];
  for (let index = 0; index < context.fleet.size && index < AUTHORISED_SENDERS; index++) {
    if (subscriptions.get(index)?.state !== 'active') continue;
    senders.push(withPlus(phoneNumbersOf(context.fleet, index)[0]?.msisdn ?? ''));
  }
  return senders;
}

function withPlus(number: string): string {
  return number.startsWith('+') ? number : `+${number}`;
}

function iccidOf({ context, subscriptions }: Organisation, number: string): string | undefined {
  const index = indexOfNumber(context.fleet, number);
  const record = index === undefined ? undefined : subscriptions.get(index);
  return record === undefined ? undefined : context.fleet.iccid(simOf(record));
}

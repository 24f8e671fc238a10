import { type Answer, json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { DAY_MS } from '../../world/days.js';
import { faultyFields, MUST_NOT_BE_BLANK, MUST_NOT_BE_EMPTY, notFound, unknownIccids } from './answers.js';
import { dateRange, equal, type Listing, listed, sameInstant } from './listing.js';
import { findSims, type Portal } from './portal.js';
import { initiallyInTraffic } from './sim-store.js';
import { instant } from './timestamps.js';

/** Words of `deliveryStatus`: only DELIVERED is printed by the vendor, the others are ours. */
type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'FAILED';

interface Message {
  readonly number: number;
  readonly submittedAt: number;
  readonly content: string;
  readonly sims: readonly number[];
  /** By place in `sims`. */
  readonly statuses: DeliveryStatus[];
}

export function smsHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  const { context, sims } = portal;
  const messages: Message[] = receivedMessages(portal);

  const send = (request: VendorRequest, indexes: readonly number[], text: string): Message => {
    const message: Message = {
      number: messages.length + 1,
      submittedAt: context.clock.now(),
      content: text,
      sims: indexes,
      statuses: indexes.map(() => 'PENDING'),
    };
    messages.push(message);
    context.secrets.add(text);
    const subject = indexes.map(sims.iccid);
    const effect = request.effect({ subject, detail: { id: listId(message) }, state: 'pending' });
    portal.journal.audit(request, 'SMS', listId(message), 'send_sms');
    context.clock.after(context.delays.delivery, () => {
      for (const [place, index] of indexes.entries()) {
        const reachable = sims.state(index) === 'ACTIVE' && sims.service(index, 'smsMt') === 'ACTIVE';
        message.statuses[place] = reachable ? 'DELIVERED' : 'FAILED';
        const at = context.clock.now();
        if (reachable) context.usage.add(index, { kind: 'sms', direction: 'mt', at, messages: 1, how: 'new' });
      }
      if (message.statuses.includes('DELIVERED')) effect.done();
      else effect.failed();
    });
    return message;
  };

  const show = (message: Message): object => ({
    id: listId(message),
    dateSubmitted: instant(message.submittedAt),
    content: message.content,
    deliveryReport: message.sims.map((index, place) => ({
      iccid: sims.iccid(index),
      deliveryStatus: message.statuses[place],
    })),
  });

  const rows: Listing<Message> = {
    get length() {
      return messages.length;
    },
    at: (place) => messages[messages.length - 1 - place] as Message,
    filters: {
      id: (value) => (message) => message.number === Number(value),
      dateSubmitted: sameInstant(({ submittedAt }) => submittedAt),
      content: equal(({ content }) => content),
      ...dateRange<Message>('dateSubmitted', ({ submittedAt }) => submittedAt),
      iccid: (value) => {
        const wanted = sims.indexOf(value);
        return (message) => wanted !== undefined && message.sims.includes(wanted);
      },
      deliveryStatus: (value) => (message) => message.statuses.some((status) => status === value.toUpperCase()),
    },
    orderings: { id: ({ number }) => number, dateSubmitted: ({ submittedAt }) => submittedAt },
    show,
  };

  return {
    sendSms: (request): Answer => {
      const { iccid, text } = request.body as { readonly iccid: readonly string[]; readonly text: string };
      if (iccid.length === 0) return faultyFields({ iccid: [MUST_NOT_BE_EMPTY] });
      if (text === '') return faultyFields({ text: [MUST_NOT_BE_BLANK] });
      const { known, unknown } = findSims(portal, iccid);
      if (unknown.length > 0) return unknownIccids(unknown);
      return json(200, { detail: 'OK', resourceURL: resourceUrl(portal, request, send(request, known, text)) });
    },
    listSmsDeliveryReports: (request) => listed(request, rows),
    getSmsDeliveryReport: (request) => {
      const id = request.params['id'] ?? '';
      const message = /^\d+$/.test(id) ? messages[Number(id) - 1] : undefined;
      return message === undefined ? notFound() : json(200, show(message));
    },
  };
}

/** Eight digits in lists, seven in the URL of the report, as in the vendor's samples. */
function listId({ number }: Message): string {
  return String(number).padStart(8, '0');
}

function resourceUrl({ switches }: Portal, request: VendorRequest, { number }: Message): string {
  const path = switches.malformedResourceUrl ? 'send_smsstatus' : 'send_sms/status';
  return `${request.baseUrl}/api/v2.0/sims/${path}/${String(number).padStart(7, '0')}/`;
}

const RECEIVED = 12;

/**
 * Messages that came from devices stand in the same list, without a direction; they begin with the header of a
 * concatenated message (3GPP TS 23.040, 9.2.3.24.1): 05 00 03, reference, total, place.
 */
function receivedMessages({ context, sims, startedAt }: Portal): Message[] {
  const received: Message[] = [];
  for (let index = 0; index < sims.size && received.length < RECEIVED; index++) {
    if (!initiallyInTraffic(index)) continue;
    const random = context.random('received', index);
    const header = String.fromCharCode(5, 0, 3, random.integer(1, 255), 1, 1);
    const number = received.length + 1;
    const content = `${header}Reading ${random.integer(1000, 9999)} of unit ${index + 1}`;
    const submittedAt = startedAt - (RECEIVED + 1 - number) * DAY_MS + random.integer(0, 3600) * 1000;
    context.secrets.add(content);
    received.push({ number, submittedAt, content, sims: [index], statuses: ['DELIVERED'] });
  }
  return received;
}

import {
  type Instant,
  type Messaging,
  type PagedList,
  paged,
  type SendOutcome,
  timeWindow,
  toInstant,
  type UsageRecord,
} from '@carrierkit/core';
import { capabilities, type Mutant, messaging, mutantOf, usage, without } from './mutant.js';

const sending = mutantOf('messaging.send');
const records = mutantOf('usage.records');

type Send = Messaging['send'];

const send = (spoil: (send: Send) => Send): Mutant['mutate'] => messaging((port) => ({ send: spoil(port.send) }));
const answering = (spoil: (outcomes: readonly SendOutcome[]) => readonly SendOutcome[]): Mutant['mutate'] =>
  send((original) => async (message, options) => spoil(await original(message, options)));

const messagingMutants: readonly Mutant[] = [
  mutantOf('messaging.toSim')(
    'is sent to as declared',
    'it works and is declared none',
    capabilities(({ supports }) => ({ supports: { ...supports, 'messaging.toSim': 'none' } })),
  ),
  mutantOf('messaging.toMsisdn')(
    'is sent to as declared',
    'outcomes come in another order',
    answering((outcomes) => outcomes.toReversed()),
  ),
  sending(
    'no recipients give no outcomes',
    'undefined is given',
    send(() => async () => undefined as never),
  ),
  sending(
    'an unknown SIM among good ones fails alone',
    'nothing is sent',
    answering((outcomes) => {
      const failed = outcomes.find((outcome) => outcome.status === 'failed');
      return failed ? outcomes.map(({ to }) => ({ ...failed, to })) : outcomes;
    }),
  ),
  sending(
    'a text that is empty or too long is refused before a call',
    'a long text is cut',
    send(
      (original) => (message, options) => original({ ...message, text: message.text.slice(0, 160) || ' ' }, options),
    ),
  ),
  sending(
    'a text of the full length is taken',
    'the limit is one too high',
    capabilities(() => ({ textLimit: 161 })),
  ),
  sending(
    'an aborted signal stops a message before it is sent',
    'the signal is ignored',
    send((original) => (message) => original(message)),
  ),
  sending(
    'two equal messages on purpose are two',
    'the key is made of the content',
    send((original) => (message) => original(message, { intent: message.text })),
  ),
  sending(
    'the same intent is one message where the vendor has keys',
    'the intent is not passed on',
    send((original) => (message) => original(message)),
  ),
  sending(
    'a message whose answer is lost is not reported as failed, and sent once',
    'it is sent again',
    send((original) => async (message, options) => {
      const outcomes = await original(message, options);
      return outcomes.some((outcome) => outcome.status === 'unknown') ? original(message, options) : outcomes;
    }),
  ),
  sending(
    'a message whose answer is lost is not reported as failed, and sent once',
    'unknown is told as failed',
    answering((outcomes) =>
      outcomes.map((outcome) => (outcome.status === 'unknown' ? { ...outcome, status: 'failed' } : outcome)),
    ),
  ),
  sending(
    'a message refused by a failing vendor tells the truth',
    'it is told as accepted',
    answering((outcomes) =>
      outcomes.map(({ to }) => ({ provider: 'ref', to, status: 'accepted', message: { provider: 'ref', id: 'm' } })),
    ),
  ),
  mutantOf('messaging.delivery')(
    'what became of a message is told',
    'the deliveries of all messages are given',
    messaging((port, vendor) => ({
      delivery: async (message) => {
        const all = await port.delivery(message);
        return vendor.messages.length > 0 ? [...all, ...all] : all;
      },
    })),
  ),
  mutantOf('messaging.list')(
    'a sent message is there, and alone under the filter of its SIM',
    'nothing is listed',
    messaging(() => ({ list: () => paged(async () => ({ items: [], next: null, total: null })) })),
  ),
  mutantOf('messaging.cancel')(
    'a message is cancelled, or the reason told why not',
    'it is said and not done',
    messaging(() => ({ cancel: async () => {} })),
  ),
];

const mapped = (
  list: PagedList<UsageRecord>,
  change: (record: UsageRecord, index: number) => UsageRecord,
): PagedList<UsageRecord> =>
  paged(async () => ({ items: (await list.toArray({ limit: 1000 })).map(change), next: null, total: null }));
const telling = (change: (record: UsageRecord, index: number) => UsageRecord): Mutant['mutate'] =>
  usage((port) => ({ records: (query, options) => mapped(port.records(query, options), change) }));
const dayLater = (instant: Instant): Instant => toInstant(Date.parse(instant) + 86_400_000);

let reads = 0;
const usageMutants: readonly Mutant[] = [
  records(
    'each source gives its kinds and its grain, in full shape',
    'the grain is another',
    telling((record) => ({ ...record, grain: 'month' })),
  ),
  records(
    'each source gives its kinds and its grain, in full shape',
    'a cost that was not told is zero',
    telling((record) => ({ ...record, cost: { amount: 0 as never, currency: 'EUR' } })),
  ),
  records(
    'each source gives its kinds and its grain, in full shape',
    'bytes are a fraction',
    telling((record) => ({ ...record, bytes: { total: 0.5, up: null, down: null } })),
  ),
  records(
    'no record starts outside the half-open window',
    'the last day is counted in',
    usage((port) => ({
      records: (query, options) =>
        port.records({ ...query, window: { from: query.window.from, to: dayLater(query.window.to) } }, options),
    })),
  ),
  records(
    'two windows side by side hold what the whole holds',
    'the last day is left out',
    usage((port) => ({
      records: (query, options) => {
        const to = toInstant(Date.parse(query.window.to) - 86_400_000);
        return port.records({ ...query, window: timeWindow(query.window.from, to) }, options);
      },
    })),
  ),
  records(
    'an id names one record and stays the same',
    'ids are numbered by reading',
    telling((record) => {
      reads += 1;
      return { ...record, id: `record-${reads}` };
    }),
  ),
  records(
    'a source tells no more than it declares',
    'a country is made up',
    telling((record) => ({ ...record, country: 'DE' })),
  ),
  records(
    'records of chosen SIMs are theirs alone',
    'the choice is ignored',
    usage((port) => ({ records: (query, options) => port.records(without(query, 'sims'), options) })),
  ),
  records(
    'records of chosen SIMs are theirs alone',
    'an empty choice is taken for all',
    usage((port) => ({
      records: ({ sims, ...query }, options) => port.records(sims?.length ? { ...query, sims } : query, options),
    })),
  ),
  records(
    'the sums are what the vendor knows',
    'kilobytes are taken for thousands',
    telling((record) =>
      record.bytes ? { ...record, bytes: { ...record.bytes, total: (record.bytes.total / 1024) * 1000 } } : record,
    ),
  ),
  records(
    'a window that ends before it begins is refused',
    'it is empty',
    usage((port) => ({
      records: (query, options) =>
        query.window.from < query.window.to
          ? port.records(query, options)
          : paged(async () => ({ items: [], next: null, total: null })),
    })),
  ),
];

export const messagingAndUsageMutants: readonly Mutant[] = [...messagingMutants, ...usageMutants];

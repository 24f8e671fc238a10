import {
  type CallOptions,
  ConnectivityError,
  type Delivery,
  type PagedList,
  type Ref,
  type SimTarget,
} from '@carrierkit/core';
import { expect } from 'vitest';
import type { Check } from '../check.js';
import { delivery as deliveryShape } from '../shapes/model.js';
import { listOf } from '../shapes/shape.js';
import type { Subject } from '../subject.js';
import { collect } from '../support/collect.js';
import { expectShape } from '../support/expect-shape.js';
import { rejection } from '../support/rejection.js';
import { messaging, recipients, send } from './messaging-send.js';
import { pagingChecks } from './paging.js';

const DELIVERY_MS = 60_000;

async function sendOne(subject: Subject): Promise<Ref> {
  const [outcome] = await send(subject, recipients(subject));
  return outcome?.status === 'accepted' ? outcome.message : expect.fail('the message was not accepted');
}

const openList = (
  subject: Subject,
  filter: { readonly sim?: SimTarget } = {},
  options: CallOptions = {},
): PagedList<Delivery> =>
  messaging(subject).list?.(filter, options) ?? expect.fail('messaging.list is declared and absent');

export const messagingDeliveryChecks: readonly Check[] = [
  {
    name: 'messaging.delivery: what became of a message is told',
    ability: 'messaging.delivery',
    run: async (subject) => {
      const message = await sendOne(subject);
      await subject.advance?.(DELIVERY_MS);
      const deliveries = await messaging(subject).delivery?.(message);
      expectShape(deliveries, listOf(deliveryShape(subject.provider.id)), 'deliveries');
      expect(
        deliveries?.map((delivery) => delivery.message),
        'deliveries of this message',
      ).toEqual([message]);
      expect(deliveries?.[0]?.direction).toBe('outbound');
    },
  },
  ...pagingChecks<Delivery>({
    ability: 'messaging.list',
    what: 'messages',
    open: (subject, options) => openList(subject, {}, options),
    key: (delivery) => [delivery.message.id, delivery.to.iccid, delivery.to.msisdn].join('/'),
    shape: ({ provider }) => deliveryShape(provider.id),
    prepare: async (subject, count) => {
      for (let round = 0; round < count; round += 1) await sendOne(subject);
    },
    sized: false,
  }),
  {
    name: 'messaging.list: a sent message is there, and alone under the filter of its SIM',
    ability: 'messaging.list',
    run: async (subject) => {
      const { id } = await sendOne(subject);
      const all = await collect(openList(subject));
      const sent = all.find((delivery) => delivery.message.id === id);
      expect(sent, 'the sent message').toBeDefined();
      const iccid = sent?.to.iccid;
      if (!iccid) return;
      const ofSim = await collect(openList(subject, { sim: iccid }));
      expect(ofSim.map((delivery) => delivery.message.id)).toContain(id);
      for (const delivery of ofSim) expect(delivery.to.iccid, 'SIM of a filtered message').toBe(iccid);
    },
  },
  {
    name: 'messaging.cancel: a message is cancelled, or the reason told why not',
    ability: 'messaging.cancel',
    run: async (subject) => {
      const message = await sendOne(subject);
      const cancel = async (): Promise<void> => messaging(subject).cancel?.(message);
      const thrown = await cancel().catch((error: unknown) => error);
      if (thrown !== undefined) {
        if (!ConnectivityError.is(thrown)) throw thrown;
        await rejection(subject.provider, () => Promise.reject(thrown));
        return;
      }
      await subject.advance?.(DELIVERY_MS);
      const [delivery] = (await messaging(subject).delivery?.(message)) ?? [];
      if (delivery) expect(delivery.state.value, 'state of a cancelled message').toBe('cancelled');
    },
  },
];

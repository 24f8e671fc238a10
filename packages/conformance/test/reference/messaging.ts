import {
  type Delivery,
  inputError,
  known,
  type Messaging,
  type Msisdn,
  type Recipient,
  type SendOutcome,
  simTargetIccid,
  toErrorInfo,
  type WriteOptions,
} from '@carrierkit/core';
import { pagesOf } from './inventory.js';
import { once } from './lifecycle.js';
import type { Vendor, VendorMessage, VendorSim } from './vendor.js';

export const TEXT_LIMIT = 160;
const STATES = { QUEUED: 'queued', DELIVERED: 'delivered', CANCELLED: 'cancelled' } as const;

export function messagingOf(vendor: Vendor): Required<Messaging> {
  const deliveryOf = ({ id, iccid, msisdn, text, state, at }: VendorMessage): Delivery => ({
    message: { provider: 'ref', id },
    to: { iccid, msisdn: msisdn as Msisdn },
    direction: 'outbound',
    state: known(STATES, state),
    submittedAt: at,
    text,
    raw: { id, state },
  });
  return {
    send: async ({ to, text }, options) => {
      if (text === '' || text.length > TEXT_LIMIT)
        throw inputError('text', `expected 1 to ${TEXT_LIMIT} characters`, { provider: 'ref' });
      const outcomes: SendOutcome[] = [];
      for (const recipient of to) outcomes.push(await sendTo(vendor, recipient, text, options));
      return outcomes;
    },
    delivery: (message, options) =>
      vendor.call(options?.signal, () => vendor.messages.filter(({ id }) => id === message.id).map(deliveryOf)),
    list: ({ sim }, options) =>
      pagesOf(
        vendor,
        () => vendor.messages.filter(({ iccid }) => !sim || iccid === simTargetIccid(sim)).map(deliveryOf),
        options,
      ),
    cancel: async (message, options) => {
      await vendor.call(options?.signal, () => {
        for (const sent of vendor.messages) if (sent.id === message.id) sent.state = 'CANCELLED';
      });
    },
  };
}

async function sendTo(vendor: Vendor, to: Recipient, text: string, options: WriteOptions = {}): Promise<SendOutcome> {
  try {
    const sim = await vendor.call(options.signal, () => simFor(vendor, to));
    const key = options.intent && `${options.intent}/${sim.iccid}`;
    const id = await vendor.call(
      options.signal,
      () => once(vendor, key, () => submit(vendor, sim, text)),
      'messaging.send',
    );
    return { provider: 'ref', to, status: 'accepted', message: { provider: 'ref', id } };
  } catch (thrown) {
    const error = toErrorInfo(thrown, { provider: 'ref' });
    return { provider: 'ref', to, status: error.effect === 'unknown' ? 'unknown' : 'failed', error };
  }
}

function simFor(vendor: Vendor, to: Recipient): VendorSim {
  if ('sim' in to) return vendor.find(simTargetIccid(to.sim));
  const sim = vendor.sims.find(({ msisdn }) => msisdn === to.msisdn);
  if (!sim) throw inputError('to', 'expected a number of this account', { provider: 'ref' });
  return sim;
}

function submit(vendor: Vendor, { iccid, msisdn }: VendorSim, text: string): string {
  const id = `message-${vendor.messages.length}`;
  const message: VendorMessage = { id, iccid, msisdn, text, state: 'QUEUED', at: vendor.instant() };
  vendor.messages.push(message);
  vendor.accept(() => {
    if (message.state === 'QUEUED') message.state = 'DELIVERED';
  });
  return id;
}

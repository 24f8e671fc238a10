import {
  type Delivery,
  type DeliveryState,
  instantFrom,
  type Json,
  known,
  msisdnFromVendor,
  type ProviderId,
} from '@carrierkit/core';
import type { SmsEntry } from '../operations/sms.js';
import { canonicalIccid } from './iccid.js';
import { messageId } from './message-id.js';

/** SMS statuses by id, with emnify's names for them. */
export const smsStatuses = [
  { id: 1, name: 'DELIVERY ATTEMPT PENDING', state: 'queued' },
  { id: 2, name: 'IN PROGRESS', state: 'sending' },
  { id: 3, name: 'BUFFERED', state: 'buffered' },
  { id: 4, name: 'DELIVERED', state: 'delivered' },
  { id: 5, name: 'FAILED', state: 'failed' },
  { id: 6, name: 'EXPIRED', state: 'expired' },
  { id: 7, name: 'CANCELED', state: 'cancelled' },
] as const satisfies readonly { readonly id: number; readonly name: string; readonly state: DeliveryState }[];

const states: ReadonlyMap<number, DeliveryState> = new Map(smsStatuses.map(({ id, state }) => [id, state]));
const mobileTerminated = 1;

/** The state by the id alone: `delivery_date` is set for expired and cancelled SMS too, and `dlr_status_id` 4 does not mean delivered. */
export function deliveryStateOf({ id, description }: SmsEntry['status']): Delivery['state'] {
  return known(states, id, description ?? String(id));
}

/** What the device sent is inbound, what it was sent is outbound: seen from the caller. */
export function toDelivery(provider: ProviderId, endpointId: string | number, sms: SmsEntry): Delivery {
  const type = sms.sms_type?.id;
  return {
    message: { provider, id: messageId(endpointId, sms.id) },
    to: { iccid: canonicalIccid(sms.iccid), msisdn: msisdnFromVendor(sms.msisdn) },
    direction: type === undefined || type === mobileTerminated ? 'outbound' : 'inbound',
    state: deliveryStateOf(sms.status),
    submittedAt: instantFrom(sms.submit_date),
    text: sms.payload ?? null,
    raw: sms as Json,
  };
}

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

/** 1 DELIVERY ATTEMPT PENDING, 2 IN PROGRESS, 3 BUFFERED, 4 DELIVERED, 5 FAILED, 6 EXPIRED, 7 CANCELED. */
const states: ReadonlyMap<number, DeliveryState> = new Map([
  [1, 'queued'],
  [2, 'sending'],
  [3, 'buffered'],
  [4, 'delivered'],
  [5, 'failed'],
  [6, 'expired'],
  [7, 'cancelled'],
]);
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

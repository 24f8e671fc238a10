import {
  type Delivery,
  type DeliveryState,
  iccidFromVendor,
  instantFrom,
  type Json,
  known,
  type ProviderId,
} from '@carrierkit/core';
import type { SmsReport } from '../operations/sms.js';
import { messageId } from './message-id.js';

/** Only DELIVERED is documented; the others are words that gateways use (inferred). */
export const smsStatuses: ReadonlyMap<string, DeliveryState> = new Map([
  ['ACCEPTED', 'accepted'],
  ['QUEUED', 'queued'],
  ['PENDING', 'queued'],
  ['SENT', 'sending'],
  ['ENROUTE', 'sending'],
  ['BUFFERED', 'buffered'],
  ['DELIVERED', 'delivered'],
  ['FAILED', 'failed'],
  ['UNDELIVERABLE', 'failed'],
  ['UNDELIVERED', 'failed'],
  ['EXPIRED', 'expired'],
  ['REJECTED', 'rejected'],
]);

/** Header of a concatenated message (3GPP TS 23.040, 9.2.3.24.1), with which messages from devices begin: nothing else tells the direction. */
const joinedHeader = '\u0005\u0000\u0003';
const headerLength = 6;

/** Whether a device sent it. */
export function isInbound({ content }: SmsReport): boolean {
  return content?.startsWith(joinedHeader) === true;
}

/** One entry for each SIM of a message. */
export function toDeliveries(provider: ProviderId, report: SmsReport): readonly Delivery[] {
  const { content = null, deliveryReport } = report;
  const inbound = isInbound(report);
  const message = { provider, id: messageId(report.id) };
  const submittedAt = instantFrom(report.dateSubmitted);
  return (deliveryReport ?? []).map(({ iccid, deliveryStatus }) => ({
    message,
    to: { iccid: iccidFromVendor(iccid, { checkDigit: 'present' }), msisdn: null },
    direction: inbound ? 'inbound' : 'outbound',
    state: known(smsStatuses, (deliveryStatus ?? '').toUpperCase(), deliveryStatus ?? ''),
    submittedAt,
    text: inbound && content !== null ? content.slice(headerLength) : content,
    raw: report as Json,
  }));
}

import { type ProviderId, serviceNames, simStates } from '@carrierkit/core';
import { hasRightCheckDigit } from './check-digit.js';
import {
  amount,
  boolean,
  both,
  count,
  exactly,
  filledText,
  json,
  listOf,
  mapOf,
  nullable,
  object,
  oneOf,
  pattern,
  type Shape,
  text,
} from './shape.js';

export const KINDS = ['data', 'sms', 'voice', 'other'] as const;
export const GRAINS = ['event', 'day', 'month'] as const;

/** Decimal ICCIDs carry their check digit; hexadecimal ones stay as the vendor gives them. */
export const iccid: Shape = (value, path) => {
  if (typeof value !== 'string' || !/^[\da-f]{18,22}$/i.test(value)) return [`${path} is not an ICCID in normal form`];
  return /^\d+$/.test(value) && !hasRightCheckDigit(value) ? [`${path} ends in a wrong check digit`] : [];
};
export const msisdn = pattern(/^[1-9]\d{4,14}$/, 'an MSISDN (E.164 digits without plus)');
export const imsi = pattern(/^\d{5,15}$/, 'an IMSI');
export const imei = pattern(/^\d{14,16}$/, 'an IMEI');
export const eid = pattern(/^\d{32}$/, 'an EID');
export const instant: Shape = (value, path) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value
    ? []
    : [`${path} is not an instant of the form 2026-10-01T00:00:00.000Z`];
export const known = (...words: readonly string[]): Shape => object({ value: oneOf(...words, 'unknown'), raw: text });
export const money = object({
  amount: pattern(/^-?\d+(\.\d+)?$/, 'a decimal text'),
  currency: pattern(/^[A-Z]{3}$/, 'an ISO 4217 code'),
});
export const ref = (provider: ProviderId): Shape => object({ provider: exactly(provider), id: filledText });

export const sim = (provider: ProviderId): Shape =>
  both(
    json,
    object({
      provider: exactly(provider),
      iccid,
      ref: filledText,
      eid: nullable(eid),
      imsis: listOf(imsi),
      msisdns: listOf(msisdn),
      imei: nullable(imei),
      state: known(...simStates),
      services: object(Object.fromEntries(serviceNames.map((name) => [name, oneOf('enabled', 'disabled', 'unknown')]))),
      label: nullable(filledText),
      ratePlan: nullable(filledText),
      account: nullable(filledText),
      tags: listOf(text),
      attributes: mapOf(text),
      firstActivatedAt: nullable(instant),
      raw: json,
    }),
  );

export const usageRecord = (provider: ProviderId): Shape =>
  both(
    json,
    object({
      id: filledText,
      provider: exactly(provider),
      account: nullable(filledText),
      iccid: nullable(iccid),
      simRef: nullable(filledText),
      msisdn: nullable(msisdn),
      kind: oneOf(...KINDS),
      direction: nullable(oneOf('outbound', 'inbound')),
      grain: oneOf(...GRAINS),
      startedAt: instant,
      endedAt: nullable(instant),
      processedAt: nullable(instant),
      bytes: nullable(object({ total: count, up: nullable(count), down: nullable(count) })),
      seconds: nullable(count),
      messages: nullable(count),
      charged: nullable(object({ quantity: amount, unit: filledText })),
      costType: oneOf('free', 'inBundle', 'outOfBundle', 'unknown'),
      cost: nullable(money),
      country: nullable(pattern(/^[A-Z]{2}$/, 'an ISO 3166-1 alpha-2 code')),
      operator: nullable(
        object({
          mcc: nullable(pattern(/^\d{3}$/, 'an MCC')),
          mnc: nullable(pattern(/^\d{2,3}$/, 'an MNC')),
          name: nullable(text),
        }),
      ),
      technology: nullable(text),
      roaming: nullable(boolean),
      finality: oneOf('provisional', 'settled', 'corrected'),
      raw: json,
    }),
  );

export const order = (provider: ProviderId): Shape =>
  both(
    json,
    object({
      provider: exactly(provider),
      id: filledText,
      type: known('activate', 'replace-sim', 'suspend', 'resume'),
      state: known('pending', 'completed', 'failed'),
      iccid: nullable(iccid),
      simRef: nullable(filledText),
      placedAt: nullable(instant),
      raw: json,
    }),
  );

export const template = (provider: ProviderId): Shape =>
  both(json, object({ provider: exactly(provider), id: filledText, name: nullable(text), raw: json }));

export const ratePlan = (provider: ProviderId): Shape =>
  both(json, object({ provider: exactly(provider), id: filledText, name: text }));

const DELIVERY_STATES = [
  'accepted',
  'queued',
  'sending',
  'buffered',
  'delivered',
  'failed',
  'expired',
  'cancelled',
  'rejected',
] as const;

export const delivery = (provider: ProviderId): Shape =>
  both(
    json,
    object({
      message: ref(provider),
      to: object({ iccid: nullable(iccid), msisdn: nullable(msisdn) }),
      direction: oneOf('outbound', 'inbound'),
      state: known(...DELIVERY_STATES),
      submittedAt: nullable(instant),
      text: nullable(text),
      raw: json,
    }),
  );

export const batchCheck = (provider: ProviderId): Shape =>
  both(
    json,
    object({
      provider: exactly(provider),
      code: filledText,
      registrable: boolean,
      quantity: nullable(count),
      reason: nullable(oneOf('already-registered', 'unknown-code', 'foreign-sims')),
    }),
  );

export const secrets = object({
  pin1: nullable(filledText),
  pin2: nullable(filledText),
  puk1: nullable(filledText),
  puk2: nullable(filledText),
});

import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { dateBound, iccids, ordering, paging, text } from './shapes.js';

/** int64: one beyond 2^53 arrives as text. */
const int64 = z.union([z.number(), z.string()]);

const callDetailRecord = z.object({
  id: z.union([z.string(), z.number()]),
  startDate: z.string(),
  endDate: text,
  origin: int64.nullish(),
  destination: int64.nullish(),
  country: text,
  network: text,
  /** `SMS_IN`, `SMS_OUT`, `DATA`; voice is not listed. */
  type: z.string(),
});

/** A call detail record as the vendor tells it. */
export type CallDetailRecord = z.output<typeof callDetailRecord>;

const filter = z.string().min(1).optional();

/** Kept for three months; newest first. */
export const listCallDetailRecords = operation({
  method: 'GET',
  path: '/api/v2.0/sims/{iccid}/cdrs/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: () => ({
    query: {
      ...paging,
      ordering,
      id: filter,
      duration: filter,
      origin: filter,
      destination: filter,
      location: filter,
      country: filter,
      network: filter,
      type: z.enum(['SMS_IN', 'SMS_OUT', 'DATA']).optional(),
      startDate_from: dateBound,
      startDate_to: dateBound,
      endDate_from: dateBound,
      endDate_to: dateBound,
      duration__gte: filter,
      duration__lte: filter,
    },
    response: z.array(callDetailRecord),
  }),
});

const reportTypes = [
  'INVENTORY',
  'LOCATION',
  'DATA_USAGE',
  'SMS_USAGE',
  'EVENT_RULES',
  'USAGE_RULES',
  'NOTIFICATIONS',
] as const;
const periods = [
  'PAST_7_DAYS',
  'PAST_14_DAYS',
  'PAST_30_DAYS',
  'PAST_3_MONTHS',
  'PAST_6_MONTHS',
  'PAST_1_YEAR',
] as const;

/** Builds a report and gives a link to it: changes nothing, so it may be repeated. `Hour` spans at most 7 days, `Day` 6 months. */
export const generateReport = operation({
  method: 'POST',
  path: '/api/v2.0/reports/generate/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  schemas: () => ({
    body: z.strictObject({
      report_type: z.enum(reportTypes),
      granularity: z.enum(['Month', 'Cycle', 'Day', 'Hour']),
      output_format: z.enum(['CSV', 'JSON']),
      iccid: iccids.optional(),
      tag: z.array(z.string().min(1)).min(1).optional(),
      all_sim_cards: z.boolean().optional(),
      billing_cycle: z.int().min(1).max(31).optional(),
      period: z.enum(periods).optional(),
      startDate: dateBound,
      endDate: dateBound,
    }),
    response: z.object({ detail: text, downloadUrl: text, validUntil: text }),
  }),
});

/** Handed on as it arrives: as many rows as SIMs times days. The link lives for an hour; after that it is answered 400. */
export const downloadReport = operation({
  method: 'GET',
  path: '/api/v2.0/reports/download/{pk}/',
  answer: 'text-stream',
  repeat: 'safe',
  lane: 'account',
  schemas: () => ({}),
});

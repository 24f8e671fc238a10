import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';
import { dateBound, iccids, ordering, paging, text } from './shapes.js';

/** int64: one beyond 2^53 arrives as text. */
const int64 = (z: Zod) => z.union([z.number(), z.string()]);

const callDetailRecord = (z: Zod) =>
  z.object({
    id: z.union([z.string(), z.number()]),
    startDate: z.string(),
    endDate: text(z),
    origin: int64(z).nullish(),
    destination: int64(z).nullish(),
    country: text(z),
    network: text(z),
    /** `SMS_IN`, `SMS_OUT`, `DATA`; voice is not listed. */
    type: z.string(),
  });

/** A call detail record as the vendor tells it. */
export type CallDetailRecord = z.output<ReturnType<typeof callDetailRecord>>;

const filter = (z: Zod) => z.string().min(1).optional();

/** Kept for three months; newest first. */
export const listCallDetailRecords = operation({
  method: 'GET',
  path: '/api/v2.0/sims/{iccid}/cdrs/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: (z) => ({
    query: {
      ...paging(z),
      ordering: ordering(z),
      id: filter(z),
      duration: filter(z),
      origin: filter(z),
      destination: filter(z),
      location: filter(z),
      country: filter(z),
      network: filter(z),
      type: z.enum(['SMS_IN', 'SMS_OUT', 'DATA']).optional(),
      startDate_from: dateBound(z),
      startDate_to: dateBound(z),
      endDate_from: dateBound(z),
      endDate_to: dateBound(z),
      duration__gte: filter(z),
      duration__lte: filter(z),
    },
    response: z.array(callDetailRecord(z)),
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
  schemas: (z) => ({
    body: z.strictObject({
      report_type: z.enum(reportTypes),
      granularity: z.enum(['Month', 'Cycle', 'Day', 'Hour']),
      output_format: z.enum(['CSV', 'JSON']),
      iccid: iccids(z).optional(),
      tag: z.array(z.string().min(1)).min(1).optional(),
      all_sim_cards: z.boolean().optional(),
      billing_cycle: z.int().min(1).max(31).optional(),
      period: z.enum(periods).optional(),
      startDate: dateBound(z),
      endDate: dateBound(z),
    }),
    response: z.object({ detail: text(z), downloadUrl: text(z), validUntil: text(z) }),
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

import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';
import { figure } from './shapes.js';

/** One traffic type in one period. `cost` and `currency` come only without inclusive volume. */
export const counter = (z: Zod) =>
  z.object({
    month: z.string().nullish(),
    volume: figure(z).nullish(),
    volume_rx: figure(z).nullish(),
    volume_tx: figure(z).nullish(),
    cost: figure(z).nullish(),
    currency: z.object({ code: z.string().nullish() }).nullish(),
    last_updated: z.string().nullish(),
  });
export type Counter = z.output<ReturnType<typeof counter>>;

const period = (z: Zod) => z.object({ data: counter(z).nullish(), sms: counter(z).nullish() });
export type Period = z.output<ReturnType<typeof period>>;

/** A month without traffic is left out. */
const simStatistics = (z: Zod) =>
  z.object({
    last_month: period(z).nullish(),
    current_month: period(z).nullish(),
    /** Two shapes are documented: the monthly one, and series by the minute. */
    last_hour: z.unknown().optional(),
  });
export type SimStatistics = z.output<ReturnType<typeof simStatistics>>;

const dailyStatistics = (z: Zod) =>
  z.object({
    /** `YYYY-MM-DD`, or a label such as TOTAL. */
    date: z.string(),
    data: counter(z).nullish(),
    sms: counter(z).nullish(),
    sat_geo_data: counter(z).nullish(),
    sat_geo_sms: counter(z).nullish(),
  });
export type DailyStatistics = z.output<ReturnType<typeof dailyStatistics>>;

const day = (z: Zod) => z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected YYYY-MM-DD');

export const getSimStats = operation({
  method: 'GET',
  path: '/api/v1/sim/{sim_id}/stats',
  answer: 'json',
  repeat: 'safe',
  lane: 'sim-stats',
  schemas: (z) => ({ response: z.array(simStatistics(z)) }),
});

export const getSimDailyStats = operation({
  method: 'GET',
  path: '/api/v1/sim/{sim_id}/stats/daily',
  answer: 'json',
  repeat: 'safe',
  lane: 'sim-stats',
  schemas: (z) => ({
    query: { start_date: day(z).optional(), end_date: day(z).optional() },
    response: z.array(dailyStatistics(z)),
  }),
});

import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { figure } from './shapes.js';

/** One traffic type in one period. `cost` and `currency` come only without inclusive volume. */
export const counter = z.object({
  month: z.string().nullish(),
  volume: figure.nullish(),
  volume_rx: figure.nullish(),
  volume_tx: figure.nullish(),
  cost: figure.nullish(),
  currency: z.object({ code: z.string().nullish() }).nullish(),
  last_updated: z.string().nullish(),
});
export type Counter = z.output<typeof counter>;

const period = z.object({ data: counter.nullish(), sms: counter.nullish() });
export type Period = z.output<typeof period>;

/** A month without traffic is left out. */
const simStatistics = z.object({
  last_month: period.nullish(),
  current_month: period.nullish(),
  /** Two shapes are documented: the monthly one, and series by the minute. */
  last_hour: z.unknown().optional(),
});
export type SimStatistics = z.output<typeof simStatistics>;

const dailyStatistics = z.object({
  /** `YYYY-MM-DD`, or a label such as TOTAL. */
  date: z.string(),
  data: counter.nullish(),
  sms: counter.nullish(),
  sat_geo_data: counter.nullish(),
  sat_geo_sms: counter.nullish(),
});
export type DailyStatistics = z.output<typeof dailyStatistics>;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected YYYY-MM-DD');

export const getSimStats = operation({
  method: 'GET',
  path: '/api/v1/sim/{sim_id}/stats',
  answer: 'json',
  repeat: 'safe',
  lane: 'sim-stats',
  schemas: () => ({ response: z.array(simStatistics) }),
});

export const getSimDailyStats = operation({
  method: 'GET',
  path: '/api/v1/sim/{sim_id}/stats/daily',
  answer: 'json',
  repeat: 'safe',
  lane: 'sim-stats',
  schemas: () => ({
    query: { start_date: day.optional(), end_date: day.optional() },
    response: z.array(dailyStatistics),
  }),
});

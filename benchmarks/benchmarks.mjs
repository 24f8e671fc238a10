import { imports } from './imports.mjs';
import { ledger } from './ledger.mjs';
import { limits } from './limits.mjs';
import { list } from './list.mjs';
import { runs } from './runs.mjs';
import { stream } from './stream.mjs';

/** Every benchmark by its name: what it shows, how it is run, and how small it can be made to tell only that it still works. */
export const benchmarks = {
  list: {
    title: 'Listing SIMs',
    run: list,
    small: { sims: 1000, rounds: 1, latencyMs: 1 },
  },
  stream: {
    title: 'Streaming',
    run: stream,
    small: { records: 3000, sims: 1000, rounds: 1 },
  },
  imports: {
    title: 'Imports',
    run: imports,
    small: { rounds: 1 },
  },
  runs: {
    title: 'Bulk runs',
    run: runs,
    small: { sims: 100 },
  },
  ledger: {
    title: 'The usage ledger',
    run: ledger,
    small: { records: 2000, rows: 10_000 },
  },
  limits: {
    title: "The vendors' limits",
    run: limits,
    small: { periods: { truphone: 1 / 40, emnify: 1 / 200, subscriptions: 1 / 40 } },
  },
};

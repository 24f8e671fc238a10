import type { Scope } from '../../ports/scope.js';
import type { JobHead } from '../intake/job-head.js';
import { orderWork } from './order-work.js';
import { sendWork } from './send-work.js';
import { simWork } from './sim-work.js';
import type { Work } from './work.js';

/** Hands the work of a job to a function that does not care of which kind its items are. */
export function withWork<R>(scope: Scope, job: JobHead, use: <I>(work: Work<I>) => R): R {
  switch (job.type) {
    case 'send':
      return use(sendWork(scope, job));
    case 'orders':
      return use(orderWork(scope));
    default:
      return use(simWork(scope, job));
  }
}

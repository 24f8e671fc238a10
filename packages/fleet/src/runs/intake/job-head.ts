import { inputErrors, isSettableState } from '@carrierkit/core';
import type { Items, Job } from '../runs.js';

type HeadOf<J> = J extends { readonly type: 'send' }
  ? Omit<J, 'to'>
  : J extends { readonly type: 'orders' }
    ? Omit<J, 'orders'>
    : Omit<J, 'sims'>;

/** A job without its items: what is the same for all of them. */
export type JobHead = HeadOf<Job>;

export function headOf(job: Job): JobHead {
  switch (job.type) {
    case 'send': {
      const { to: _, ...head } = job;
      return head;
    }
    case 'orders':
      return { type: job.type };
    default: {
      const { sims: _, ...head } = job;
      return head;
    }
  }
}

export function itemsOf(job: Job): Items<unknown> {
  switch (job.type) {
    case 'send':
      return job.to;
    case 'orders':
      return job.orders;
    default:
      return job.sims;
  }
}

/** What is the same for all items is wrong for all of them: better said once than in every outcome. */
export function assertJob(job: Job): void {
  const issues = issuesOf(job);
  if (issues.length > 0) throw inputErrors(issues);
}

function issuesOf(job: Job): readonly { readonly path: string; readonly message: string }[] {
  switch (job.type) {
    case 'change':
      return isSettableState(job.to) ? [] : [{ path: 'to', message: 'is no state that a SIM can be set to' }];
    case 'services':
      return Object.keys(job.services).length > 0 ? [] : [{ path: 'services', message: 'names no service' }];
    case 'ratePlan':
      return job.plan ? [] : [{ path: 'plan', message: 'is empty' }];
    case 'send':
      return job.text ? [] : [{ path: 'text', message: 'is empty' }];
    case 'orders':
      return [];
    default:
      return [{ path: 'type', message: 'is none of change, services, ratePlan, orders and send' }];
  }
}

import type { Items, Job } from './runs.js';

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

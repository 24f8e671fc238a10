import {
  type CallOptions,
  ConnectivityError,
  type ErrorInfo,
  type Provider,
  plan,
  type SettableState,
  type SimTarget,
  type Transition,
  toErrorInfo,
} from '@carrierkit/core';
import type { Scope } from '../../ports/scope.js';
import { limited } from '../../routing/limited.js';
import type { Job, RunPlan } from '../runs.js';
import { withWork } from '../work/with-work.js';
import { takeIn } from './intake.js';
import { headOf, itemsOf } from './job-head.js';

const READ_AT_ONCE = 500;

/** Checks a job and counts what it would take. Reads SIMs only where their state decides whether a move can be undone. */
export async function planRun(scope: Scope, job: Job, options: CallOptions): Promise<RunPlan> {
  const reading: CallOptions = { priority: 'bulk', ...options };
  const problems: ErrorInfo[] = [];
  const counts = new Map<Provider, number>();
  const moves = job.type === 'change' ? new Moves(job.to, reading) : null;
  const sizeAt = await withWork(scope, headOf(job), async (work) => {
    for await (const entry of takeIn(work, itemsOf(job), reading)) {
      if ('outcome' in entry) problems.push(entry.error);
      else {
        counts.set(entry.provider, (counts.get(entry.provider) ?? 0) + 1);
        await moves?.add(entry.provider, entry.what as SimTarget);
      }
    }
    return work.sizeAt;
  });
  await moves?.end();
  const calls = [...counts].map(
    ([provider, items]) => [provider.id, Math.ceil(items / sizeAt(provider.capabilities))] as const,
  );
  return {
    items: [...counts.values()].reduce((sum, items) => sum + items, 0),
    problems: [...problems, ...(moves?.problems ?? [])],
    irreversible: moves?.irreversible ?? 0,
    billing: [...(moves?.billing ?? [])],
    calls: Object.fromEntries(calls),
  };
}

/** What the vendors' transition tables say about moves to one state. */
class Moves {
  irreversible = 0;
  readonly billing = new Set<string>();
  readonly problems: ErrorInfo[] = [];
  readonly #to: SettableState;
  readonly #options: CallOptions;
  #unread: { readonly provider: Provider; readonly sim: SimTarget }[] = [];

  constructor(to: SettableState, options: CallOptions) {
    this.#to = to;
    this.#options = options;
  }

  async add(provider: Provider, sim: SimTarget): Promise<void> {
    const rules = provider.capabilities.transitions.rules.filter(({ to, by }) => to === this.#to && by === 'customer');
    if (this.#to === 'retired') this.irreversible += 1;
    else if (rules.some(({ reversible }) => !reversible)) {
      // Which rule holds depends on the state: in an open table there may be moves that no rule tells of.
      this.#unread.push({ provider, sim });
      if (this.#unread.length >= READ_AT_ONCE) await this.#read();
      return;
    }
    this.#note(rules);
  }

  async end(): Promise<void> {
    await this.#read();
  }

  async #read(): Promise<void> {
    const batch = this.#unread;
    this.#unread = [];
    const parallel = Math.max(1, ...batch.map(({ provider }) => provider.capabilities.parallelCalls));
    await limited(batch, parallel, async ({ provider, sim }) => {
      try {
        const { state } = await provider.inventory.get(sim, this.#options);
        const { steps } = plan(provider.capabilities.transitions, state.value, this.#to);
        const [only, ...more] = steps;
        if (!only || more.length > 0) return;
        this.#note([only]);
        if (!only.reversible) this.irreversible += 1;
      } catch (thrown) {
        if (!ConnectivityError.is(thrown)) throw thrown;
        this.problems.push(toErrorInfo(thrown, { provider: provider.id }));
      }
    });
  }

  #note(rules: readonly Transition[]): void {
    for (const { billing } of rules) if (billing !== null) this.billing.add(billing);
  }
}

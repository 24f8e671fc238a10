import type {
  CallOptions,
  Capabilities,
  Grain,
  Iccid,
  Instant,
  PagedList,
  Provider,
  Sim,
  SimTarget,
  TimeWindow,
  UsageKind,
  UsageRecord,
  UsageSource,
} from '@carrierkit/core';
import { paged, simTargetIccid, usageCellId } from '@carrierkit/core';

export const NOW = Date.parse('2026-11-25T12:00:00Z');

export function at(text: string): Instant {
  return new Date(text).toISOString() as Instant;
}

export function iccid(index: number): Iccid {
  return `894447${String(index).padStart(13, '0')}` as Iccid;
}

export function source(over: Partial<UsageSource> = {}): UsageSource {
  return {
    kinds: ['data'],
    grain: 'day',
    scope: 'account',
    windowDays: 31,
    retentionDays: null,
    settlesAfterHours: 48,
    tells: { direction: false, country: true, cost: true },
    unit: null,
    ...over,
  };
}

export function sim(provider: string, index: number, over: Partial<Sim> = {}): Sim {
  return {
    provider,
    iccid: iccid(index),
    ref: `ref-${index}`,
    eid: null,
    imsis: [],
    msisdns: [],
    imei: null,
    state: { value: 'active', raw: 'ACTIVE' },
    services: { data: 'unknown', smsMo: 'unknown', smsMt: 'unknown', voiceMo: 'unknown', voiceMt: 'unknown' },
    label: null,
    ratePlan: null,
    account: null,
    tags: [],
    attributes: {},
    firstActivatedAt: null,
    raw: null,
    ...over,
  };
}

export function record(over: Partial<UsageRecord> & { readonly startedAt: Instant }): UsageRecord {
  const cell: UsageRecord = {
    id: '',
    provider: 'one',
    account: null,
    iccid: iccid(1),
    simRef: null,
    msisdn: null,
    kind: 'data',
    direction: null,
    grain: 'day',
    endedAt: null,
    processedAt: null,
    bytes: null,
    seconds: null,
    messages: null,
    charged: null,
    costType: 'unknown',
    cost: null,
    country: null,
    operator: null,
    technology: null,
    roaming: null,
    finality: 'settled',
    raw: { told: true },
    ...over,
  };
  return { ...cell, id: over.id ?? usageCellId(cell) };
}

export function data(total: number, over: Partial<UsageRecord> & { readonly startedAt: Instant }): UsageRecord {
  return record({ bytes: { total, up: null, down: null }, ...over });
}

interface Query {
  readonly window: TimeWindow;
  readonly kinds?: readonly UsageKind[];
  readonly grain?: Grain;
  readonly sims?: readonly SimTarget[];
}

/** A carrier in memory: tells what stands in `records`, in pages of three, and fails where `failWhen` says so. */
export class FakeCarrier {
  readonly id: string;
  sims: Sim[];
  records: UsageRecord[];
  sources: UsageSource[];
  /** Called for each page of usage with the number of items told before it; throws to fail there. */
  failWhen: (query: Query, toldBefore: number) => void = () => {};
  failInventory: () => void = () => {};
  readonly queries: Query[] = [];

  constructor(
    id: string,
    facts: { readonly sims?: Sim[]; readonly records?: UsageRecord[]; readonly sources?: UsageSource[] } = {},
  ) {
    this.id = id;
    this.sims = facts.sims ?? [sim(id, 1)];
    this.records = facts.records ?? [];
    this.sources = facts.sources ?? [source()];
  }

  get provider(): Provider {
    const capabilities: Pick<Capabilities, 'usage' | 'parallelCalls'> = { usage: this.sources, parallelCalls: 4 };
    return {
      specVersion: 1,
      id: this.id,
      adapter: 'fake',
      // Only what a sync looks at; the rest of a provider is not its business.
      capabilities: capabilities as Capabilities,
      inventory: {
        list: () =>
          this.#pages(
            () => this.sims,
            () => this.failInventory(),
          ),
        get: () => Promise.reject(new Error('a sync lists')),
      },
      lifecycle: { change: () => Promise.resolve([]), confirm: () => Promise.resolve([]) },
      usage: { records: (query: Query, options?: CallOptions) => this.#usage(query, options) },
      client: null,
      check: () => Promise.resolve(null),
      close: () => Promise.resolve(),
    };
  }

  #usage(query: Query, options: CallOptions | undefined): PagedList<UsageRecord> {
    this.queries.push(query);
    const wanted = query.sims && new Set<string>(query.sims.map(simTargetIccid));
    const told = () =>
      this.records.filter(
        (entry) =>
          entry.startedAt >= query.window.from &&
          entry.startedAt < query.window.to &&
          (query.kinds?.includes(entry.kind) ?? true) &&
          (query.grain === undefined || entry.grain === query.grain) &&
          (wanted === undefined || (entry.iccid !== null && wanted.has(entry.iccid))),
      );
    return this.#pages(told, (before) => this.failWhen(query, before), options);
  }

  #pages<T>(items: () => readonly T[], beforePage: (told: number) => void, options?: CallOptions): PagedList<T> {
    return paged(({ cursor }) => {
      const start = Number(cursor ?? 0);
      try {
        options?.signal?.throwIfAborted();
        beforePage(start);
      } catch (error) {
        return Promise.reject(error as Error);
      }
      const all = items();
      return Promise.resolve({
        items: all.slice(start, start + 3),
        next: start + 3 < all.length ? String(start + 3) : null,
        total: null,
      });
    }, options);
  }
}

import type {
  CallOptions,
  Instant,
  PagedList,
  TimeWindow,
  Usage,
  UsageKind,
  UsageRecord,
  UsageSource,
} from '@carrierkit/core';
import { expect } from 'vitest';
import { type Check, notProven, required, wanted } from '../check.js';
import { usageRecord } from '../shapes/model.js';
import { listOf } from '../shapes/shape.js';
import type { Subject } from '../subject.js';
import { collect } from '../support/collect.js';
import { expectShape } from '../support/expect-shape.js';
import { expectRejection } from '../support/rejection.js';
import { pagingChecks } from './paging.js';

const DAY_MS = 86_400_000;

const check = (promise: string, run: (subject: Subject) => Promise<void>): Check => ({
  name: `usage.records: ${promise}`,
  ability: 'usage.records',
  run,
});

const usage = ({ provider }: Subject): Usage => required(provider.usage, 'usage', 'usage.records');
const known = ({ fleet }: Subject) => required(fleet.usage, 'usage', 'usage.records');

const open = (
  subject: Subject,
  query: Partial<Parameters<Usage['records']>[0]> = {},
  options?: CallOptions,
): PagedList<UsageRecord> => usage(subject).records({ window: known(subject).window, ...query }, options);
const read = (subject: Subject, source: UsageSource, window?: TimeWindow): Promise<readonly UsageRecord[]> =>
  collect(open(subject, { kinds: source.kinds, grain: source.grain, ...(window && { window }) }));
const nameOf = (source: UsageSource): string => `${source.kinds.join('+')} by ${source.grain}`;
const idsOf = (records: readonly UsageRecord[]): readonly string[] => records.map((record) => record.id).sort();

/** Runs for every declared source; fails when none has a record, for then nothing was examined. */
const eachSource =
  (run: (subject: Subject, source: UsageSource, records: readonly UsageRecord[]) => Promise<void> | void) =>
  async (subject: Subject): Promise<void> => {
    let seen = 0;
    for (const source of subject.provider.capabilities.usage) {
      const records = await read(subject, source);
      seen += records.length;
      await run(subject, source, records);
    }
    expect(seen, 'records in the window of the known fleet').toBeGreaterThan(0);
  };

export const usageChecks: readonly Check[] = [
  ...pagingChecks<UsageRecord>({
    ability: 'usage.records',
    what: 'usage records',
    open: (subject, options) => open(subject, firstSource(subject), options),
    key: (record) => record.id,
    shape: ({ provider }) => usageRecord(provider.id),
    sized: false,
  }),
  check(
    'each source gives its kinds and its grain, in full shape',
    eachSource(({ provider }, source, records) => {
      expectShape(records, listOf(usageRecord(provider.id)), nameOf(source));
      for (const record of records) {
        expect(source.kinds, `kind in ${nameOf(source)}`).toContain(record.kind);
        expect(record.grain, `grain in ${nameOf(source)}`).toBe(source.grain);
      }
    }),
  ),
  check(
    'no record starts outside the half-open window',
    eachSource((subject, source, records) => {
      const { from, to } = known(subject).window;
      const outside = records.filter((record) => record.startedAt < from || record.startedAt >= to);
      expect(
        outside.map((record) => record.startedAt),
        `starts outside, ${nameOf(source)}`,
      ).toEqual([]);
    }),
  ),
  check('two windows side by side hold what the whole holds', async (subject) => {
    const { from, to } = known(subject).window;
    const middle = middleDay(from, to) ?? notProven('the window of the known fleet is shorter than two days');
    const sources = subject.provider.capabilities.usage.filter((source) => source.grain !== 'month');
    if (sources.length === 0) notProven('every source has the grain month');
    for (const source of sources) {
      const parts = [
        ...(await read(subject, source, { from, to: middle })),
        ...(await read(subject, source, { from: middle, to })),
      ];
      expect(idsOf(parts), `${nameOf(source)} cut at ${middle}`).toEqual(idsOf(await read(subject, source)));
    }
  }),
  check(
    'an id names one record and stays the same',
    eachSource(async (subject, source, records) => {
      const ids = idsOf(records);
      expect(
        ids.filter((id, index) => id === ids[index - 1]),
        `ids given twice, ${nameOf(source)}`,
      ).toEqual([]);
      expect(idsOf(await read(subject, source)), `ids of a second read, ${nameOf(source)}`).toEqual(ids);
    }),
  ),
  check(
    'a source tells no more than it declares',
    eachSource((_, source, records) => {
      const { tells } = source;
      for (const record of records) {
        if (!tells.direction) expect(record.direction, `direction, ${nameOf(source)}`).toBeNull();
        if (!tells.country) expect(record.country, `country, ${nameOf(source)}`).toBeNull();
        if (!tells.cost) expect(record.cost, `cost, ${nameOf(source)}`).toBeNull();
      }
    }),
  ),
  check(
    'records of chosen SIMs are theirs alone',
    eachSource(async (subject, source, records) => {
      const iccid = records.find((record) => record.iccid !== null)?.iccid;
      if (!iccid) return;
      const query = { kinds: source.kinds, grain: source.grain, sims: [iccid] };
      const chosen = await collect(open(subject, query));
      expect(idsOf(chosen), `${nameOf(source)} of one SIM`).toEqual(
        idsOf(records.filter((record) => record.iccid === iccid)),
      );
      const nobody = await collect(open(subject, { ...query, sims: [] }));
      expect(idsOf(nobody), `${nameOf(source)} of no SIM`).toEqual([]);
    }),
  ),
  check('the sums are what the vendor knows', async (subject) => {
    const truth = wanted(known(subject).truth, 'usage.truth');
    for (const { kind, ...expected } of truth)
      for (const source of subject.provider.capabilities.usage.filter((one) => one.kinds.includes(kind))) {
        const records = (await read(subject, source)).filter((record) => record.kind === kind);
        for (const measure of ['bytes', 'seconds', 'messages'] as const)
          if (expected[measure] !== undefined)
            expect(sum(records, measure), `${measure} of ${kind}, ${nameOf(source)}`).toBe(expected[measure]);
      }
  }),
  check('a window that ends before it begins is refused', async (subject) => {
    const { from, to } = known(subject).window;
    await expectRejection(subject.provider, 'input', async () =>
      collect(open(subject, { window: { from: to, to: from } })),
    );
  }),
];

function firstSource({ provider }: Subject): {
  readonly kinds: readonly UsageKind[];
  readonly grain: UsageSource['grain'];
} {
  const { kinds, grain } = required(provider.capabilities.usage[0], 'capabilities.usage', 'usage.records');
  return { kinds, grain };
}

function middleDay(from: Instant, to: Instant): Instant | null {
  const days = Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS);
  return days < 2 ? null : (new Date(Date.parse(from) + Math.floor(days / 2) * DAY_MS).toISOString() as Instant);
}

function sum(records: readonly UsageRecord[], measure: 'bytes' | 'seconds' | 'messages'): number {
  const amounts = records.map((record) => (measure === 'bytes' ? record.bytes?.total : record[measure]) ?? 0);
  return amounts.reduce((total, amount) => total + amount, 0);
}

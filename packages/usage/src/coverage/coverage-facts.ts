import type { ErrorInfo, Grain, UsageKind } from '@carrierkit/core';
import type { Row } from '../ledger/database-file.js';
import { knownSims } from '../ledger/known-sims.js';
import type { LedgerReader } from '../ledger/ledger.js';
import { INVENTORY, WHOLE_ACCOUNT } from '../ledger/reads.js';
import { isOneOf, text, textList, timestamp } from '../ledger/sql.js';
import type { CoverageEntry, CoverageRequest } from './coverage.js';
import type { TimeRange } from './time-ranges.js';

export interface SourceFacts {
  readonly provider: string;
  readonly source: string;
  readonly kinds: readonly UsageKind[];
  readonly grain: Grain | null;
  readonly scope: 'account' | 'sim';
  /** Declared by the adapter, and not disproved by records of which none has a cost. */
  readonly costTold: boolean;
  readonly unit: CoverageEntry['unit'];
}

/** SIMs of one source that were there and were read for the same times. A fleet has few patterns, however many SIMs it has. */
export interface ReadPattern {
  readonly provider: string;
  readonly source: string;
  readonly wholeAccount: boolean;
  /** The latest attempt at these SIMs failed; what stands here is older. */
  readonly failed: boolean;
  /** When these SIMs were there, as far as the window goes. */
  readonly there: TimeRange;
  readonly ranges: readonly TimeRange[];
  readonly sims: number;
  readonly readAt: number;
  readonly settledTo: number;
}

export interface FailureFacts {
  readonly provider: string;
  readonly source: string;
  readonly wholeAccount: boolean;
  readonly range: TimeRange;
  readonly sims: number;
  readonly error: ErrorInfo;
}

export interface CoverageFacts {
  readonly sources: readonly SourceFacts[];
  readonly patterns: readonly ReadPattern[];
  readonly failures: readonly FailureFacts[];
  readonly expected: ReadonlyMap<string, number>;
}

/** Everything the coverage of a window is made of, in one look at the ledger. */
export async function readCoverageFacts(ledger: LedgerReader, request: CoverageRequest): Promise<CoverageFacts> {
  const provider = request.providers ? isOneOf('provider', request.providers) : 'true';
  const kinds = request.kinds ? `(list_has_any(kinds, ${textList(request.kinds)}) OR len(kinds) = 0)` : 'true';
  const overlaps = `${provider} AND window_from < ${timestamp(request.window.to)} AND window_to > ${timestamp(request.window.from)}`;
  const [from, to] = [timestamp(request.window.from), timestamp(request.window.to)];
  const found = await ledger.query(`WITH known AS (${knownSims(request.window)}),
    failed AS (SELECT DISTINCT provider, source, iccid FROM failures WHERE ${overlaps}),
    costs AS (SELECT c.provider, c.source, bool_or(u.cost IS NOT NULL) AS told
      FROM usage u JOIN sources c ON c.tells_cost AND c.provider = u.provider AND c.grain = u.grain AND list_contains(c.kinds, u.kind)
      WHERE u.started_at >= ${from} AND u.started_at < ${to} GROUP BY c.provider, c.source)
    SELECT 'source' AS what, to_json({p: s.provider, s: s.source, kinds: kinds, grain: grain, scope: scope,
      cost: tells_cost AND coalesce(told, true), unit: unit}) AS facts
    FROM (FROM sources WHERE ${provider} AND ${kinds}) s LEFT JOIN costs ON costs.provider = s.provider AND costs.source = s.source
    UNION ALL
    SELECT 'pattern', to_json({p: provider, s: source, whole: whole, failed: failed, f: epoch_ms(came), t: epoch_ms(gone), ranges: ranges,
      sims: count(*), readAt: min(read_at), settledTo: min(settled_to)})
    FROM (SELECT r.provider, r.source, r.iccid = ${text(WHOLE_ACCOUNT)} AS whole, failed.iccid IS NOT NULL AS failed,
            coalesce(greatest(known.came_after, ${from}), ${from}) AS came, coalesce(least(known.left_at, ${to}), ${to}) AS gone,
            ranges, read_at, settled_to
          FROM (SELECT provider, source, iccid,
                  list({f: epoch_ms(window_from), t: epoch_ms(window_to)} ORDER BY window_from) AS ranges,
                  epoch_ms(min(read_at)) AS read_at,
                  epoch_ms(min(CASE WHEN settled_to < window_to THEN settled_to ELSE TIMESTAMP '9999-01-01' END)) AS settled_to
                FROM reads WHERE ${overlaps} GROUP BY provider, source, iccid) r
          LEFT JOIN known ON known.provider = r.provider AND known.iccid = r.iccid
          LEFT JOIN failed ON failed.provider = r.provider AND failed.source = r.source AND failed.iccid = r.iccid
          WHERE r.iccid = ${text(WHOLE_ACCOUNT)} OR known.iccid IS NOT NULL)
    GROUP BY provider, source, whole, failed, came, gone, ranges
    UNION ALL
    SELECT 'failure', to_json({p: provider, s: source, whole: iccid = ${text(WHOLE_ACCOUNT)}, f: epoch_ms(min(window_from)), t: epoch_ms(max(window_to)),
      sims: count(DISTINCT iccid), error: arg_max(error, failed_at)})
    FROM failures WHERE ${overlaps} GROUP BY provider, source, iccid = ${text(WHOLE_ACCOUNT)}
    UNION ALL
    SELECT 'expected', to_json({p: s.provider, sims: (SELECT count(*) FROM known WHERE known.provider = s.provider)})
    FROM (SELECT DISTINCT provider FROM inventory_snapshots WHERE ${provider}) s`);
  const facts = (what: string) => found.filter((row) => row['what'] === what).map(parse);
  return {
    sources: facts('source')
      .map(sourceFacts)
      .toSorted((a, b) => (`${a.provider} ${a.source}` < `${b.provider} ${b.source}` ? -1 : 1)),
    patterns: facts('pattern').map(readPattern),
    failures: facts('failure').map(failureFacts),
    expected: new Map(facts('expected').map((fact) => [String(fact['p']), Number(fact['sims'])])),
  };
}

// What `to_json` of the query above makes; the ledger itself wrote every value.
type Fact = Row;

function parse(row: Row): Fact {
  return JSON.parse(String(row['facts'])) as Fact;
}

function sourceFacts(fact: Fact): SourceFacts {
  return {
    provider: String(fact['p']),
    source: String(fact['s']),
    kinds: fact['kinds'] as UsageKind[],
    grain: fact['s'] === INVENTORY ? null : (fact['grain'] as Grain),
    scope: fact['scope'] as 'account' | 'sim',
    costTold: fact['cost'] === true,
    unit: fact['unit'] as CoverageEntry['unit'],
  };
}

function readPattern(fact: Fact): ReadPattern {
  return {
    provider: String(fact['p']),
    source: String(fact['s']),
    wholeAccount: fact['whole'] === true,
    failed: fact['failed'] === true,
    there: { from: Number(fact['f']), to: Number(fact['t']) },
    ranges: (fact['ranges'] as { f: number; t: number }[]).map(({ f, t }) => ({ from: f, to: t })),
    sims: Number(fact['sims']),
    readAt: Number(fact['readAt']),
    settledTo: Number(fact['settledTo']),
  };
}

function failureFacts(fact: Fact): FailureFacts {
  return {
    provider: String(fact['p']),
    source: String(fact['s']),
    wholeAccount: fact['whole'] === true,
    range: { from: Number(fact['f']), to: Number(fact['t']) },
    sims: Number(fact['sims']),
    error: fact['error'] as ErrorInfo,
  };
}

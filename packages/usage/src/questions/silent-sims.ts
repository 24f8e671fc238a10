import type { Iccid, Instant, ProviderId } from '@carrierkit/core';
import { inputError, toInstant } from '@carrierkit/core';
import { type CoverageEntry, coverageOf } from '../coverage/coverage.js';
import type { Row } from '../ledger/database-file.js';
import type { Ledger, LedgerReader } from '../ledger/ledger.js';
import { instantText, isOneOf, timestamp } from '../ledger/sql.js';
import { FIGURES_OF_GROUP, figuresByCurrencySql, figuresOf } from '../report/figures.js';
import { hasOneGrain, selectionSql } from '../report/selection.js';
import type { UsageFigures } from '../report/usage-report.js';

/**
 * `silent`: active and never used. `charged-idle`: costs money without being used. `used-while-off`: used between two inventories that both called it
 * suspended, blocked or retired; what came before the first of them is no evidence.
 */
export type SilentFinding = 'silent' | 'charged-idle' | 'used-while-off';

/** One such SIM. */
export interface SilentSim {
  readonly finding: SilentFinding;
  readonly provider: ProviderId;
  readonly iccid: Iccid;
  readonly label: string | null;
  /** As of the last inventory. */
  readonly state: string;
  /** The last usage that the ledger knows of, also before the window; null = it knows of none. */
  readonly lastUsedAt: Instant | null;
  /** Of the window; for `used-while-off` of the time while it was off. */
  readonly figures: UsageFigures;
}

/** Where and how far back to look. */
export interface SilentOptions {
  readonly ledger: Ledger;
  /** How many whole UTC days before today the window begins. */
  readonly days: number;
  readonly providers?: readonly ProviderId[];
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}

/** The SIMs that deserve a question, and how much of the truth was read. */
export interface SilentReport {
  readonly schema: 'carrierkit.silent-sims/1';
  readonly window: { readonly from: Instant; readonly to: Instant };
  /** Nobody is silent who was not read: look here first. */
  readonly coverage: readonly CoverageEntry[];
  readonly sims: readonly SilentSim[];
}

const DAY_MS = 86_400_000;
const OFF = ['suspended', 'blocked', 'retired'];
/** When the state of `i` was told for the last time: by the inventory before the one that told another, else by the last there was. */
const LAST_SEEN = `(SELECT max(n.read_at) FROM inventory_snapshots n WHERE n.provider = i.provider AND (i.seen_to IS NULL OR n.read_at < i.seen_to))`;
const SEEN_OFF = [
  isOneOf('i.state', OFF),
  'u.started_at >= i.seen_from',
  `coalesce(u.ended_at, u.started_at) <= ${LAST_SEEN}`,
];
const USED = '(coalesce(u.bytes, 0) > 0 OR coalesce(u.seconds, 0) > 0 OR coalesce(u.messages, 0) > 0)';

/**
 * SIMs that deserve a question: active ones without any usage in the last `days` days, such as cost money without being used, and such as were used
 * while they were off. What a SIM was at a time is what the inventories before and after it said.
 * @throws `input` where `days` is no positive whole number
 */
export async function silentSims({ ledger, days, providers, clock = Date.now }: SilentOptions): Promise<SilentReport> {
  if (!Number.isSafeInteger(days) || days < 1) throw inputError('days', 'expected a positive whole number');
  const now = clock();
  const window = { from: toInstant((Math.floor(now / DAY_MS) - days) * DAY_MS), to: toInstant(now) };
  return ledger.read(async (reader) => ({
    schema: 'carrierkit.silent-sims/1',
    window,
    coverage: await coverageOf(reader, { window, now, ...(providers && { providers }) }),
    sims: await findings(reader, window, providers),
  }));
}

async function findings(
  reader: LedgerReader,
  window: SilentReport['window'],
  providers: readonly ProviderId[] | undefined,
): Promise<readonly SilentSim[]> {
  const selection = {
    window,
    conditions: providers ? [isOneOf('u.provider', providers)] : [],
    needsInventory: false,
    tags: null,
    oneGrain: await hasOneGrain(reader),
    prorated: null,
  };
  const figures = (by: { readonly inventory: boolean }, more: readonly string[]) => {
    const conditions = [...selection.conditions, 'u.iccid IS NOT NULL', ...more];
    const from = selectionSql({ ...selection, conditions }, { ...by, tag: false });
    return `SELECT who AS provider, card AS iccid, ${FIGURES_OF_GROUP}
      FROM (${figuresByCurrencySql({ who: 'u.provider', card: 'u.iccid' }, from)}) GROUP BY who, card`;
  };
  const unused = '(coalesce(f.bytes, 0) = 0 AND coalesce(f.seconds, 0) = 0 AND coalesce(f.messages, 0) = 0)';
  const [from, to] = [timestamp(window.from), timestamp(window.to)];
  const found = await reader.query(`WITH
    sims AS (SELECT provider, iccid, label, state FROM inventory_validity WHERE seen_to IS NULL ${providers ? `AND ${isOneOf('provider', providers)}` : ''}),
    -- Active all the time, as far as the inventories tell: a SIM that came yesterday is not silent for a month.
    active AS (SELECT provider, iccid FROM inventory_validity WHERE effective_from < ${to} AND effective_to > ${from}
      GROUP BY provider, iccid HAVING bool_and(state = 'active') AND min(effective_from) <= ${from}),
    -- Read on every whole day of the window, for every kind that its provider tells: who was not read may have used anything.
    days AS (SELECT unnest(generate_series(${from}, ${to} - INTERVAL 1 DAY, INTERVAL 1 DAY)) AS day),
    told AS (SELECT DISTINCT provider, source, unnest(kinds) AS kind FROM sources),
    wanted AS (SELECT provider, count(DISTINCT kind) * (SELECT count(*) FROM days) AS cells FROM told GROUP BY provider),
    read_cells AS (SELECT DISTINCT r.provider, r.iccid, t.kind, d.day FROM reads r JOIN told t USING (provider, source)
      JOIN days d ON r.window_from <= d.day AND r.window_to >= d.day + INTERVAL 1 DAY),
    read AS (SELECT s.provider, s.iccid FROM sims s JOIN read_cells c ON c.provider = s.provider AND (c.iccid = s.iccid OR c.iccid = '*')
      JOIN wanted w ON w.provider = s.provider GROUP BY s.provider, s.iccid HAVING count(DISTINCT (c.kind, c.day)) >= any_value(w.cells)),
    usage_of AS (${figures({ inventory: false }, [])}),
    off_usage AS (${figures({ inventory: true }, [...SEEN_OFF, USED])}),
    charged AS (SELECT DISTINCT u.provider, u.iccid FROM usage u WHERE u.started_at >= ${from} AND u.started_at < ${to} AND u.cost > 0),
    last_use AS (SELECT u.provider, u.iccid, max(coalesce(u.ended_at, u.started_at)) AS at FROM usage u WHERE ${USED} GROUP BY ALL),
    found AS (
      SELECT 'silent' AS finding, s.*, f.* EXCLUDE (provider, iccid) FROM sims s SEMI JOIN active USING (provider, iccid) SEMI JOIN read USING (provider, iccid)
        LEFT JOIN usage_of f ON f.provider = s.provider AND f.iccid = s.iccid WHERE ${unused} AND s.state = 'active'
      UNION ALL BY NAME
      SELECT 'charged-idle' AS finding, s.*, f.* EXCLUDE (provider, iccid) FROM sims s SEMI JOIN charged USING (provider, iccid)
        JOIN usage_of f ON f.provider = s.provider AND f.iccid = s.iccid WHERE ${unused}
      UNION ALL BY NAME
      SELECT 'used-while-off' AS finding, s.*, f.* EXCLUDE (provider, iccid) FROM sims s
        JOIN off_usage f ON f.provider = s.provider AND f.iccid = s.iccid)
    SELECT found.*, ${instantText('l.at')} AS last_used FROM found LEFT JOIN last_use l USING (provider, iccid)
    ORDER BY finding, provider, iccid`);
  return found.map(simOf);
}

function simOf(row: Row): SilentSim {
  return {
    finding: row['finding'] as SilentFinding,
    provider: String(row['provider']),
    iccid: String(row['iccid']) as Iccid,
    label: row['label'] as string | null,
    state: String(row['state']),
    lastUsedAt: row['last_used'] as Instant | null,
    figures: figuresOf(row),
  };
}

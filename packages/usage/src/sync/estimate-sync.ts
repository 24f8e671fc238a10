import type { ProviderId } from '@carrierkit/core';
import type { Ledger, LedgerReader } from '../ledger/ledger.js';
import { snapshotSize } from '../ledger/snapshot-inventory.js';
import { text } from '../ledger/sql.js';
import { resolveWindow } from '../report/window.js';
import { planReads } from './plan-reads.js';
import { ALL_KINDS, type SyncOptions } from './sync-usage.js';

/** What one source of one provider would cost to read from the beginning. */
export interface SyncEstimate {
  readonly provider: ProviderId;
  /** `data/day/account` */
  readonly source: string;
  /** How many windows the source is asked for. */
  readonly windows: number;
  /** SIMs that are asked for one by one; null where the source tells the whole account, or the inventory was never read. */
  readonly sims: number | null;
  /** Vendor calls, if each SIM and window is one; long answers take more. null = the inventory was never read, so nobody knows. */
  readonly calls: number | null;
  /** As long as the readings in the ledger took for each SIM and window; null where there is none yet. */
  readonly hours: number | null;
}

const HOUR_MS = 3_600_000;

/** What a sync with these options would read, asked of no vendor: from the declarations, the last inventory and the readings so far. */
export async function estimateSync(
  options: Pick<SyncOptions, 'providers' | 'window' | 'timezone' | 'kinds' | 'grain' | 'clock'> & {
    readonly ledger: Ledger;
  },
): Promise<readonly SyncEstimate[]> {
  const { providers, kinds = ALL_KINDS, grain = 'day', clock = Date.now } = options;
  const window = resolveWindow(options.window, options.timezone);
  return options.ledger.read(async (reader) => {
    const estimates: SyncEstimate[] = [];
    for (const { id, usage, capabilities } of providers) {
      const planned = usage ? planReads(capabilities.usage, { window, kinds, grain, now: clock() }) : [];
      for (const { name, declared, windows } of planned) {
        const sims = declared.scope === 'sim' ? await snapshotSize(reader, id) : null;
        const calls = declared.scope === 'account' ? windows.length : sims === null ? null : sims * windows.length;
        const msPerCall = await pastMsPerCall(reader, id, name);
        const hours = calls === null || msPerCall === null ? null : (calls * msPerCall) / HOUR_MS;
        estimates.push({ provider: id, source: name, windows: windows.length, sims, calls, hours });
      }
    }
    return estimates;
  });
}

async function pastMsPerCall(reader: LedgerReader, provider: ProviderId, source: string): Promise<number | null> {
  const [row] = await reader.query(`SELECT sum(duration_ms) / nullif(sum(coalesce(sims, 1)), 0) AS ms FROM fetches
    WHERE provider = ${text(provider)} AND source = ${text(source)}`);
  return row?.['ms'] === null || row?.['ms'] === undefined ? null : Number(row['ms']);
}

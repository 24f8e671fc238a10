import { timestamp } from './sql.js';

/**
 * SQL for the SIMs that an account may have had within a window: provider, iccid, ref, came_after, left_at.
 * A SIM was there from some moment after the last inventory that did not list it yet (`came_after`, null = nobody looked before)
 * until the first that did not list it any more (`left_at`, null = still there). What is only being provisioned has no usage.
 */
export function knownSims(window: { readonly from: string; readonly to: string }): string {
  return `SELECT seen.provider, seen.iccid, seen.ref, before.read_at AS came_after, seen.left_at
    FROM (SELECT provider, iccid, arg_max(ref, valid_from) AS ref, min(valid_from) AS first_seen,
            CASE WHEN bool_or(valid_to IS NULL) THEN NULL ELSE max(valid_to) END AS left_at
          FROM inventory GROUP BY provider, iccid HAVING bool_or(state <> 'provisioning')) seen
    ASOF LEFT JOIN inventory_snapshots before ON before.provider = seen.provider AND before.read_at < seen.first_seen
    WHERE (seen.left_at IS NULL OR seen.left_at > ${timestamp(window.from)})
      AND (before.read_at IS NULL OR before.read_at < ${timestamp(window.to)})`;
}

import type { IncomingHttpHeaders } from 'node:http';
import type { VendorName } from '@carrierkit/vendor-apis';
import type { Clock } from './clock.js';

/** One request to a vendor, as received. */
export interface LoggedRequest {
  readonly id: number;
  readonly at: string;
  readonly adapter: VendorName;
  /** `null` where no operation of the description matches. */
  readonly operationId: string | null;
  readonly method: string;
  /** With the query, without the vendor's prefix. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** `null` while unanswered, and for good if the connection was dropped. */
  status: number | null;
  /** Kind of the fault that was played. */
  fault: string | null;
  replayed: boolean;
}

export interface StatsRow {
  readonly adapter: VendorName;
  readonly operationId: string | null;
  readonly status: number | null;
  readonly count: number;
}

/** An answer of the sandbox that broke the vendor's description: a mistake of the sandbox. */
export interface Violation {
  readonly requestId: number;
  readonly operationId: string;
  readonly problem: string;
}

export interface RequestLog {
  open(entry: Pick<LoggedRequest, 'adapter' | 'operationId' | 'method' | 'path' | 'headers'>): LoggedRequest;
  /** Counts the request; called when its answer is known. */
  close(entry: LoggedRequest): void;
  violation(found: Violation): void;
  /** The last 10,000. */
  list(): readonly LoggedRequest[];
  stats(): readonly StatsRow[];
  violations(): readonly Violation[];
}

const KEPT = 10_000;

export function createRequestLog(clock: Clock): RequestLog {
  let entries: LoggedRequest[] = [];
  let last = 0;
  const counts = new Map<string, StatsRow>();
  const violations: Violation[] = [];
  return {
    open: (entry) => {
      last += 1;
      const logged: LoggedRequest = { id: last, at: clock.iso(), ...entry, status: null, fault: null, replayed: false };
      entries.push(logged);
      if (entries.length >= 2 * KEPT) entries = entries.slice(-KEPT);
      return logged;
    },
    close: ({ adapter, operationId, status }) => {
      const key = `${adapter} ${operationId} ${status}`;
      counts.set(key, { adapter, operationId, status, count: (counts.get(key)?.count ?? 0) + 1 });
    },
    violation: (found) => {
      violations.push(found);
    },
    list: () => entries.slice(-KEPT),
    stats: () => [...counts.values()],
    violations: () => violations,
  };
}

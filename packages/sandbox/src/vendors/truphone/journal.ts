import type { Clock } from '../../framework/clock.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { userOf } from './admission.js';
import { dateRange, equal, listed, sameInstant } from './listing.js';
import { instant } from './timestamps.js';

export interface Notification {
  readonly type: string;
  readonly source: string;
  readonly date: number;
  readonly object: string;
  readonly state: string;
  readonly value: string;
}

interface AuditEntry {
  readonly date: number;
  readonly user: string;
  readonly objectType: string;
  readonly object: string;
  readonly action: string;
  readonly description: string;
}

export const SUBMITTED = 'SIM Card state update order submitted to Order Manager';
export const SUBMISSION_FAILED = 'SIM Card state update order submission failed to Order Manager';
export const UPDATED = 'SIM Card Updated';

/** What the portal remembers of changes: notifications about SIMs, and the audit trail of users. */
export interface Journal {
  /** `object` names what changed on the SIM, `value` what it became. */
  notify(type: string, iccid: string, state: string, object?: string, value?: string): void;
  audit(request: VendorRequest, objectType: string, object: string, action: string, description?: string): void;
  /** In order of time. */
  notifications(): readonly Notification[];
  readonly handlers: Readonly<Record<string, Handler>>;
}

const SIM_CARD = 'SIM Card';

export function createJournal(clock: Clock): Journal {
  const notifications: Notification[] = [];
  const entries: AuditEntry[] = [];
  return {
    notify: (type, source, state, object = 'state', value = '') => {
      notifications.push({ type, source, date: clock.now(), object, state, value });
    },
    audit: (request, objectType, object, action, description = '') => {
      entries.push({ date: clock.now(), user: userOf(request) ?? '', objectType, object, action, description });
    },
    notifications: () => notifications,
    handlers: {
      listNotifications: (request) =>
        listed<Notification>(request, {
          ...newestFirst(notifications),
          filters: {
            type: equal(({ type }) => type),
            sourceType: equal(() => SIM_CARD),
            source: equal(({ source }) => source),
            date: sameInstant(({ date }) => date),
            value: equal(({ value }) => value),
            state: equal(({ state }) => state),
            ...dateRange<Notification>('date', ({ date }) => date),
          },
          orderings: {
            type: ({ type }) => type,
            source: ({ source }) => source,
            date: ({ date }) => date,
            state: ({ state }) => state,
          },
          show: (row) => ({ ...row, sourceType: SIM_CARD, date: instant(row.date) }),
        }),
      listAuditTrailEntries: (request) =>
        listed<AuditEntry>(request, {
          ...newestFirst(entries),
          filters: {
            date: sameInstant(({ date }) => date),
            user: equal(({ user }) => user),
            interface: equal(() => 'API'),
            object_type: equal(({ objectType }) => objectType),
            object: equal(({ object }) => object),
            action: equal(({ action }) => action),
            description: equal(({ description }) => description),
            ...dateRange<AuditEntry>('date', ({ date }) => date),
          },
          orderings: {
            date: ({ date }) => date,
            user: ({ user }) => user,
            object: ({ object }) => object,
            action: ({ action }) => action,
          },
          show: (row) => ({ ...row, interface: 'API', date: instant(row.date) }),
        }),
    },
  };
}

/** Entries are kept in order of time. */
function newestFirst<Row>(rows: readonly Row[]): { readonly length: number; at(place: number): Row } {
  return { length: rows.length, at: (place) => rows[rows.length - 1 - place] as Row };
}

import { type ErrorKind, type ProviderId, simStates } from '@carrierkit/core';
import { iccid, instant, ref } from './model.js';
import {
  both,
  count,
  exactly,
  filledText,
  json,
  listOf,
  mapOf,
  nullable,
  object,
  oneOf,
  type Shape,
  text,
} from './shape.js';

const kindTable: Readonly<Record<ErrorKind, Shape>> = {
  input: object({ issues: listOf(object({ path: text, message: filledText })) }),
  authentication: exactly(null),
  permission: exactly(null),
  'not-found': exactly(null),
  conflict: exactly(null),
  'illegal-transition': object({
    from: oneOf(...simStates),
    to: oneOf(...simStates),
    legal: listOf(oneOf(...simStates)),
    via: nullable(listOf(oneOf(...simStates))),
  }),
  unsupported: exactly(null),
  'rate-limited': exactly(null),
  unavailable: exactly(null),
  timeout: exactly(null),
  cancelled: exactly(null),
  contract: exactly(null),
  'damaged-identifier': object({ candidates: listOf(text) }),
  partial: object({ failures: listOf(json) }),
};

/** `details` belong to the kind; who answered is named as soon as a vendor call was made. */
export const errorInfo =
  (provider: ProviderId): Shape =>
  (value, path) => {
    const found = (value ?? {}) as { readonly kind?: unknown; readonly operation?: unknown };
    const kind = Object.hasOwn(kindTable, String(found.kind)) ? (String(found.kind) as ErrorKind) : null;
    return both(
      json,
      object({
        kind: oneOf(...Object.keys(kindTable)),
        message: filledText,
        effect: oneOf('none', 'unknown'),
        provider: typeof found.operation === 'string' ? exactly(provider) : nullable(exactly(provider)),
        operation: nullable(filledText),
        status: nullable(count),
        vendorCode: nullable(text),
        requestId: nullable(text),
        retryAfterMs: nullable(count),
        // `input` and its like may come from the vendor, which gives no list of issues.
        details: kind === null ? json : nullable(kindTable[kind]),
      }),
    )(value, path);
  };

/** What was asked for: a state as text, else an object that names what (services, a rate plan, changes). */
const wantedChange: Shape = (value, path) =>
  typeof value === 'string' ? oneOf(...simStates)(value, path) : mapOf(json)(value, path);

export const pendingChange = (provider: ProviderId): Shape =>
  both(
    json,
    object({
      provider: exactly(provider),
      iccid,
      to: wantedChange,
      ref: nullable(filledText),
      since: instant,
    }),
  );

const byStatus =
  (
    common: Readonly<Record<string, Shape>>,
    members: Readonly<Record<string, Readonly<Record<string, Shape>>>>,
  ): Shape =>
  (value, path) => {
    const status = String((value as { readonly status?: unknown } | null)?.status);
    const own = Object.hasOwn(members, status) ? members[status] : undefined;
    return own === undefined
      ? [`${path}.status is not one of ${Object.keys(members).join(', ')}`]
      : both(json, object({ ...common, status: exactly(status), ...own }))(value, path);
  };

export const simOutcome = (provider: ProviderId): Shape => {
  const failure = { error: errorInfo(provider) };
  return byStatus(
    { provider: exactly(provider), iccid },
    {
      applied: {},
      unchanged: {},
      accepted: { pending: pendingChange(provider) },
      failed: failure,
      unknown: failure,
    },
  );
};

export const sendOutcome = (provider: ProviderId): Shape => {
  const failure = { error: errorInfo(provider) };
  return byStatus(
    { provider: exactly(provider), to: json },
    { accepted: { message: ref(provider) }, failed: failure, unknown: failure },
  );
};

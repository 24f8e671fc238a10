import { type ErrorReading, isJsonObject, type ReadError, wholeNumber } from '@carrierkit/adapter-kit';
import type { ErrorKind, Json } from '@carrierkit/core';

/** What the vendor's words say beyond the status; compared at their beginning, for explanations may follow. */
const kinds: readonly (readonly [RegExp, ErrorKind])[] = [
  [/^(?:Tag|Attribute) '.*' already created/s, 'conflict'],
  [/^Could not change Rate Plan/, 'conflict'],
  // An unknown or expired link, and a tag that is gone, are answered 400.
  [/^Report not available/, 'not-found'],
  [/^Tag '.*' not created/s, 'not-found'],
];

const unknownSims = /^SIM card\(s\) with ICCID\(s\) .* unknown/s;
/** ICCIDs as a Python list prints them, with or without its `u`, and behind a number sign. */
const iccidInText = /(?<![\dA-Za-z])[\dA-Fa-f]{18,22}(?![\dA-Za-z])/g;

/** What an issue says whose path is an ICCID that the account does not have. */
export const unknownIccid = 'is not known to this account';
const refusedIccid = 'was named in a refusal';

type Issue = NonNullable<ErrorReading['issues']>[number];

/**
 * The status decides, save for a few texts. Bodies come in four shapes: `detail` as text, `detail` as fields, fields without `detail`, and `{}`;
 * 5xx may not be JSON. ICCIDs that the text names become issues, so that callers find them without reading prose.
 */
export const readError: ReadError = ({ status, headers, body }) => {
  const { text, fields } = partsOf(body);
  const texts = [...(text === null ? [] : [text]), ...fields.map(({ message }) => message)];
  const kind = kinds.find(([words]) => texts.some((one) => words.test(one)))?.[1];
  const message = messageOf(status, text, fields);
  const resetMs = status === 429 ? wholeNumber(headers.get('x-ratelimit-reset')) : null;
  return {
    ...(kind !== undefined && { kind }),
    ...(message !== null && { message }),
    ...(resetMs !== null && { retryAfterMs: resetMs }),
    issues: [...fields, ...namedIccids(text ?? '')],
  };
};

function partsOf(body: Json): { readonly text: string | null; readonly fields: readonly Issue[] } {
  if (!isJsonObject(body)) return { text: null, fields: [] };
  const { detail } = body as { readonly detail?: Json };
  if (typeof detail === 'string') return { text: detail, fields: [] };
  return { text: null, fields: issuesOf(detail === undefined ? body : detail, '') };
}

/** `{ filters: { sim_cards: [text] } }` -> `filters.sim_cards`: text. */
function issuesOf(value: Json, path: string): readonly Issue[] {
  if (typeof value === 'string') return [{ path, message: value }];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => issuesOf(item, path));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => issuesOf(member, path === '' ? name : `${path}.${name}`));
}

function messageOf(status: number, text: string | null, fields: readonly Issue[]): string | null {
  const words = text ?? (fields.map(({ path, message }) => `${path}: ${message}`).join('; ') || null);
  if (status !== 401) return words;
  // Seen: an account set up for v2.0 is answered 401, not 404, at v2.2.
  return `${words ?? 'Unauthorized'} Check the token, and that the account may use this version of the API`;
}

function namedIccids(text: string): readonly Issue[] {
  const message = unknownSims.test(text) ? unknownIccid : refusedIccid;
  return Array.from(text.matchAll(iccidInText), ([path]) => ({ path, message }));
}

import type { Json } from '@carrierkit/core';

/** What stands in the place of a secret. */
export const redacted = '[redacted]';

/** Overwrites the named members wherever they stand in a freshly parsed value, in place. Empty ones stay, so that "not set" can still be told. */
export function redactMembers<T extends Json>(value: T, names: ReadonlySet<string>): T {
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) if (typeof item === 'object') redactMembers(item, names);
  } else if (typeof value === 'object' && value !== null) {
    const members = value as Record<string, Json>;
    // Parsed JSON inherits nothing that could be enumerated, and this makes no list of names for each object.
    for (const name in members) {
      const member = members[name] as Json;
      if (member === null || member === '') continue;
      if (names.has(name)) members[name] = redacted;
      else if (typeof member === 'object') redactMembers(member, names);
    }
  }
  return value;
}

const email = /[^\s@<>()[\]"',;:]+@[^\s@<>()[\]"',;:]+/g;
/** A number that names itself one by its plus sign, however it is grouped. */
const international = /(?<![\dA-Za-z_])\+\d(?:[\s().-]{0,2}\d){6,14}(?!\d)/g;
/** MSISDN, IMSI, IMEI and IMEISV; ICCIDs (18 digits and more) may stay, and so may the last part of a UUID. */
const subscriberNumber = /(?<![\dA-Za-z_])(?<![\da-fA-F]{4}-)\d{10,17}(?![\dA-Za-z_])/g;

/** Vendors sometimes send a page of HTML for a message. */
const maxRead = 4_000;
const maxShown = 500;

/** What a vendor says, without subscriber data: e-mails, numbers, and the given private texts of the request, also where it repeats only their beginning. */
export function scrub(text: string, privateTexts: readonly string[] = []): string {
  let clean = text;
  // The longest first: one may be a part of another.
  for (const secret of [...privateTexts].sort((a, b) => b.length - a.length)) clean = withoutEcho(clean, secret);
  return clean
    .slice(0, maxRead)
    .replaceAll(email, redacted)
    .replaceAll(international, redacted)
    .replaceAll(subscriberNumber, redacted)
    .slice(0, maxShown);
}

/** So much of a private text gives it away; shorter ones are looked for as a whole. */
const telling = 12;

function withoutEcho(text: string, secret: string): string {
  if (secret.length < 3) return text;
  const head = secret.slice(0, telling);
  const [before = '', ...echoes] = text.split(head);
  return echoes.reduce((clean, rest) => {
    let end = 0;
    while (end < rest.length && rest[end] === secret[head.length + end]) end++;
    return clean + redacted + rest.slice(end);
  }, before);
}

/** The texts and numbers under the named members of an input: what must not come back in an error message. */
export function privateTextsOf(input: unknown, names: ReadonlySet<string>): readonly string[] {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([name, value]) =>
    names.has(name) ? textsOf(value) : privateTextsOf(value, names),
  );
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

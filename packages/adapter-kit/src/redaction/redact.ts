import type { Json } from '@carrierkit/core';

export const redacted = '[redacted]';

/** Overwrites the named members wherever they stand in a freshly parsed value, in place. Empty ones stay, so that "not set" can still be told. */
export function redactMembers<T extends Json>(value: T, names: ReadonlySet<string>): T {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) redactMembers(item, names);
  else if (typeof value === 'object' && value !== null) {
    const members = value as Record<string, Json>;
    for (const name of Object.keys(members)) {
      const member = members[name] as Json;
      if (!names.has(name)) redactMembers(member, names);
      else if (member !== null && member !== '') members[name] = redacted;
    }
  }
  return value;
}

const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** MSISDN, IMSI and IMEI; ICCIDs (18 digits and more) may stay. */
const subscriberNumber = /(?<![\dA-Za-z_])\+?\d{10,15}(?![\dA-Za-z_])/g;

/** What a vendor says, without subscriber data: e-mails, numbers, and the given private texts of the request. */
export function scrub(text: string, privateTexts: readonly string[] = []): string {
  let clean = text;
  for (const secret of privateTexts) if (secret.length >= 3) clean = clean.replaceAll(secret, redacted);
  return clean.replaceAll(email, redacted).replaceAll(subscriberNumber, redacted).slice(0, 500);
}

/** The texts under the named members of a request body: what must not come back in an error message. */
export function privateTextsOf(body: unknown, names: ReadonlySet<string>): readonly string[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    names.has(name) ? textsOf(value) : privateTextsOf(value, names),
  );
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

import { inputError } from '@carrierkit/core';

/** Answer headers by name, in whatever case the vendor sends them. */
export interface HeadersView {
  /** `null` where the vendor did not send it; repeated ones joined with commas. */
  get(name: string): string | null;
}

/** Node gives lower-case names; repeated headers are joined. */
export function headersView(raw: Readonly<Record<string, unknown>>): HeadersView {
  const lower = new Map(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    get(name) {
      const value = lower.get(name.toLowerCase());
      if (Array.isArray(value)) return value.join(', ');
      return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
    },
  };
}

/** The value of a header that counts something; `null` where it is not sent, or is no whole number of at most 15 digits. */
export function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}

/** What may stand in a header: no control characters, nothing beyond Latin-1. */
export function isHeaderText(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}

/** A header of the caller's. Throws `input` where it cannot be sent. */
export function headerText(name: string, value: unknown): string {
  const text = String(value);
  if (!isHeaderText(text)) throw inputError(name, 'holds a character that a header cannot carry, such as a line break');
  return text;
}

import { type Instant, instantFrom } from '@carrierkit/core';

/** `2023-01-01T00:00:00:000Z`, as `created_at` is shown: a colon before the milliseconds. Any other form is read as it stands; `null` when unreadable. */
export function vendorInstant(text: string | null | undefined): Instant | null {
  if (text === null || text === undefined) return null;
  return instantFrom(text.replace(/(T\d{2}:\d{2}:\d{2}):(\d+)/, '$1.$2'));
}

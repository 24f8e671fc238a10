import type { ProviderId } from '@carrierkit/core';

/** One line of the page: what was looked at, what was found, and what to do about it. */
export interface Check {
  /** `null`: about the whole set-up. */
  readonly provider: ProviderId | null;
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly remedy: string | null;
}

export function passed(provider: ProviderId | null, check: string, detail: string): Check {
  return { provider, check, ok: true, detail, remedy: null };
}

export function failed(provider: ProviderId | null, check: string, detail: string, remedy: string | null): Check {
  return { provider, check, ok: false, detail, remedy };
}

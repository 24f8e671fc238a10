import type { Json } from '@carrierkit/core';

/** Whether an answer's value is an object with members: neither a list nor `null`. */
export function isJsonObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

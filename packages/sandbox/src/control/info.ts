import type { VendorName } from '@carrierkit/vendor-apis';
import { DELAYS, type Engine } from '../framework/engine.js';
import type { Delays } from '../framework/vendor.js';

/** What a client needs to use the sandbox: where it is, how to sign in, and codes and ids that exist. */
export interface SandboxInfo {
  /** By vendor; each replaces the scheme and host of the vendor's own server addresses. */
  readonly baseUrls: Readonly<Partial<Record<VendorName, string>>>;
  /** By vendor. */
  readonly credentials: Readonly<Partial<Record<VendorName, Readonly<Record<string, string>>>>>;
  /** emnify batch identification codes: two or more that can be registered, one already registered, one with SIMs of somebody else. */
  readonly bics: { readonly valid: readonly string[]; readonly registered: string; readonly foreign: string };
  /** Account ids of the subscriptions API. */
  readonly accounts: readonly string[];
  /** Order template ids of the subscriptions API. */
  readonly templates: readonly string[];
  /** Sender numbers, `+` included. */
  readonly senders: readonly string[];
  /** By vendor, in the vendor's own words. */
  readonly limits: Readonly<Partial<Record<VendorName, unknown>>>;
  /** How long asynchronous things take, in milliseconds. */
  readonly delays: Delays;
}

export function sandboxInfo(engine: Engine, baseUrl: string): SandboxInfo {
  const running = [...engine.vendors.values()].map(({ module, vendor }) => ({
    name: module.name,
    info: vendor.info(),
  }));
  return {
    baseUrls: Object.fromEntries(running.map(({ name }) => [name, `${baseUrl}/${name}`])),
    credentials: Object.fromEntries(running.map(({ name, info }) => [name, info.credentials])),
    bics: running.map(({ info }) => info.bics).find((bics) => bics !== undefined) ?? {
      valid: [],
      registered: '',
      foreign: '',
    },
    accounts: running.flatMap(({ info }) => info.accounts ?? []),
    templates: running.flatMap(({ info }) => info.templates ?? []),
    senders: running.flatMap(({ info }) => info.senders ?? []),
    limits: Object.fromEntries(running.map(({ name, info }) => [name, info.limits ?? null])),
    delays: DELAYS,
  };
}

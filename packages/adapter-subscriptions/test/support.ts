import { type AdapterContext, type Iccid, isIccid, type KeyValueStore, type Provider } from '@carrierkit/core';
import { createSandbox, type Sandbox, type SandboxOptions, type SubscriptionsSwitches } from '@carrierkit/sandbox';
import { afterAll, beforeEach } from 'vitest';
import { type SubscriptionsClient, type SubscriptionsSettings, subscriptions } from '../src/index.js';

export const now = '2026-11-15T12:00:00.000Z';
export const clientId = 'sandbox-client';
export const clientSecret = 'sandbox-secret';

export interface ControlSim {
  readonly iccid: Iccid;
  readonly vendorId: string;
  readonly state: string;
}
export interface Effect {
  readonly seq: number;
  readonly operationId: string;
  readonly subject: readonly string[];
  readonly key: string | null;
  readonly state: string;
}
export interface Fault {
  readonly operationId?: string;
  readonly kind:
    | 'status'
    | 'delay'
    | 'drop'
    | 'malformed'
    | 'truncate'
    | 'duplicate-page'
    | 'foreign-next-link'
    | 'bad-token';
  readonly when: 'before' | 'after';
  readonly status?: number;
  readonly skip?: number;
  readonly times?: number;
}

/** The sandbox with a clock that stands still but for `advance`, and providers that live by the same clock. */
export class Vendor {
  readonly sandbox: Sandbox;
  #time = Date.parse(now);

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  readonly advance = (ms: number): Promise<void> => {
    this.#time += ms;
    this.sandbox.advance(ms);
    return Promise.resolve();
  };

  reset(): void {
    this.sandbox.reset();
    this.#time = Date.parse(now);
  }

  provider(
    settings: Partial<SubscriptionsSettings> = {},
    context: Partial<AdapterContext> & { readonly store?: KeyValueStore } = {},
  ): Provider<SubscriptionsClient> {
    const baseUrl = `${this.sandbox.baseUrl}/subscriptions`;
    const factory = subscriptions({ clientId, clientSecret, baseUrl, ...settings });
    return factory({ id: 'staff', clock: () => this.#time, sleep: this.advance, random: () => 0.5, ...context });
  }

  async control<T>(path: string, json?: unknown, method = 'POST'): Promise<T> {
    const response = await fetch(`${this.sandbox.baseUrl}/_sandbox/${path}`, {
      ...(json !== undefined && {
        method,
        body: JSON.stringify(json),
        headers: { 'content-type': 'application/json' },
      }),
    });
    return (await response.json()) as T;
  }

  async sims(state?: string): Promise<readonly ControlSim[]> {
    const all = await this.control<readonly ControlSim[]>('sims?adapter=subscriptions');
    for (const { iccid } of all) if (!isIccid(iccid)) throw new Error(`not canonical: ${String(iccid)}`);
    return state === undefined ? all : all.filter((sim) => sim.state === state);
  }

  effects(): Promise<readonly Effect[]> {
    return this.control('effects?adapter=subscriptions');
  }

  requests(): Promise<
    readonly {
      readonly operationId: string;
      readonly path: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }[]
  > {
    return this.control('requests?adapter=subscriptions');
  }

  async fault(fault: Fault): Promise<void> {
    await this.control('faults', { adapter: 'subscriptions', times: 1, ...fault });
  }
}

/** One sandbox for a test file, put back before each test. */
export async function vendorFor(
  switches: Partial<SubscriptionsSwitches> = {},
  options: SandboxOptions = {},
): Promise<Vendor> {
  const sandbox = await createSandbox({
    now,
    ticking: false,
    limits: false,
    sims: 90,
    switches: { subscriptions: switches },
    ...options,
  });
  const vendor = new Vendor(sandbox);
  beforeEach(() => vendor.reset());
  afterAll(() => sandbox.close());
  return vendor;
}

import { type AdapterContext, type Iccid, isIccid, type Provider } from '@carrierkit/core';
import { createSandbox, type EmnifySwitches, type Sandbox, type SandboxOptions } from '@carrierkit/sandbox';
import { afterAll, beforeEach } from 'vitest';
import { type EmnifyClient, type EmnifySettings, emnify } from '../src/index.js';

export const now = '2026-11-15T12:00:00.000Z';
export const applicationToken = 'sandbox-application-token';

/** A SIM as the sandbox's control API shows it. */
export interface ControlSim {
  readonly iccid: Iccid;
  readonly vendorId: string;
  readonly state: string;
}
export interface Effect {
  readonly seq: number;
  readonly operationId: string;
  readonly subject: readonly string[];
}
interface SeenRequest {
  readonly operationId: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}
export interface Fault {
  readonly operationId?: string;
  readonly kind: 'status' | 'delay' | 'drop' | 'malformed' | 'truncate' | 'duplicate-page' | 'bad-token';
  readonly when: 'before' | 'after';
  readonly status?: number;
  readonly delayMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
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

  /** Epoch milliseconds of the clock that both sides live by. */
  get time(): number {
    return this.#time;
  }

  get baseUrl(): string {
    return `${this.sandbox.baseUrl}/emnify`;
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

  provider(settings: Partial<EmnifySettings> = {}, context: Partial<AdapterContext> = {}): Provider<EmnifyClient> {
    const factory = emnify({ applicationToken, baseUrl: this.baseUrl, ...settings });
    return factory({ id: 'iot', clock: () => this.#time, sleep: this.advance, random: () => 0.5, ...context });
  }

  async control<T>(path: string, init?: RequestInit & { readonly json?: unknown }): Promise<T> {
    const { json, ...rest } = init ?? {};
    const response = await fetch(`${this.sandbox.baseUrl}/_sandbox/${path}`, {
      ...rest,
      ...(json !== undefined && {
        method: rest.method ?? 'POST',
        body: JSON.stringify(json),
        headers: { 'content-type': 'application/json' },
      }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${text}`);
    return JSON.parse(text || 'null') as T;
  }

  async sims(state?: string): Promise<readonly ControlSim[]> {
    const all = await this.control<readonly ControlSim[]>('sims?adapter=emnify');
    for (const { iccid } of all) if (!isIccid(iccid)) throw new Error(`not canonical: ${String(iccid)}`);
    return state === undefined ? all : all.filter((sim) => sim.state === state);
  }

  effects(): Promise<readonly Effect[]> {
    return this.control('effects?adapter=emnify');
  }

  requests(): Promise<readonly SeenRequest[]> {
    return this.control('requests?adapter=emnify');
  }

  async fault(fault: Fault): Promise<void> {
    await this.control('faults', { json: { adapter: 'emnify', times: 1, ...fault } });
  }

  async setState(iccid: Iccid, state: string): Promise<void> {
    await this.control(`sims/${iccid}`, { method: 'PATCH', json: { state } });
  }

  /** How many answers broke the vendor's description: mistakes of the sandbox. */
  stats(): Promise<{
    readonly rows: readonly { readonly operationId: string; readonly status: number; readonly count: number }[];
  }> {
    return this.control('stats');
  }
}

/** One sandbox for a test file, put back before each test. */
export async function vendorFor(switches: Partial<EmnifySwitches> = {}, options: SandboxOptions = {}): Promise<Vendor> {
  const sandbox = await createSandbox({
    now,
    ticking: false,
    limits: false,
    sims: 60,
    switches: { emnify: switches },
    ...options,
  });
  const vendor = new Vendor(sandbox);
  beforeEach(() => vendor.reset());
  afterAll(() => sandbox.close());
  return vendor;
}

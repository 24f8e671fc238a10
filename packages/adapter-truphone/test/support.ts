import { type AdapterContext, type Iccid, isIccid, type Provider } from '@carrierkit/core';
import { createSandbox, type Sandbox, type SandboxOptions, type TruphoneSwitches } from '@carrierkit/sandbox';
import { afterAll, beforeEach } from 'vitest';
import { type TruphoneClient, type TruphoneSettings, truphone } from '../src/index.js';

export const now = '2026-11-15T12:00:00.000Z';
export const token = '0123456789abcdef0123456789abcdef01234567';

/** A SIM as the sandbox's control API shows it. */
export interface ControlSim {
  readonly iccid: Iccid;
  readonly state: string;
  readonly services: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}
export interface Effect {
  readonly seq: number;
  readonly operationId: string;
  readonly subject: readonly string[];
  readonly key: string | null;
  readonly state: string;
}
interface SeenRequest {
  readonly operationId: string;
  readonly path: string;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly replayed: boolean;
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

  readonly advance = (ms: number): Promise<void> => {
    this.#time += ms;
    this.sandbox.advance(ms);
    return Promise.resolve();
  };

  reset(): void {
    this.sandbox.reset();
    this.#time = Date.parse(now);
  }

  provider(settings: Partial<TruphoneSettings> = {}, context: Partial<AdapterContext> = {}): Provider<TruphoneClient> {
    const factory = truphone({ token, baseUrl: `${this.sandbox.baseUrl}/truphone`, ...settings });
    return factory({ id: 'emea', clock: () => this.#time, sleep: this.advance, random: () => 0.5, ...context });
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
    return (await response.json()) as T;
  }

  async sims(state?: string): Promise<readonly ControlSim[]> {
    const all = await this.control<readonly ControlSim[]>('sims?adapter=truphone');
    for (const { iccid } of all) if (!isIccid(iccid)) throw new Error(`not canonical: ${String(iccid)}`);
    return state === undefined ? all : all.filter((sim) => sim.state === state);
  }

  /** ICCIDs of SIMs in this state whose services are all on. */
  async iccids(state: string): Promise<readonly Iccid[]> {
    const sims = await this.sims(state);
    return sims
      .filter(({ services }) => Object.values(services).every((word) => word === 'ACTIVE'))
      .map((sim) => sim.iccid);
  }

  effects(): Promise<readonly Effect[]> {
    return this.control('effects?adapter=truphone');
  }

  requests(): Promise<readonly SeenRequest[]> {
    return this.control('requests?adapter=truphone');
  }

  async fault(fault: Fault): Promise<void> {
    await this.control('faults', { json: { adapter: 'truphone', times: 1, ...fault } });
  }

  async setState(iccid: Iccid, state: string): Promise<void> {
    await this.control(`sims/${iccid}`, { method: 'PATCH', json: { state } });
  }
}

/** One sandbox for a test file, put back before each test. */
export async function vendorFor(
  switches: Partial<TruphoneSwitches> = {},
  options: SandboxOptions = {},
): Promise<Vendor> {
  const sandbox = await createSandbox({
    now,
    ticking: false,
    limits: false,
    sims: 60,
    switches: { truphone: switches },
    ...options,
  });
  const vendor = new Vendor(sandbox);
  beforeEach(() => vendor.reset());
  afterAll(() => sandbox.close());
  return vendor;
}

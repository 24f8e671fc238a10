import { adapter as emnify } from '@carrierkit/adapter-emnify';
import { adapter as subscriptions } from '@carrierkit/adapter-subscriptions';
import { adapter as truphone } from '@carrierkit/adapter-truphone';
import type { Provider } from '@carrierkit/core';
import { createSandbox, type Sandbox } from '@carrierkit/sandbox';

const ACCOUNTS = [
  { adapter: truphone, secrets: { token: '0123456789abcdef0123456789abcdef01234567' } },
  { adapter: emnify, secrets: { applicationToken: 'sandbox-application-token' } },
  { adapter: subscriptions, secrets: { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' } },
];
const START = '2026-11-15T12:00:00.000Z';

/** One total of the sandbox's own bookkeeping: what the vendors tell, computed without any of our packages. */
export interface Truth {
  readonly adapter: string;
  readonly kind: string;
  readonly day: string;
  readonly country: string | null;
  readonly iccid: string;
  readonly bytes: number | null;
  readonly seconds: number | null;
  readonly messages: number | null;
}

export interface AddedUsage {
  readonly iccid: string;
  readonly kind: 'data' | 'sms' | 'voice';
  readonly at: string;
  readonly how: 'new' | 'late' | 'duplicate' | 'corrected';
  readonly bytes?: number;
  readonly seconds?: number;
  readonly messages?: number;
}

/** The vendors on loopback with a clock that stands still but for waiting, and a provider for each that lives by the same clock. */
export class SandboxCarriers {
  readonly #sandbox: Sandbox;
  #time = Date.parse(START);

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  static async start(options: { readonly seed?: number; readonly sims?: number } = {}): Promise<SandboxCarriers> {
    return new SandboxCarriers(
      await createSandbox({ now: START, ticking: false, limits: false, sims: 18, days: 45, ...options }),
    );
  }

  readonly clock = (): number => this.#time;

  readonly advance = (ms: number): Promise<void> => {
    this.#time += ms;
    this.#sandbox.advance(ms);
    return Promise.resolve();
  };

  /** Named by their adapters, so that reports and the sandbox call them the same. */
  get providers(): readonly Provider[] {
    const context = { clock: this.clock, sleep: this.advance, random: () => 0.5 };
    return this.accounts.map(({ adapter: { name, fromConfig }, settings }) =>
      fromConfig(settings)({ ...context, id: name }),
    );
  }

  /** What a config would say of each provider. */
  get accounts() {
    const { baseUrl } = this.#sandbox;
    return ACCOUNTS.map(({ adapter, secrets }) => ({
      adapter,
      settings: { ...secrets, baseUrl: `${baseUrl}/${adapter.name}` },
    }));
  }

  async truth(window: { readonly from: string; readonly to: string }, by: string): Promise<readonly Truth[]> {
    const rows = this.providers.map(async ({ adapter }) => {
      const query = new URLSearchParams({ ...window, by, adapter });
      return (await this.#control<{ rows: readonly Truth[] }>(`usage?${query.toString()}`)).rows;
    });
    return (await Promise.all(rows)).flat();
  }

  /** How many calls of some operations the vendors have got. */
  async calls(operationIds: readonly string[]): Promise<Readonly<Record<string, number>>> {
    const { rows } = await this.#control<{
      rows: readonly { readonly operationId: string; readonly count: number }[];
    }>('stats');
    const count = (id: string) =>
      rows.filter(({ operationId }) => operationId === id).reduce((sum, row) => sum + row.count, 0);
    return Object.fromEntries(operationIds.map((id) => [id, count(id)]));
  }

  async addUsage(usage: AddedUsage): Promise<void> {
    await this.#control('usage', usage);
  }

  async fault(fault: object): Promise<void> {
    await this.#control('faults', fault);
  }

  /** How many calls each fault has met, in the order they were set. */
  async faultHits(): Promise<readonly number[]> {
    return (await this.#control<readonly { readonly hits: number }[]>('faults')).map(({ hits }) => hits);
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.#sandbox.baseUrl}/_sandbox/faults`, { method: 'DELETE' });
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }

  async #control<T>(path: string, json?: unknown): Promise<T> {
    const response = await fetch(`${this.#sandbox.baseUrl}/_sandbox/${path}`, {
      ...(json !== undefined && {
        method: 'POST',
        body: JSON.stringify(json),
        headers: { 'content-type': 'application/json' },
      }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adapter as emnify } from '@carrierkit/adapter-emnify';
import { adapter as subscriptions } from '@carrierkit/adapter-subscriptions';
import { adapter as truphone } from '@carrierkit/adapter-truphone';
import type { Adapter } from '@carrierkit/core';
import { createSandbox, type Sandbox, type SandboxOptions } from '@carrierkit/sandbox';
import { afterAll, beforeEach } from 'vitest';
import type { FleetOptions } from '../../src/index.js';
import { temporaryFolder } from './runs.js';

export const now = '2026-11-15T12:00:00.000Z';
export const adapters: readonly Adapter[] = [truphone, emnify, subscriptions];

export interface ControlSim {
  readonly adapter: string;
  readonly iccid: string;
  readonly vendorId: string;
  readonly state: string;
  readonly services: Readonly<Record<string, string>>;
}
export interface Effect {
  readonly adapter: string;
  readonly operationId: string;
  readonly subject: readonly string[];
  readonly detail: unknown;
}

/** The sandbox, with a clock that only waiting moves. */
export class Vendors {
  readonly sandbox: Sandbox;
  #time = Date.parse(now);

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  /** The provider blocks of a config, by provider id; they work as they stand. */
  blocks(common: Record<string, unknown> = {}): Record<string, Record<string, unknown>> {
    const { baseUrls, credentials, senders } = this.sandbox.info;
    return {
      emea: { ...common, adapter: 'truphone', token: credentials.truphone?.['token'], baseUrl: baseUrls.truphone },
      iot: { ...common, adapter: 'emnify', applicationToken: 'sandbox-application-token', baseUrl: baseUrls.emnify },
      staff: {
        ...common,
        adapter: 'subscriptions',
        clientId: 'sandbox-client',
        clientSecret: 'sandbox-secret',
        sender: senders[0],
        baseUrl: baseUrls.subscriptions,
      },
    };
  }

  /** A config file of some of the blocks. */
  async config(providers: Record<string, unknown> = this.blocks()): Promise<string> {
    const file = join(await temporaryFolder(), 'carrierkit.config.json');
    await writeFile(file, JSON.stringify({ providers }));
    return file;
  }

  get options(): FleetOptions {
    return {
      adapters,
      clock: () => this.#time,
      random: () => 0.5,
      sleep: async (ms) => {
        this.#time += ms;
        this.sandbox.advance(ms);
      },
    };
  }

  reset(): void {
    this.sandbox.reset();
    this.#time = Date.parse(now);
  }

  async control<T>(path: string, json?: unknown): Promise<T> {
    const response = await fetch(`${this.sandbox.baseUrl}/_sandbox/${path}`, {
      ...(json !== undefined && {
        method: 'POST',
        body: JSON.stringify(json),
        headers: { 'content-type': 'application/json' },
      }),
    });
    return (await response.json()) as T;
  }

  sims(): Promise<readonly ControlSim[]> {
    return this.control('sims');
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.sandbox.baseUrl}/_sandbox/faults`, { method: 'DELETE' });
  }

  effects(): Promise<readonly Effect[]> {
    return this.control('effects');
  }
}

/** One sandbox for a test file, put back before each test. */
export async function startVendors(options: SandboxOptions = {}): Promise<Vendors> {
  const vendors = new Vendors(await createSandbox({ now, ticking: false, limits: false, sims: 60, ...options }));
  beforeEach(() => vendors.reset());
  afterAll(() => vendors.sandbox.close());
  return vendors;
}

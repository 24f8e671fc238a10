import type { AdapterContext, Iccid, Provider } from '@carrierkit/core';
import { afterAll, beforeEach } from 'vitest';
import { type TelnyxClient, type TelnyxSettings, telnyx } from '../src/index.js';
import { apiKey, TelnyxServer } from './vendor/telnyx-server.js';

export const now = '2026-11-15T12:00:00.000Z';

/** The played vendor, and providers that live by its clock. */
export class World {
  readonly server: TelnyxServer;

  constructor(server: TelnyxServer) {
    this.server = server;
  }

  readonly advance = (ms: number): Promise<void> => {
    this.server.vendor.advance(ms);
    return Promise.resolve();
  };

  provider(settings: Partial<TelnyxSettings> = {}, context: Partial<AdapterContext> = {}): Provider<TelnyxClient> {
    return telnyx({ apiKey, baseUrl: this.server.baseUrl, ...settings })({
      id: 'us',
      clock: () => this.server.vendor.now,
      sleep: this.advance,
      random: () => 0.5,
      ...context,
    });
  }

  /** ICCIDs of the SIMs in these statuses. */
  inStatus(...statuses: readonly string[]): readonly Iccid[] {
    return this.server.vendor.sims
      .filter(({ status }) => statuses.includes(status.value))
      .map(({ iccid }) => iccid as Iccid);
  }
}

/** One played vendor for a test file, put back before each test. */
export async function worldFor(): Promise<World> {
  const server = await TelnyxServer.start(now);
  beforeEach(() => server.reset());
  afterAll(() => server.close());
  return new World(server);
}

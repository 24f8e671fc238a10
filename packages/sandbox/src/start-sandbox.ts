import type { AddressInfo } from 'node:net';
import { type SandboxInfo, sandboxInfo } from './control/info.js';
import { mountControl } from './control/mount-control.js';
import { createEngine, type Engine, type EngineOptions } from './framework/engine.js';
import { createSecretRegister } from './framework/secrets.js';
import { createServer, mountVendor } from './framework/server.js';
import type { VendorModule } from './framework/vendor.js';

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:<port>`; the vendors are below `/truphone`, `/emnify` and `/subscriptions`. */
  readonly baseUrl: string;
  /** The same as `GET /_sandbox/info`. */
  readonly info: SandboxInfo;
  /** Moves the sandbox's clock forward and runs what became due. */
  advance(milliseconds: number): void;
  /** Back to the state at start, with the same seed. */
  reset(): void;
  /** Stops listening and cuts open connections. */
  close(): Promise<void>;
}

/** Starts a sandbox of the given vendors on loopback. */
export async function startSandbox(
  port: number,
  options: EngineOptions,
  modules: readonly VendorModule[],
): Promise<Sandbox> {
  // Secrets outlive a reset: what was issued before it must not appear in an output either.
  const secrets = createSecretRegister();
  let engine: Engine = createEngine(options, modules, secrets);
  let baseUrl = '';
  const reset = (): void => {
    engine = createEngine(options, modules, secrets);
  };
  const environment = { engine: () => engine, secrets, baseUrl: () => baseUrl, reset };
  const server = createServer();
  for (const module of modules) await mountVendor(server, module, environment);
  await mountControl(server, environment);
  await server.listen({ port, host: '127.0.0.1' });
  baseUrl = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return {
    baseUrl,
    get info() {
      return sandboxInfo(engine, baseUrl);
    },
    advance: (milliseconds) => engine.clock.advance(milliseconds),
    reset,
    close: () => server.close(),
  };
}

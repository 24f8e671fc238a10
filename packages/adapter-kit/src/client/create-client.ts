import type { Authenticator } from '../auth/authenticator.js';
import { parseOrigin } from '../http/origin.js';
import type { Client } from '../operations/client-types.js';
import type { Operations } from '../operations/declaration.js';
import { type Timing, timingOf } from '../settings/timing.js';
import type { Caller, CallerConfig } from './caller.js';

/** What `createClient` makes a client of. */
export interface ClientConfig<Ops extends Operations> extends CallerConfig {
  readonly operations: Ops;
  /** How calls are signed; signing in may use the client's own `auth: false` operations. */
  readonly authenticator: (client: Client<Ops>, timing: Timing) => Authenticator;
}

/** The typed client of one configured account. */
export interface CreatedClient<Ops extends Operations> {
  readonly client: Client<Ops>;
  readonly timing: Timing;
  /** Closes idle connections; calls under way fail. */
  close(): Promise<void>;
}

/** Derives the typed client from the declared operations. What calls need (HTTP, schemas, limits) is loaded with the first one. */
export function createClient<Ops extends Operations>(config: ClientConfig<Ops>): CreatedClient<Ops> {
  const timing = timingOf(config.context);
  const origin = parseOrigin(config.settings.baseUrl ?? config.origin);
  const closing = new AbortController();
  let loading: Promise<Caller> | null = null;
  const caller = (): Promise<Caller> => {
    loading ??= import('./caller.js').then(
      (loaded) => new loaded.Caller(config, { timing, origin, authenticator, closing: closing.signal }),
    );
    return loading;
  };
  const client = Object.fromEntries(
    Object.entries(config.operations).map(([operation, declaration]) => [
      operation,
      async (input: unknown, options?: Parameters<Caller['call']>[3]) =>
        (await caller()).call(operation, declaration, input, options),
    ]),
    // The record is built key by key from the operations, so its type is theirs.
  ) as unknown as Client<Ops>;
  const authenticator = config.authenticator(client, timing);
  return {
    client,
    timing,
    close() {
      closing.abort();
      return Promise.resolve();
    },
  };
}

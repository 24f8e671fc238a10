import type { Authenticator } from '../auth/authenticator.js';
import type { Client } from '../operations/client-types.js';
import type { Operations } from '../operations/declaration.js';
import type { Timing } from '../settings/timing.js';
import { Caller, type CallerConfig } from './caller.js';

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

/** Derives the typed client from the declared operations. Makes no call and loads no HTTP code yet. */
export function createClient<Ops extends Operations>(config: ClientConfig<Ops>): CreatedClient<Ops> {
  const caller = new Caller(config);
  const client = Object.fromEntries(
    Object.entries(config.operations).map(([operation, declaration]) => [
      operation,
      (input: unknown, options?: Parameters<Caller['call']>[3]) => caller.call(operation, declaration, input, options),
    ]),
    // The record is built key by key from the operations, so its type is theirs.
  ) as unknown as Client<Ops>;
  caller.authenticateWith(config.authenticator(client, caller.timing));
  return {
    client,
    timing: caller.timing,
    close() {
      caller.close();
      return Promise.resolve();
    },
  };
}

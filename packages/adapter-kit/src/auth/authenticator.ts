import type { CallOptions } from '@carrierkit/core';

export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
}

/** How calls are signed. `rejected` is told after a 401, so that the next `credentials` asks anew. */
export interface Authenticator {
  credentials(options: CallOptions): Promise<Credentials>;
  rejected(credentials: Credentials): void;
}

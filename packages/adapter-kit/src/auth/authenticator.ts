import type { CallOptions } from '@carrierkit/core';

/** What signs a call: headers that go to the configured origin only, and into no log, error or hook. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
}

/** How calls are signed. `rejected` is told after a 401, so that the next `credentials` asks anew. */
export interface Authenticator {
  /** Signs in where that is needed; calls at the same time share one sign-in. @throws `authentication` where the vendor refuses it */
  credentials(options: CallOptions): Promise<Credentials>;
  /** The vendor answered 401 to these; what was signed in anew meanwhile stays. */
  rejected(credentials: Credentials): void;
}

import type { Provider } from '@carrierkit/core';
import { afterAll, describe, it } from 'vitest';
import type { CheckResult } from './check.js';
import { checks } from './checks/all.js';
import { conformanceReport } from './conformance-report.js';
import { runCheck } from './run-check.js';
import type { Setup } from './subject.js';

/** How the suite runs; every member has a default. */
export interface DescribeOptions {
  /** For each check; 30 s if left out. */
  readonly timeoutMs?: number;
  /** What becomes of the Markdown report after the last check; printed if left out. */
  readonly onReport?: (markdown: string) => void;
}

/**
 * Every check of the suite as a vitest test. `setup` runs before each: it gives a fresh provider over a fleet in its first state.
 * An ability declared `none` turns its checks into proofs of absence; what the known fleet cannot prove shows as skipped, with the reason.
 */
export function describeProvider(name: string, setup: Setup, options: DescribeOptions = {}): void {
  const { timeoutMs = 30_000, onReport = (markdown) => console.info(`\n${markdown}`) } = options;
  const results: CheckResult[] = [];
  let seen: Provider | null = null;
  const remembering: Setup = async () => {
    const subject = await setup();
    seen = subject.provider;
    return subject;
  };
  describe(`${name} conforms`, () => {
    for (const check of checks)
      it(check.name, { timeout: timeoutMs }, async (context) => {
        const result = await runCheck(check, remembering);
        results.push(result);
        if (result.status === 'failed') throw result.error;
        if (result.status === 'unproven') context.skip(result.note);
      });
    afterAll(() => {
      if (seen) onReport(conformanceReport(seen, results));
    });
  });
}

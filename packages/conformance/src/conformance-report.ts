import type { Ability, Provider } from '@carrierkit/core';
import { ABILITIES } from './abilities.js';
import type { CheckResult } from './check.js';

const count = (results: readonly CheckResult[], status: CheckResult['status']): number =>
  results.filter((result) => result.status === status).length;

/**
 * What the provider declares and how far it was proven, as a Markdown table for its README: one row per ability, then every gap with its reason.
 * A failed check has no place in a README: it is listed all the same, so that nothing is passed over.
 */
export function conformanceReport(
  provider: Pick<Provider, 'adapter' | 'capabilities'>,
  results: readonly CheckResult[],
): string {
  const row = (name: string, declared: string, own: readonly CheckResult[]): string => {
    const held = count(own, 'passed') + count(own, 'absent');
    const state = declared === 'none' ? 'absent, as declared' : `${held} of ${own.length}`;
    return `| ${name} | ${declared} | ${own.some((result) => result.status === 'failed') ? `${held} of ${own.length}, failing` : state} |`;
  };
  const of = (ability: Ability | null): readonly CheckResult[] =>
    results.filter((result) =>
      ability === null ? result.name.startsWith('provider:') : result.name.startsWith(`${ability}:`),
    );
  const gaps = results.filter((result) => result.status === 'unproven' || result.status === 'failed');
  return [
    `| ${provider.adapter} | declared | checks passed |`,
    '|---|---|---|',
    row('provider', 'always', of(null)),
    ...ABILITIES.map((ability) => row(ability, provider.capabilities.supports[ability], of(ability))),
    ...(gaps.length > 0 ? ['', 'Not shown by these checks:', '', ...gaps.map(gap)] : []),
    '',
  ].join('\n');
}

function gap(result: CheckResult): string {
  const [reason = ''] = (result.note ?? '').split('\n');
  return `- ${result.name} (${result.status}: ${reason})`;
}

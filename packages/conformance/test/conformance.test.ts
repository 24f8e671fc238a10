import { describe, expect, it } from 'vitest';
import { checks, describeProvider, runCheck } from '../src/index.js';
import { setupOf } from './reference/subject.js';

const reports: string[] = [];
const onReport = (markdown: string): void => {
  reports.push(markdown);
};

describeProvider('reference, all abilities', setupOf('full'), { onReport });
describeProvider('reference, slow and open', setupOf('slow'), { onReport });
describeProvider('reference, bare', setupOf('bare'), { onReport });

describe('the suite', () => {
  it('names every check once', () => {
    const names = checks.map((check) => check.name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
  it('leaves nothing unproven on a provider that does everything over a fleet that is fully known', async () => {
    const proven = new Set<string>();
    for (const variant of ['full', 'slow'] as const)
      for (const check of checks)
        if ((await runCheck(check, setupOf(variant))).status === 'passed') proven.add(check.name);
    expect(checks.map((check) => check.name).filter((name) => !proven.has(name))).toEqual([]);
  });
});

describe('the report', () => {
  it('shows what is declared, what was proven, and every gap with its reason', () => {
    const [, , bare = ''] = reports;
    expect(bare).toContain('| reference | declared | checks passed |');
    expect(bare).toContain('| messaging.send | none | absent, as declared |');
    expect(bare).toMatch(/\| inventory\.get \| native \| 4 of 4 \|/);
    expect(bare).toContain('(unproven: the known fleet gives no `retirable`)');
  });
});

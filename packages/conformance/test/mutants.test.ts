import { describe, expect, it } from 'vitest';
import { checks, runCheck, type Setup } from '../src/index.js';
import { lifecycleMutants } from './mutants/lifecycle.js';
import { listMutants } from './mutants/lists.js';
import { messagingAndUsageMutants } from './mutants/messaging-and-usage.js';
import type { Mutant } from './mutants/mutant.js';
import { providerAndInventoryMutants } from './mutants/provider-and-inventory.js';
import { setupOf, subjectOf } from './reference/subject.js';
import { Vendor } from './reference/vendor.js';

const mutants = [...providerAndInventoryMutants, ...lifecycleMutants, ...messagingAndUsageMutants, ...listMutants];

const spoiled =
  ({ variant, mutate }: Mutant): Setup =>
  async () => {
    const vendor = new Vendor(variant === 'slow' ? 2000 : 0);
    return mutate(subjectOf(variant, vendor), vendor);
  };
const checkOf = (name: string) =>
  checks.find((check) => check.name === name) ?? expect.fail(`no check is called ${name}`);

describe('a provider with one defect', () => {
  for (const mutant of mutants)
    it(`${mutant.check}: found when ${mutant.defect}`, async () => {
      const check = checkOf(mutant.check);
      expect(await runCheck(check, setupOf(mutant.variant))).toMatchObject({ status: 'passed' });
      expect(await runCheck(check, spoiled(mutant))).toMatchObject({ status: 'failed' });
    });

  it('exists for every check', () => {
    const found = new Set(mutants.map((mutant) => mutant.check));
    expect(checks.map((check) => check.name).filter((name) => !found.has(name))).toEqual([]);
  });
});

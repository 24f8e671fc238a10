import { expectMember, isDeclared } from './abilities.js';
import { type Check, type CheckResult, NotProven } from './check.js';
import type { Setup, Subject } from './subject.js';

/** Runs one check on a provider of its own; a broken promise is a result, not an exception. */
export async function runCheck(check: Check, setup: Setup): Promise<CheckResult> {
  const { name, ability } = check;
  try {
    return { name, ability, status: await examine(check, setup), note: null };
  } catch (error) {
    if (error instanceof NotProven) return { name, ability, status: 'unproven', note: error.message };
    return { name, ability, status: 'failed', note: error instanceof Error ? error.message : String(error), error };
  }
}

async function examine(check: Check, setup: Setup): Promise<'passed' | 'absent'> {
  const subject = await setup();
  try {
    if (check.ability !== null && !isDeclared(subject.provider, check.ability)) {
      expectMember(subject.provider, check.ability);
      return 'absent';
    }
    await check.run(subject);
    return 'passed';
  } finally {
    await release(subject);
  }
}

async function release({ provider, wrongCredentials, close }: Subject): Promise<void> {
  try {
    await Promise.all([provider.close(), wrongCredentials?.close()]);
  } finally {
    await close?.();
  }
}

import { ConnectivityError, type WriteOptions } from '@carrierkit/core';
import type { Account } from '../account.js';

const maxSends = 3;

/** Asks for another plan. `unchanged`: the SIM has it, and the vendor says so; what may have been pending is then cancelled. */
export async function changePlan(
  account: Account,
  iccid: string,
  plan: string,
  options: WriteOptions,
): Promise<'accepted' | 'applied' | 'unchanged'> {
  const waits = account.settings.ratePlanChange === 'next-cycle';
  try {
    const answer = await repeated(() => sendPlan(account, iccid, plan, waits, options), waits ? maxSends : 1);
    return answer === 'cancelled' ? 'unchanged' : 'accepted';
  } catch (error) {
    if (!ConnectivityError.is(error) || error.effect === 'none') throw error;
    // The switch may have happened; where it has not, it may still be under way.
    if ((await planOf(account, iccid, options).catch(() => null)) === plan) return 'applied';
    throw error;
  }
}

/** Takes a change back by asking for the plan that the SIM has. */
export async function cancelPlanChange(account: Account, iccid: string, options: WriteOptions): Promise<'applied'> {
  for (let sends = 1; ; sends++) {
    const plan = await planOf(account, iccid, options);
    if (plan === null)
      throw new ConnectivityError('conflict', `SIM ${iccid} has no rate plan, so none can be changed`, {
        provider: account.provider,
      });
    const answer = await repeated(() => sendPlan(account, iccid, plan, true, options), maxSends);
    // "Created": the SIM went over to the other plan since it was read, and has just been asked to come back.
    if (answer !== 'created') return 'applied';
    if (sends >= maxSends) throw stillMoving(account, iccid);
  }
}

async function planOf({ client }: Account, iccid: string, options: WriteOptions): Promise<string | null> {
  const { data } = await client.getSimCardSubscription({ iccid }, options);
  return data.subscription.servicePackId || null;
}

/** v2.0 does not tell whether a change was created or cancelled. */
async function sendPlan(
  { client, settings }: Account,
  iccid: string,
  plan: string,
  waits: boolean,
  options: WriteOptions,
): Promise<'created' | 'cancelled' | 'taken'> {
  if (settings.ratePlanApi === 'v2.0') {
    await client.updateSimCardSubscription({ iccid, body: { servicePackId: plan } }, options);
    return 'taken';
  }
  const body = { service_pack_id: plan, next_billing_cycle: waits };
  const { status } = await client.updateSimCardSubscriptionV22({ iccid, body }, options);
  return status === 204 ? 'created' : 'cancelled';
}

/** To wait for the next cycle may be asked for twice. What was once in doubt stays so, whatever a later answer says. */
async function repeated<T>(write: () => Promise<T>, sends: number): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!ConnectivityError.is(error) || error.effect === 'none' || sends <= 1) throw error;
    try {
      return await repeated(write, sends - 1);
    } catch (again) {
      if (!ConnectivityError.is(again)) throw again;
      throw new ConnectivityError(again.kind, again.message, { ...again.toJSON(), effect: 'unknown' });
    }
  }
}

function stillMoving({ provider }: Account, iccid: string): ConnectivityError {
  const message = `SIM ${iccid} changed its rate plan again and again while a change was to be cancelled; read it and try again`;
  return new ConnectivityError('conflict', message, { provider, effect: 'unknown' });
}

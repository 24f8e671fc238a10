import { type Answer, empty, json } from '../../framework/answer.js';
import type { EffectHandle } from '../../framework/effects.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { faultyFields, MUST_BE_PRESENT, notFound, ok, refused } from './answers.js';
import { UPDATED } from './journal.js';
import type { Portal } from './portal.js';
import { planByLabel, type RatePlan } from './rate-plans.js';
import { subscriptionView } from './sim-view.js';
import { nextCycleStart } from './timestamps.js';
import { type TopUps, topUpLimitReached } from './top-ups.js';

interface PendingChange {
  readonly plan: string;
  readonly effect: EffectHandle;
}

export function subscriptionHandlers(portal: Portal, topUps: TopUps): Readonly<Record<string, Handler>> {
  const { sims, context, switches } = portal;
  /** Changes that wait for the next billing cycle, by SIM. */
  const pending = new Map<number, PendingChange>();

  const cancel = (request: VendorRequest, index: number): void => {
    const change = pending.get(index);
    if (change === undefined) return;
    pending.delete(index);
    change.effect.failed();
    request.effect({ subject: [sims.iccid(index)], detail: { cancelled: change.plan } });
  };

  const schedule = (request: VendorRequest, index: number, plan: RatePlan): void => {
    const known = pending.get(index);
    if (known?.plan === plan.label) return;
    known?.effect.failed();
    const detail = { plan: plan.label, when: 'next billing cycle' };
    const effect = request.effect({ subject: [sims.iccid(index)], detail, state: 'pending' });
    const change = { plan: plan.label, effect };
    pending.set(index, change);
    const now = context.clock.now();
    context.clock.after(nextCycleStart(now, switches.billCycleStartDay) - now, () => {
      if (pending.get(index) !== change) return;
      pending.delete(index);
      changePlan(portal, index, plan, effect);
    });
  };

  const switchNow = (request: VendorRequest, index: number, plan: RatePlan): void => {
    topUps.count(sims.organization(index), plan);
    const detail = { plan: plan.label, when: 'now' };
    const effect = request.effect({ subject: [sims.iccid(index)], detail, state: 'pending' });
    context.clock.after(context.delays.state, () => changePlan(portal, index, plan, effect));
  };

  const refusal = (index: number, plan: RatePlan, now: boolean): Answer | undefined => {
    const why = (reason: string): Answer =>
      refused(400, `Could not change Rate Plan to '${plan.label}' for ICCID #${sims.iccid(index)}: ${reason}`);
    if (!now) return undefined;
    if (pending.has(index)) return why('The SIM card has a Rate Plan change locked at the end of the billing cycle!');
    return topUpLimitReached(topUps, sims.organization(index), plan)
      ? why('Top-Up limit has been reached!')
      : undefined;
  };

  return {
    getSimCardSubscription: (request) => {
      const index = sims.indexOf(request.params['iccid'] ?? '');
      if (index === undefined) return notFound();
      return json(200, { subscription: subscriptionView(portal, index) });
    },
    updateSimCardSubscription: (request) => {
      const index = sims.indexOf(request.params['iccid'] ?? '');
      if (index === undefined) return notFound();
      const { servicePackId } = request.body as { readonly servicePackId?: string };
      if (servicePackId === undefined) return faultyFields({ servicePackId: [MUST_BE_PRESENT] });
      const plan = planByLabel(servicePackId);
      if (plan === undefined) return refused(400, `Unknown Rate Plan with label ${servicePackId}.`);
      portal.journal.audit(request, 'SIM Card', sims.iccid(index), 'change_rate_plan', plan.label);
      if (sims.plan(index) === plan.label) cancel(request, index);
      else schedule(request, index, plan);
      return ok();
    },
    updateSimCardSubscriptionV22: (request) => {
      const index = sims.indexOf(request.params['iccid'] ?? '');
      if (index === undefined) return refused(404, 'SIM card not found.');
      const body = request.body as { readonly service_pack_id: string; readonly next_billing_cycle: boolean };
      const plan = planByLabel(body.service_pack_id);
      if (plan === undefined) return refused(400, 'The service_pack_id (i.e., Rate Plan) is not valid.');
      portal.journal.audit(request, 'SIM Card', sims.iccid(index), 'change_rate_plan', plan.label);
      if (sims.plan(index) === plan.label && (body.next_billing_cycle || pending.has(index))) {
        cancel(request, index);
        return json(200, { detail: 'Scheduled Rate Plan change has been cancelled.' });
      }
      const no = refusal(index, plan, !body.next_billing_cycle);
      if (no !== undefined) return no;
      if (body.next_billing_cycle) schedule(request, index, plan);
      else switchNow(request, index, plan);
      return empty(204);
    },
  };
}

function changePlan({ sims, journal }: Portal, index: number, plan: RatePlan, effect: EffectHandle): void {
  sims.change(index, { plan: plan.label });
  journal.notify(UPDATED, sims.iccid(index), 'SET', 'rate_plan', plan.label);
  effect.done();
}

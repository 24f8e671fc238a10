import { type Answer, json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { refused } from './answers.js';
import type { Portal } from './portal.js';
import { planByLabel, type RatePlan, ratePlans } from './rate-plans.js';

/**
 * Switching a SIM to a plan at once counts as a top-up; a sub-organization may be limited in them, by plan. Keyed by
 * name of the organization and label of the plan.
 */
export interface TopUps {
  count(organization: string, plan: RatePlan): void;
  counted(organization: string, plan: RatePlan): number;
  limit(organization: string, plan: RatePlan): number | undefined;
  readonly handlers: Readonly<Record<string, Handler>>;
}

export function topUpLimitReached(topUps: TopUps, organization: string, plan: RatePlan): boolean {
  const limit = topUps.limit(organization, plan);
  return limit !== undefined && topUps.counted(organization, plan) >= limit;
}

export function createTopUps(portal: Portal): TopUps {
  const counts = new Map<string, number>();
  const limits = new Map<string, number>();
  const key = (organization: string, plan: RatePlan): string => `${organization}\n${plan.label}`;
  const counted = (organization: string, plan: RatePlan): number => counts.get(key(organization, plan)) ?? 0;
  const limit = (organization: string, plan: RatePlan): number | undefined => limits.get(key(organization, plan));
  const show = (plan: RatePlan, value: number): object => ({
    rate_plan_id: plan.id,
    rate_plan_label: plan.label,
    rate_plan_top_up_limit: value,
  });

  /** Runs `then` with the sub-organization's name, or answers that there is none. */
  const withOrganization = (request: VendorRequest, then: (organization: string) => Answer): Answer => {
    const pk = request.params['pk'] ?? '';
    const found = portal.subOrganizations.get(pk);
    return found === undefined
      ? refused(404, `Sub-organization with the ID '${pk}' does not exist.`)
      : then(found.name);
  };
  const withPlan = (
    request: VendorRequest,
    missing: string,
    then: (organization: string, plan: RatePlan) => Answer,
  ): Answer =>
    withOrganization(request, (organization) => {
      const plan = ratePlans.find(({ id }) => String(id) === request.params['id']);
      return plan === undefined ? refused(404, missing) : then(organization, plan);
    });
  const set = (request: VendorRequest, organization: string, plan: RatePlan, value: number): void => {
    if (limits.get(key(organization, plan)) === value) return;
    limits.set(key(organization, plan), value);
    request.effect({ subject: [`${request.params['pk'] ?? ''}/${plan.id}`], detail: { limit: value } });
  };
  const NO_PLAN = "Rate plan doesn't exist.";
  const NO_LIMIT = 'No top-up limit is defined for the requested Rate Plan.';

  const handlers: Readonly<Record<string, Handler>> = {
    getRatePlanTopUpCounter: (request) =>
      withPlan(request, `Rate plan with ID '${request.params['id'] ?? ''}' doesn't exist.`, (organization, plan) =>
        json(200, { rate_plan_top_up_usage: counted(organization, plan) }),
      ),
    listTopUpLimits: (request) =>
      withOrganization(request, (organization) => {
        const id = request.rawQuery.get('rate_plan_id');
        const label = request.rawQuery.get('rate_plan_label');
        const rows = ratePlans.flatMap((plan) => {
          const value = limit(organization, plan);
          const wanted = (id === null || id === String(plan.id)) && (label === null || label === plan.label);
          return value === undefined || !wanted ? [] : [show(plan, value)];
        });
        return json(200, rows);
      }),
    createTopUpLimit: (request) =>
      withOrganization(request, (organization) => {
        const body = request.body as { readonly rate_plan_label: string; readonly rate_plan_top_up_limit: number };
        const plan = planByLabel(body.rate_plan_label);
        if (plan === undefined) return refused(404, NO_PLAN);
        if (limit(organization, plan) !== undefined) {
          return refused(409, `Top-up limit for rate plan '${plan.label}' already exists.`);
        }
        set(request, organization, plan, body.rate_plan_top_up_limit);
        return json(201, show(plan, body.rate_plan_top_up_limit));
      }),
    getTopUpLimit: (request) =>
      withPlan(request, NO_PLAN, (organization, plan) => {
        const value = limit(organization, plan);
        return value === undefined ? refused(404, NO_LIMIT) : json(200, show(plan, value));
      }),
    updateTopUpLimit: (request) =>
      withPlan(request, NO_PLAN, (organization, plan) => {
        const value = (request.body as { readonly rate_plan_top_up_limit: number }).rate_plan_top_up_limit;
        const known = limit(organization, plan) !== undefined;
        set(request, organization, plan, value);
        return json(known ? 200 : 201, show(plan, value));
      }),
    deleteTopUpLimit: (request) =>
      withPlan(request, NO_PLAN, (organization, plan) => {
        if (!limits.delete(key(organization, plan))) return refused(404, NO_LIMIT);
        request.effect({ subject: [`${request.params['pk'] ?? ''}/${plan.id}`] });
        return json(200, { detail: 'Rate plan top-up limit deleted successfully' });
      }),
  };
  return {
    counted,
    limit,
    handlers,
    count: (organization, plan) => {
      counts.set(key(organization, plan), counted(organization, plan) + 1);
    },
  };
}

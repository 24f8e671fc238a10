import { json } from '../../framework/answer.js';
import type { Handler } from '../../framework/vendor.js';
import { notFound } from './answers.js';
import { contains, listed } from './listing.js';
import { initialState } from './states.js';
import { versionOf } from './versions.js';

export interface RatePlan {
  /** Number on the top-up paths only. */
  readonly id: number;
  /** Label and key; real ones hold blanks and parentheses. */
  readonly label: string;
  readonly voice: boolean;
  /** Volume (KB, presumed) and time (minutes, presumed) of the Test state; `null`: no Test state. */
  readonly test: { readonly kilobytes: number; readonly minutes: number } | null;
}

export const ratePlans: readonly RatePlan[] = [
  {
    id: 101,
    label: 'Flex (Zone 1) 50MB IoT Plan Tier A (LPWAN) (v2)',
    voice: false,
    test: { kilobytes: 10_240, minutes: 43_200 },
  },
  { id: 102, label: 'Flex (Zone 1) 1GB IoT Plan Tier B', voice: false, test: { kilobytes: 20_480, minutes: 43_200 } },
  { id: 103, label: 'Global Pool 500MB', voice: true, test: null },
  { id: 104, label: 'Pay As You Go (Europe)', voice: false, test: null },
];

export function planByLabel(label: string): RatePlan | undefined {
  return ratePlans.find((plan) => plan.label === label);
}

/** SIMs that start in the Test state have a plan that supports it. */
export function initialPlan(index: number): string {
  const place = initialState(index) === 'TEST' ? index % 2 : Math.floor(index / 3) % ratePlans.length;
  return ratePlans[place]?.label ?? '';
}

export function bearerWord(on: boolean): string {
  return on ? 'ACTIVE' : 'SUSPENDED';
}

export function ratePlanHandlers(): Readonly<Record<string, Handler>> {
  const byLabel = ratePlans.toSorted((left, right) => (left.label < right.label ? -1 : 1));
  return {
    listRatePlans: (request) => {
      const legacy = versionOf(request.template) === 'v2.0';
      const answer = listed<RatePlan>(request, {
        length: byLabel.length,
        at: (place) => byLabel[place] as RatePlan,
        filters: {
          servicePackId: contains((plan) => plan.label),
          supportsTestMode: (value) => {
            if (value !== 'True' && value !== 'False') return undefined;
            return (plan) => (plan.test !== null) === (value === 'True');
          },
        },
        orderings: { servicePackId: (plan) => plan.label },
        show: (plan) => showPlan(plan, legacy),
      });
      return legacy ? { ...answer, offContract: true } : answer;
    },
    getRatePlan: (request) => {
      const plan = planByLabel(request.params['servicePackId'] ?? '');
      if (plan === undefined) return notFound();
      const legacy = versionOf(request.template) === 'v2.0';
      const answer = json(200, showPlan(plan, legacy));
      return legacy ? { ...answer, offContract: true } : answer;
    },
  };
}

/** v2.0 knows nothing of the Test state. */
function showPlan(plan: RatePlan, legacy: boolean): object {
  const shown = {
    servicePackId: plan.label,
    bearerServices: {
      voiceMo: bearerWord(plan.voice),
      voiceMt: bearerWord(plan.voice),
      smsMo: 'ACTIVE',
      smsMt: 'ACTIVE',
      gprs: 'ACTIVE',
      csd: 'SUSPENDED',
      ussd: 'SUSPENDED',
    },
  };
  if (legacy) return shown;
  return {
    ...shown,
    supportsTestMode: plan.test !== null,
    testMode: plan.test === null ? null : { dataUsageLimit: plan.test.kilobytes, allowedTestTime: plan.test.minutes },
  };
}

import type { Portal } from './portal.js';

export type Members = Readonly<Record<string, unknown>>;

/** A rule as the portal shows it: every member is there, those not in use are empty. */
export interface Rule {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly filters: {
    readonly sim_cards: readonly string[];
    readonly tags: readonly string[];
    readonly rate_plan: string;
  };
  readonly action: Members;
  readonly notifications: { readonly email: string; readonly sms_notification: unknown; readonly webhook_url: string };
  readonly condition: Members;
}

export interface RuleBody {
  readonly label?: string;
  readonly description?: string;
  readonly filters?: Partial<Rule['filters']>;
  readonly action?: Members;
  readonly notifications?: Members;
  readonly condition?: Members;
}

const NO_FILTERS = { sim_cards: [], tags: [], rate_plan: '' };
const NO_ACTION = {
  change_sim_card_status: '',
  change_data_status: '',
  schedule_data_status_change: null,
  schedule_rate_plan_change: null,
};
const NO_NOTIFICATIONS = { email: '', sms_notification: null, webhook_url: '' };
const NO_SMS = { send_sms_to: '', mobile_phone_number: '', custom_message: '' };
const NO_EVENT = {
  from_device: '',
  from_imei_prefix: '',
  to_device: '',
  to_imei_prefix: '',
  triggers_when_location: null,
  country_list: [],
  network_list: [],
  triggers_when_session: null,
  from_sim_state: '',
  to_sim_state: '',
};

export function fullRule(id: string, body: RuleBody, event: boolean): Rule {
  const { label = '', description = '', filters, action = {}, notifications = {}, condition = {} } = body;
  const sms = notifications['sms_notification'];
  const plan = action['schedule_rate_plan_change'];
  return {
    id,
    label,
    description,
    filters: { ...NO_FILTERS, ...filters },
    action: {
      ...NO_ACTION,
      ...action,
      ...(isObject(plan) ? { schedule_rate_plan_change: { change_to: '', ...plan } } : {}),
    },
    notifications: {
      ...NO_NOTIFICATIONS,
      ...notifications,
      ...(isObject(sms) ? { sms_notification: { ...NO_SMS, ...sms } } : {}),
    },
    condition: event ? { ...NO_EVENT, ...condition } : { ...condition, over_the: fullPeriod(condition['over_the']) },
  };
}

function fullPeriod(period: unknown): object {
  return { of: null, units: null, ...(isObject(period) ? period : {}) };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What a rule names must exist: messages nested like the input, `undefined` without a fault. */
export function unknownNames(
  portal: Portal,
  body: RuleBody,
  planExists: (label: string) => boolean,
): object | undefined {
  const missing = (field: 'iccid' | 'label', name: string): string => `Object with ${field}=${name} does not exist.`;
  const { sim_cards = [], tags = [], rate_plan = '' } = body.filters ?? {};
  const filters: Record<string, string[]> = {};
  const unknownSim = sim_cards.find((iccid) => portal.sims.indexOf(iccid) === undefined);
  if (unknownSim !== undefined) filters['sim_cards'] = [missing('iccid', unknownSim)];
  const unknownTag = tags.find((label) => portal.tags.get(label) === undefined);
  if (unknownTag !== undefined) filters['tags'] = [missing('label', unknownTag)];
  if (rate_plan !== '' && !planExists(rate_plan)) filters['rate_plan'] = [missing('label', rate_plan)];
  const change = body.action?.['schedule_rate_plan_change'] as { readonly change_to?: string } | undefined;
  const target = change?.change_to ?? '';
  const faults = {
    ...(Object.keys(filters).length === 0 ? {} : { filters }),
    ...(target === '' || planExists(target)
      ? {}
      : { action: { schedule_rate_plan_change: { change_to: [missing('label', target)] } } }),
  };
  return Object.keys(faults).length === 0 ? undefined : faults;
}

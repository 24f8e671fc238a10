import { type Answer, empty, json } from '../../framework/answer.js';
import { type Collection, createCollection } from '../../framework/collection.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { faultyFields, MUST_BE_PRESENT, notFound } from './answers.js';
import { contains, dateRange, equal, listed, sameInstant } from './listing.js';
import type { Portal } from './portal.js';
import { planByLabel } from './rate-plans.js';
import { fullRule, type Rule, type RuleBody, unknownNames } from './rule-shapes.js';
import { instant } from './timestamps.js';

interface KeptRule extends Rule {
  readonly created: number;
}

/** One firing of a rule. */
export interface RuleEvent {
  readonly date: number;
  readonly index: number;
  readonly label: string;
  readonly trigger: string;
  readonly email: string;
  readonly url: string;
  readonly message: string;
}

/**
 * Rules are kept and shown. Of all conditions only `New SIM State` is watched: it leaves an event, its action is not
 * carried out.
 */
export function ruleHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  const usageRules = createCollection<KeptRule>(({ id }) => id);
  const eventRules = createCollection<KeptRule>(({ id }) => id);
  let lastId = 0;
  portal.watchers.push((index, from, to) => {
    for (const rule of eventRules.list())
      if (fires(portal, rule, index, from, to)) record(portal, rule, index, from, to);
  });

  const create = (request: VendorRequest, rules: Collection<KeptRule>, event: boolean): Answer => {
    const body = request.body as RuleBody;
    if (body.label === undefined || body.label === '') return faultyFields({ label: [MUST_BE_PRESENT] });
    if (body.condition === undefined) return faultyFields({ condition: [MUST_BE_PRESENT] });
    const faults = unknownNames(portal, body, (label) => planByLabel(label) !== undefined);
    if (faults !== undefined) return faultyFields(faults);
    lastId += 1;
    const rule = fullRule(String(lastId), body, event);
    rules.put({ ...rule, created: portal.context.clock.now() });
    portal.journal.audit(request, 'Rule', rule.id, 'create', rule.label);
    request.effect({ subject: [rule.id] });
    return json(200, rule);
  };

  const update = (request: VendorRequest, rules: Collection<KeptRule>, event: boolean): Answer => {
    const known = rules.get(request.params['pk'] ?? '');
    if (known === undefined) return notFound();
    const body = request.body as RuleBody;
    const faults = unknownNames(portal, body, (label) => planByLabel(label) !== undefined);
    if (faults !== undefined) return faultyFields(faults);
    const { created, id, ...members } = known;
    const rule = fullRule(id, { ...members, ...body }, event);
    rules.put({ ...rule, created });
    portal.journal.audit(request, 'Rule', id, 'update', rule.label);
    request.effect({ subject: [id] });
    return json(200, rule);
  };

  const remove = (request: VendorRequest, rules: Collection<KeptRule>): KeptRule | undefined => {
    const known = rules.get(request.params['pk'] ?? '');
    if (known === undefined) return undefined;
    rules.remove(known.id);
    portal.journal.audit(request, 'Rule', known.id, 'delete', known.label);
    request.effect({ subject: [known.id] });
    return known;
  };

  const list = (request: VendorRequest, rules: Collection<KeptRule>): Answer => {
    const rows = rules.list();
    return listed<KeptRule>(request, {
      length: rows.length,
      at: (place) => rows[place] as KeptRule,
      filters: {},
      show: shown,
    });
  };
  const read = (request: VendorRequest, rules: Collection<KeptRule>): Answer => {
    const known = rules.get(request.params['pk'] ?? '');
    return known === undefined ? notFound() : json(200, shown(known));
  };

  return {
    listUsageRules: (request) => list(request, usageRules),
    createUsageRule: (request) => create(request, usageRules, false),
    getUsageRule: (request) => read(request, usageRules),
    updateUsageRule: (request) => update(request, usageRules, false),
    deleteUsageRule: (request) => {
      const removed = remove(request, usageRules);
      if (removed === undefined) return notFound();
      return portal.switches.usageRuleDeletion === 204 ? empty(204) : json(200, shown(removed));
    },
    listEventRules: (request) => list(request, eventRules),
    createEventRule: (request) => create(request, eventRules, true),
    getEventRule: (request) => read(request, eventRules),
    updateEventRule: (request) => update(request, eventRules, true),
    deleteEventRule: (request) => {
      const removed = remove(request, eventRules);
      return removed === undefined ? notFound() : json(200, shown(removed));
    },
    listRules: (request) => {
      const rows = [
        ...usageRules.list().map((rule) => ({ rule, type: String(rule.condition['when']) })),
        ...eventRules.list().map((rule) => ({ rule, type: String(rule.condition['type']) })),
      ].toSorted((left, right) => left.rule.created - right.rule.created);
      return listed<(typeof rows)[number]>(request, {
        length: rows.length,
        at: (place) => rows[place] as (typeof rows)[number],
        filters: {},
        show: ({ rule, type }) => flat(rule, type),
      });
    },
    listRuleEvents: (request) => listed<RuleEvent>(request, eventRows(portal)),
  };
}

function shown({ created: _created, ...rule }: KeptRule): Rule {
  return rule;
}

/** The v2.0 view. */
function flat(rule: KeptRule, type: string): object {
  const { filters, notifications, action } = rule;
  const sms = notifications.sms_notification as { readonly mobile_phone_number?: string } | null;
  const plan = action['schedule_rate_plan_change'] as { readonly change_to?: string } | null;
  return {
    dateCreated: instant(rule.created),
    label: rule.label,
    type,
    filter: { all: coversAll(rule), simCard: filters.sim_cards },
    condition: rule.condition,
    action: {
      email: notifications.email,
      mobilePhoneNumber: sms?.mobile_phone_number ?? '',
      url: notifications.webhook_url,
      snmpHost: '',
      snmpPort: '',
      changeRatePlan: plan?.change_to ?? '',
    },
    extended: '',
  };
}

function coversAll({ filters }: Rule): boolean {
  return filters.sim_cards.length === 0 && filters.tags.length === 0 && filters.rate_plan === '';
}

function fires(portal: Portal, rule: Rule, index: number, from: string, to: string): boolean {
  const { condition, filters } = rule;
  if (condition['type'] !== 'New SIM State') return false;
  const matches = (wanted: unknown, state: string): boolean => wanted === 'ANY' || wanted === '' || wanted === state;
  if (!matches(condition['from_sim_state'], from) || !matches(condition['to_sim_state'], to)) return false;
  if (coversAll(rule)) return true;
  const tagged = filters.tags.some((label) => {
    const tag = portal.tags.get(label);
    return tag !== undefined && portal.tags.value(tag, index);
  });
  return (
    tagged || filters.sim_cards.includes(portal.sims.iccid(index)) || filters.rate_plan === portal.sims.plan(index)
  );
}

function record(portal: Portal, rule: Rule, index: number, from: string, to: string): void {
  portal.ruleEvents.push({
    date: portal.context.clock.now(),
    index,
    label: rule.label,
    trigger: 'New SIM State',
    email: rule.notifications.email,
    url: rule.notifications.webhook_url,
    message: `State changed from ${from} to ${to}`,
  });
}

function eventRows({ sims, ruleEvents }: Portal) {
  return {
    length: ruleEvents.length,
    at: (place: number) => ruleEvents[ruleEvents.length - 1 - place] as RuleEvent,
    filters: {
      date: sameInstant<RuleEvent>(({ date }) => date),
      label: equal<RuleEvent>(({ label }) => label),
      simCard: equal<RuleEvent>(({ index }) => sims.iccid(index)),
      type: equal<RuleEvent>(() => EVENT_RULE),
      message: contains<RuleEvent>(({ message }) => message),
      email: equal<RuleEvent>(({ email }) => email),
      url: equal<RuleEvent>(({ url }) => url),
      ...dateRange<RuleEvent>('date', ({ date }) => date),
    },
    orderings: {
      date: ({ date }: RuleEvent) => date,
      label: ({ label }: RuleEvent) => label,
      simCard: ({ index }: RuleEvent) => index,
    },
    show: (event: RuleEvent) => ({
      date: instant(event.date),
      label: event.label,
      simCard: sims.iccid(event.index),
      ruleType: EVENT_RULE,
      ruleTrigger: event.trigger,
      changeSimStatus: '',
      changeDataStatus: '',
      email: event.email,
      mobilePhoneNumber: '',
      url: event.url,
      message: event.message,
    }),
  };
}

const EVENT_RULE = 'Event Rule';

import { parseIccid } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { toOrder } from '../src/mapping/order.js';
import { toSim } from '../src/mapping/sim.js';
import { stateOf } from '../src/mapping/state.js';
import { newOrder } from '../src/orders/new-order.js';
import { embedded, ids, subscription } from './recorded.js';

const iccid = '89310680000000000019';
const entry = (more: object = {}) => subscription(ids.subscription, iccid, more);

describe('a subscription', () => {
  it('is a SIM, with its primary number first', () => {
    expect(toSim('staff', entry(), false)).toEqual({
      provider: 'staff',
      iccid,
      ref: ids.subscription,
      eid: null,
      imsis: [],
      msisdns: ['31970000000001', '31970000000002'],
      imei: null,
      state: { value: 'active', raw: 'active' },
      services: { data: 'unknown', smsMo: 'unknown', smsMt: 'unknown', voiceMo: 'enabled', voiceMt: 'enabled' },
      label: null,
      ratePlan: null,
      account: ids.account,
      tags: [],
      attributes: { subscriber: 'sbr_0123AAABBBBCCC123XY456' },
      firstActivatedAt: '2023-01-01T00:00:00.000Z',
      raw: entry(),
    });
  });

  it('shows no activation code, should one ever come', () => {
    const sim_profile = { iccid, activation_code: 'LPA:1$smdp.example$ABC-123', matching_id: 'ABC-123', pin: null };
    const sim = toSim('staff', entry({ _embedded: { ...embedded(iccid), sim_profile } }), false);
    expect(JSON.stringify(sim)).not.toContain('ABC-123');
    expect(sim?.raw).toMatchObject({ _embedded: { sim_profile: { iccid, activation_code: '[redacted]', pin: null } } });
    const order = toOrder(
      'staff',
      { id: ids.order, status: 'completed', type: 'x', sim_profile },
      { placedAt: null, iccid: null, simRef: null },
    );
    expect(JSON.stringify(order)).not.toContain('ABC-123');
  });

  it('is none while it has no ICCID', () => {
    const { sim_profile: _, ...others } = embedded(iccid);
    for (const _embedded of [undefined, null, others, { ...others, sim_profile: null }, embedded('none')])
      expect(toSim('staff', entry({ _embedded }), false)).toBeNull();
  });

  it('tells account and subscriber by its links where they are not embedded', () => {
    const { account: _, subscriber: __, ...parts } = embedded(iccid);
    expect(toSim('staff', entry({ _embedded: parts }), false)).toMatchObject({
      account: ids.account,
      attributes: { subscriber: 'sbr_0123AAABBBBCCC123XY456' },
    });
    const bare = toSim('staff', { id: 'sub_1', status: 'active', _embedded: parts }, false);
    expect(bare).toMatchObject({ account: null, attributes: {}, firstActivatedAt: null });
  });

  it('switches the services that it tells, and no others', () => {
    const services = (told: readonly object[]) =>
      toSim('staff', entry({ _embedded: { ...embedded(iccid), services: { _embedded: { services: told } } } }), false)
        ?.services;
    expect(
      services([{ type: 'sms', enabled: false }, { type: 'data' }, { type: 'constructor', enabled: true }]),
    ).toEqual({
      data: 'unknown',
      smsMo: 'disabled',
      smsMt: 'disabled',
      voiceMo: 'unknown',
      voiceMt: 'unknown',
    });
  });

  it.each([
    ['active', false, 'active'],
    ['active', true, 'suspended'],
    ['suspended', false, 'suspended'],
    ['terminated', false, 'retired'],
    ['terminated', true, 'retired'],
    ['dormant', false, 'unknown'],
    ['dormant', true, 'unknown'],
  ])('that reads %s, suspended by an order of ours: %s', (status, suspended, value) => {
    expect(stateOf(status, suspended)).toEqual({ value, raw: status });
  });
});

describe('an order', () => {
  const facts = { placedAt: null, iccid: parseIccid(iccid), simRef: ids.subscription };

  it.each([
    ['pending', 'pending'],
    ['completed', 'completed'],
    ['canceled', 'failed'],
    ['cancelled', 'failed'],
    ['on_hold', 'unknown'],
  ])('that is %s', (status, value) => {
    expect(toOrder('staff', { id: ids.order, status, type: 'resume_subscription' }, facts)).toMatchObject({
      provider: 'staff',
      id: ids.order,
      type: { value: 'resume', raw: 'resume_subscription' },
      state: { value, raw: status },
      iccid,
      simRef: ids.subscription,
      placedAt: null,
    });
  });

  it('believes the vendor before our own notes, and takes what is not told from them', () => {
    const told = { id: ids.order, status: 'completed', type: 'change_sim_profile', subscription_id: 'sub_other' };
    const order = toOrder('staff', { ...told, sim_profile: { iccid: '89310680000000000027' } }, facts);
    expect(order).toMatchObject({ iccid: '89310680000000000027', simRef: 'sub_other' });
    expect(toOrder('staff', { ...told, sim_profile: { iccid: null }, subscription_id: null }, facts)).toMatchObject(
      facts,
    );
  });

  it('of a type that is new to us is kept', () => {
    const order = toOrder('staff', { id: 'acc_1', status: 'pending', type: 'swap_sim' }, facts);
    expect(order.type).toEqual({ value: 'unknown', raw: 'swap_sim' });
  });
});

describe('the body of an order', () => {
  const account = ids.account;
  const sim = parseIccid(iccid);

  it('replaces a SIM under the name that goes over the wire', () => {
    const delivery = { by: 'email', to: ['ada@example.com'], cc: ['it@example.com'] } as const;
    expect(newOrder({ type: 'replace-sim', account, sim, delivery }, ids.subscription)).toEqual({
      type: 'change_sim_profile',
      account_id: account,
      subscription_id: ids.subscription,
      sim_profile: { sim_type: 'esim', delivery: { type: 'email', to: ['ada@example.com'], cc: ['it@example.com'] } },
    });
  });

  it('suspends with a reason and resumes without', () => {
    const change = { account_id: account, subscription_id: ids.subscription };
    const reason = 'lost_or_stolen';
    expect(newOrder({ type: 'suspend', account, sim, reason }, ids.subscription)).toEqual({
      type: 'suspend_subscription',
      ...change,
      reason,
    });
    expect(newOrder({ type: 'suspend', account, sim }, ids.subscription)).toEqual({
      type: 'suspend_subscription',
      ...change,
    });
    expect(newOrder({ type: 'resume', account, sim, reason }, ids.subscription)).toEqual({
      type: 'resume_subscription',
      ...change,
    });
  });

  it('activates from a template, with what is known of the subscriber', () => {
    const subscriber = { firstName: 'Ada', lastName: 'Example', email: 'ada@example.com' };
    const request = { type: 'activate', account, template: ids.template, subscriber, delivery: { by: 'api' } } as const;
    const body = {
      type: 'activate_subscription',
      account_id: account,
      template_id: ids.template,
      subscriber: { first_name: 'Ada', last_name: 'Example', email: 'ada@example.com' },
      sim_profile: { sim_type: 'esim', delivery: { type: 'api' } },
    };
    expect(newOrder(request, null)).toEqual(body);
    expect(newOrder({ ...request, subscriber: { ...subscriber, employeeId: 'E-1', group: 'G1' } }, null)).toEqual({
      ...body,
      subscriber: { ...body.subscriber, employee_id: 'E-1', group: 'G1' },
    });
  });
});

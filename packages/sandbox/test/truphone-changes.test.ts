import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, type StartOptions, startClient } from './truphone-client.js';

let client: Client;
beforeEach(async () => {
  client = await startClient({ sims: 60 });
});
afterEach(async () => {
  expect(await client.violations()).toBe(0);
  await client.sandbox.close();
});
const restart = async (options: StartOptions): Promise<void> => {
  await client.sandbox.close();
  client = await startClient(options);
};
const CHANGE = '/api/v2.0/sims/change_status/';
const change = (iccid: readonly string[], status: string) => client.post(CHANGE, { iccid, status });
const stateOf = async (iccid: string): Promise<unknown> => {
  const sim = (await client.get(`/api/v2.2/sims/${iccid}/`)) as { subscription: { subscriptionStatus: string } };
  return sim.subscription.subscriptionStatus;
};
const UNKNOWN = '89444799999999999990';

describe('change_status', () => {
  test('answers 202 without a body, moves the SIM two seconds later and leaves its traces', async () => {
    const iccid = await client.inState('ACTIVE');
    const reply = await change([iccid], 'SUSPENDED');
    expect([reply.status, reply.text, reply.headers.get('content-type')]).toEqual([202, '', null]);
    expect(await stateOf(iccid)).toBe('ACTIVE');
    expect(await client.effects()).toMatchObject([
      {
        operationId: 'changeSimCardStatus',
        subject: [iccid],
        detail: { status: 'SUSPENDED' },
        key: null,
        state: 'pending',
      },
    ]);
    client.sandbox.advance(1999);
    expect(await stateOf(iccid)).toBe('ACTIVE');
    client.sandbox.advance(1);
    expect(await stateOf(iccid)).toBe('SUSPENDED');
    expect(await client.effects()).toMatchObject([{ state: 'done' }]);
    const notices = await client.list(`/api/v2.0/notifications/?source=${iccid}`);
    expect(notices.map(({ type, state }) => [type, state])).toEqual([
      ['SIM Card Updated', 'SUSPENDED'],
      ['SIM Card state update order submitted to Order Manager', 'SUSPENDED'],
    ]);
    expect(await client.list(`/api/v2.0/audit_trail/?object=${iccid}`)).toMatchObject([
      { user: 'operations@example.com', interface: 'API', action: 'changeSimCardStatus' },
    ]);
  });

  test('answers 200 OK when switched so', async () => {
    await restart({ switches: { changeStatusAnswer: 200 } });
    const reply = await change([await client.inState('ACTIVE')], 'SUSPENDED');
    expect([reply.status, reply.body]).toEqual([200, { detail: 'OK' }]);
  });

  test.each([
    ['PROVISIONED', 'PRE-ACTIVE', 'PRE_ACTIVE'],
    ['PROVISIONED', 'PRE_ACTIVE', 'PRE_ACTIVE'],
    ['PROVISIONED', 'ACTIVE', 'ACTIVE'],
    ['PRE_ACTIVE', 'ACTIVE', 'ACTIVE'],
    ['TEST', 'SUSPENDED', 'SUSPENDED'],
    ['SUSPENDED', 'ACTIVE', 'ACTIVE'],
    ['ACTIVE', 'RETIRED', 'RETIRED'],
  ])('%s may be sent to %s', async (from, to, becomes) => {
    const iccid = await client.inState(from);
    expect((await change([iccid], to)).status).toBe(202);
    client.sandbox.advance(2000);
    expect(await stateOf(iccid)).toBe(becomes);
  });

  test.each([
    ['ACTIVE', 'PROVISIONED'],
    ['ACTIVE', 'TEST'],
    ['SUSPENDED', 'PRE_ACTIVE'],
    ['BLOCKED', 'ACTIVE'],
    ['RETIRED', 'ACTIVE'],
    ['REMOVED', 'ACTIVE'],
    ['PRE_TEST', 'ACTIVE'],
  ])('%s may not be sent to %s', async (from, to) => {
    const iccid = await client.inState(from);
    const reply = await change([iccid], to);
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({ detail: `SIM card(s) with ICCID(s) [u'${iccid}'] cannot be changed to '${to}'` });
    client.sandbox.advance(2000);
    expect(await stateOf(iccid)).toBe(from);
    expect(await client.effects()).toEqual([]);
  });

  test('only plans with a Test state lead there, and its time ends in Active', async () => {
    const all = await client.list('/api/v2.2/sims/?per_page=500&subscriptionStatus=PROVISIONED');
    const planOf = (sim: (typeof all)[number]) => (sim['subscription'] as { servicePackId: string }).servicePackId;
    const plans = await client.list('/api/v2.1/rate_plans/?supportsTestMode=True');
    const testable = new Set(plans.map(({ servicePackId }) => servicePackId));
    const yes = String(all.find((sim) => testable.has(planOf(sim)))?.['iccid']);
    const no = String(all.find((sim) => !testable.has(planOf(sim)))?.['iccid']);
    expect((await change([no], 'TEST')).status).toBe(400);
    expect((await change([yes], 'TEST')).status).toBe(202);
    client.sandbox.advance(2000);
    expect(await stateOf(yes)).toBe('TEST');
    client.sandbox.advance(43_200 * 60_000);
    expect(await stateOf(yes)).toBe('ACTIVE');
  });

  test('the SIMs that start in Test state end it too', async () => {
    const iccid = await client.inState('TEST');
    client.sandbox.advance(43_200 * 60_000 - 1);
    expect(await stateOf(iccid)).toBe('TEST');
    client.sandbox.advance(1);
    expect(await stateOf(iccid)).toBe('ACTIVE');
  });

  test('an unknown ICCID refuses the whole call in the words of Python 2', async () => {
    const iccid = await client.inState('ACTIVE');
    const reply = await change([iccid, UNKNOWN, iccid.slice(0, -1)], 'SUSPENDED');
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      detail: `SIM card(s) with ICCID(s) [u'${UNKNOWN}', u'${iccid.slice(0, -1)}'] unknown`,
    });
    client.sandbox.advance(2000);
    expect(await stateOf(iccid)).toBe('ACTIVE');
    expect(await client.effects()).toEqual([]);
  });

  test('the good SIMs of a refused call move when switched so', async () => {
    await restart({ switches: { bulkFailure: 'rest-done' } });
    const iccid = await client.inState('ACTIVE');
    expect((await change([iccid, UNKNOWN], 'SUSPENDED')).status).toBe(400);
    client.sandbox.advance(2000);
    expect(await stateOf(iccid)).toBe('SUSPENDED');
  });

  test('a SIM that is so already is no effect', async () => {
    const iccid = await client.inState('SUSPENDED');
    expect((await change([iccid], 'SUSPENDED')).status).toBe(202);
    const active = await client.inState('ACTIVE');
    await change([active], 'SUSPENDED');
    await change([active], 'SUSPENDED');
    expect(await client.effects()).toHaveLength(1);
  });

  test('the last of several orders wins', async () => {
    const iccid = await client.inState('ACTIVE');
    await change([iccid], 'SUSPENDED');
    await change([iccid], 'ACTIVE');
    client.sandbox.advance(2000);
    expect(await stateOf(iccid)).toBe('ACTIVE');
    expect((await client.effects()).map(({ state }) => state)).toEqual(['done', 'done']);
  });

  test('an order fails when the vendor acts in between', async () => {
    const iccid = await client.inState('ACTIVE');
    await change([iccid], 'SUSPENDED');
    await client.control(`/sims/${iccid}`, { method: 'PATCH', body: { state: 'BLOCKED' } });
    client.sandbox.advance(2000);
    expect(await stateOf(iccid)).toBe('BLOCKED');
    expect((await client.effects())[0]?.state).toBe('failed');
    const [latest] = await client.list(`/api/v2.0/notifications/?source=${iccid}`);
    expect(latest?.['type']).toBe('SIM Card state update order submission failed to Order Manager');
  });

  test.each([
    [{ iccid: [], status: 'ACTIVE' }, { iccid: ['This list may not be empty.'] }],
    [{ iccid: [8944470000000000000], status: 'ACTIVE' }, { iccid: ['Not a valid string.'] }],
    [{ iccid: '894447', status: 'ACTIVE' }, { iccid: ['Expected a list of items but got type "unicode".'] }],
    [{ iccid: ['894447'], status: 'BLOCKED' }, { status: ['"BLOCKED" is not a valid choice.'] }],
    [{ iccid: ['894447'] }, { status: ['This field is required.'] }],
  ])('%j is refused by field', async (body, expected) => {
    const reply = await client.post(CHANGE, body);
    expect([reply.status, reply.body]).toEqual([400, expected]);
  });
});

test('services are switched one by one, and the last order wins here too', async () => {
  const iccid = await client.inState('ACTIVE');
  const status = async () =>
    ((await client.get(`/api/v2.2/sims/${iccid}/status/`)) as { status: Record<string, string> }).status;
  const data = await client.post('/api/v2.0/sims/change_data_status/', { iccid: [iccid], status: 'SUSPENDED' });
  expect([data.status, data.body]).toEqual([200, { detail: 'OK' }]);
  const smsPath = '/api/v2.2/sims/change_sms_service/';
  await client.post(smsPath, { iccid: [iccid], sms_service: 'MT', status: 'SUSPENDED' });
  await client.post(smsPath, { iccid: [iccid], sms_service: 'MO', status: 'SUSPENDED' });
  await client.post(smsPath, { iccid: [iccid], sms_service: 'MO', status: 'ACTIVE' });
  expect(await status()).toMatchObject({ data_service: 'ACTIVE', sms_mt_service: 'ACTIVE' });
  client.sandbox.advance(2000);
  expect(await status()).toEqual({
    sim_card_service: 'ACTIVE',
    data_service: 'SUSPENDED',
    sms_mo_service: 'ACTIVE',
    sms_mt_service: 'SUSPENDED',
  });
  expect(await client.get(`/api/v2.0/sims/${iccid}/subscription/`)).toMatchObject({
    subscription: { bearerServices: { gprs: 'SUSPENDED', smsMo: 'ACTIVE', smsMt: 'SUSPENDED' } },
  });
  const wrong = await client.post(smsPath, { iccid: [iccid], sms_service: 'BOTH', status: 'ACTIVE' });
  expect(wrong.body).toEqual({ sms_service: ['"BOTH" is not a valid choice.'] });
});

describe('SMS', () => {
  const SEND = '/api/v2.0/sims/send_sms/';
  const STATUS = '/api/v2.0/sims/send_sms/status/';

  test('one text to many SIMs has one report, whose statuses change later', async () => {
    const [able, unable] = [await client.inState('ACTIVE'), await client.inState('SUSPENDED')];
    const reply = await client.post(SEND, { iccid: [able, unable, able], text: 'Restart, please' });
    const { detail, resourceURL } = reply.body as { detail: string; resourceURL: string };
    expect(detail).toBe('OK');
    expect(resourceURL).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/truphone\/api\/v2\.0\/sims\/send_sms\/status\/\d{7}\/$/);
    const before = await client.call(resourceURL);
    expect(before.body).toMatchObject({
      content: 'Restart, please',
      dateSubmitted: '2026-11-02T09:30:00+00:00',
      deliveryReport: [
        { iccid: able, deliveryStatus: 'PENDING' },
        { iccid: unable, deliveryStatus: 'PENDING' },
      ],
    });
    expect((before.body as { id: string }).id).toMatch(/^\d{8}$/);
    client.sandbox.advance(2000);
    expect((await client.call(resourceURL)).body).toMatchObject({
      deliveryReport: [
        { iccid: able, deliveryStatus: 'DELIVERED' },
        { iccid: unable, deliveryStatus: 'FAILED' },
      ],
    });
    expect(await client.effects()).toMatchObject([{ operationId: 'sendSms', subject: [able, unable], state: 'done' }]);
    expect(await client.list(`${STATUS}?iccid=${unable}&deliveryStatus=FAILED`)).toHaveLength(1);
    expect(JSON.stringify(await client.control('/secrets'))).toContain('Restart, please');
    const [cdr] = await client.list(`/api/v2.0/sims/${able}/cdrs/?type=SMS_IN`);
    expect(cdr).toMatchObject({ simCard: able, startDate: '2026-11-02T09:30:02+00:00' });
  });

  test('is not sent to anybody when one ICCID is unknown', async () => {
    const before = await client.list(STATUS);
    const reply = await client.post(SEND, { iccid: [await client.inState('ACTIVE'), UNKNOWN], text: 'Hello' });
    expect([reply.status, reply.body]).toEqual([400, { detail: `SIM card(s) with ICCID(s) [u'${UNKNOWN}'] unknown` }]);
    expect(await client.list(STATUS)).toEqual(before);
    const blank = await client.post(SEND, { iccid: [await client.inState('ACTIVE')], text: '' });
    expect(blank.body).toEqual({ text: ['This field may not be blank.'] });
  });

  test('messages from devices stand in the same list, newest first, with a six-byte header', async () => {
    const rows = await client.list(`${STATUS}?per_page=500`);
    expect(rows).toHaveLength(12);
    const ids = rows.map(({ id }) => String(id));
    expect(ids).toEqual(ids.toSorted().reverse());
    for (const row of rows) {
      expect(Object.keys(row).toSorted()).toEqual(['content', 'dateSubmitted', 'deliveryReport', 'id']);
      const bytes = [...String(row['content']).slice(0, 6)].map((character) => character.charCodeAt(0));
      expect(bytes.slice(0, 3)).toEqual([5, 0, 3]);
    }
    expect(await client.list(`${STATUS}?o=id&per_page=1`)).toMatchObject([{ id: '00000001' }]);
    expect(await client.list(`${STATUS}?id=1`)).toHaveLength(1);
    const since = encodeURIComponent('2026-11-01 00:00:00');
    const recent = await client.list(`${STATUS}?dateSubmitted_from=${since}`);
    expect(recent).toEqual(rows.filter(({ dateSubmitted }) => String(dateSubmitted) >= '2026-11-01'));
    expect((await client.call(`${STATUS}99999/`)).status).toBe(404);
  });

  test('resourceURL lacks a slash when switched so', async () => {
    await restart({ switches: { malformedResourceUrl: true } });
    const reply = await client.post(SEND, { iccid: [await client.inState('ACTIVE')], text: 'Hello' });
    expect((reply.body as { resourceURL: string }).resourceURL).toMatch(/\/sims\/send_smsstatus\/0000013\/$/);
  });
});

describe('rate plans', () => {
  const v20 = (iccid: string) => `/api/v2.0/sims/${iccid}/subscription/`;
  const v22 = (iccid: string) => `/api/v2.2/sims/${iccid}/subscription/`;
  const planOf = async (iccid: string): Promise<string> =>
    ((await client.get(v20(iccid))) as { subscription: { servicePackId: string } }).subscription.servicePackId;
  const OTHER = 'Global Pool 500MB';
  const patch = (path: string, body: unknown) => client.call(path, { method: 'PATCH', body });
  const TO_CYCLE = Date.parse('2026-12-01T00:00:00Z') - Date.parse('2026-11-02T09:30:00Z');

  test('a change waits for the billing cycle and is undone by asking for the plan in force', async () => {
    const iccid = await client.inState('ACTIVE');
    const before = await planOf(iccid);
    expect((await patch(v20(iccid), { servicePackId: OTHER })).body).toEqual({ detail: 'OK' });
    expect((await patch(v20(iccid), { servicePackId: before })).body).toEqual({ detail: 'OK' });
    client.sandbox.advance(TO_CYCLE);
    expect(await planOf(iccid)).toBe(before);
  });

  test('v2.2: 204 for a change at the cycle, 200 for its cancellation', async () => {
    const iccid = await client.inState('ACTIVE');
    const before = await planOf(iccid);
    const later = { service_pack_id: OTHER, next_billing_cycle: true };
    expect((await patch(v22(iccid), later)).status).toBe(204);
    const cancelled = await patch(v22(iccid), { service_pack_id: before, next_billing_cycle: true });
    expect([cancelled.status, cancelled.body]).toEqual([
      200,
      { detail: 'Scheduled Rate Plan change has been cancelled.' },
    ]);
    await patch(v22(iccid), later);
    client.sandbox.advance(TO_CYCLE - 1);
    expect(await planOf(iccid)).toBe(before);
    client.sandbox.advance(1);
    expect(await planOf(iccid)).toBe(OTHER);
    const effects = await client.effects();
    expect(effects.map(({ state }) => state)).toEqual(['failed', 'done', 'done']);
  });

  test('at once, unless a change is waiting or a top-up limit is reached', async () => {
    const [sub] = await client.list('/api/v2.2/sims/?organization=Sandbox%20Nordic&subscriptionStatus=ACTIVE');
    const iccid = String(sub?.['iccid']);
    const now = { service_pack_id: OTHER, next_billing_cycle: false };
    const limits = '/api/v2.2/sub-organizations/1/top-up-limits/';
    const created = await client.post(limits, { rate_plan_label: OTHER, rate_plan_top_up_limit: 1 });
    expect([created.status, created.body]).toEqual([
      201,
      { rate_plan_id: 103, rate_plan_label: OTHER, rate_plan_top_up_limit: 1 },
    ]);
    expect((await client.post(limits, { rate_plan_label: OTHER, rate_plan_top_up_limit: 1 })).status).toBe(409);
    expect((await patch(v22(iccid), now)).status).toBe(204);
    client.sandbox.advance(2000);
    expect(await planOf(iccid)).toBe(OTHER);
    expect(await client.get('/api/v2.2/sub-organizations/1/rate-plan/103/top-ups/')).toEqual({
      rate_plan_top_up_usage: 1,
    });
    expect((await patch(v22(iccid), now)).body).toEqual({
      detail: `Could not change Rate Plan to '${OTHER}' for ICCID #${iccid}: Top-Up limit has been reached!`,
    });
    expect((await patch(`${limits}103/`, { rate_plan_top_up_limit: 5 })).status).toBe(200);
    expect((await patch(`${limits}104/`, { rate_plan_top_up_limit: 5 })).status).toBe(201);
    expect(await client.list(limits)).toHaveLength(2);
    expect((await client.call(`${limits}104/`, { method: 'DELETE' })).status).toBe(200);
    expect((await client.call(`${limits}104/`)).status).toBe(404);
    await patch(v22(iccid), { service_pack_id: 'Pay As You Go (Europe)', next_billing_cycle: true });
    expect((await patch(v22(iccid), now)).body).toEqual({
      detail: 'Scheduled Rate Plan change has been cancelled.',
    });
    await patch(v22(iccid), { service_pack_id: 'Pay As You Go (Europe)', next_billing_cycle: true });
    const locked = await patch(v22(iccid), { ...now, service_pack_id: 'Pay As You Go (Europe)' });
    expect(locked.status).toBe(400);
    expect(String((locked.body as { detail: string }).detail)).toMatch(/locked at the end of the billing cycle!$/);
  });

  test('unknown plans and SIMs', async () => {
    const iccid = await client.inState('ACTIVE');
    expect((await patch(v20(iccid), { servicePackId: 'PLAN-X' })).body).toEqual({
      detail: 'Unknown Rate Plan with label PLAN-X.',
    });
    const body = { service_pack_id: 'PLAN-X', next_billing_cycle: true };
    expect((await patch(v22(iccid), body)).body).toEqual({
      detail: 'The service_pack_id (i.e., Rate Plan) is not valid.',
    });
    const nobody = await patch(v22(UNKNOWN), body);
    expect([nobody.status, nobody.body]).toEqual([404, { detail: 'SIM card not found.' }]);
  });

  test('plans are read by label, blanks and parentheses included', async () => {
    const plans = await client.list('/api/v2.1/rate_plans/?servicePackId=flex');
    expect(plans).toHaveLength(2);
    for (const plan of plans) {
      const path = `/api/v2.1/rate_plans/${encodeURIComponent(String(plan['servicePackId']))}/`;
      expect(await client.get(path)).toEqual(plan);
    }
    const [v20] = await client.list('/api/v2.0/rate_plans/?ordering=-servicePackId');
    expect(Object.keys(v20 ?? {})).toEqual(['servicePackId', 'bearerServices']);
  });
});

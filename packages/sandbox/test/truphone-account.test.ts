import { description, operations } from '@carrierkit/vendor-apis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Client, startClient } from './truphone-client.js';

let client: Client;
beforeEach(async () => {
  client = await startClient({ sims: 60 });
});
afterEach(async () => {
  expect(await client.violations()).toBe(0);
  await client.sandbox.close();
});
const patch = (path: string, body: unknown) => client.call(path, { method: 'PATCH', body });
const remove = (path: string) => client.call(path, { method: 'DELETE' });

test('each of the 68 operations answers, with a rate limit told', async () => {
  const described = operations(description('truphone'));
  expect(described).toHaveLength(68);
  for (const { operationId, method, path } of described) {
    const reply = await client.call(path.replaceAll(/\{[^}]+\}/g, '1'), {
      method,
      ...(method === 'POST' || method === 'PATCH' ? { body: {} } : {}),
    });
    expect([operationId, reply.status]).not.toEqual([operationId, 500]);
    expect([operationId, reply.status]).not.toEqual([operationId, 405]);
    expect(reply.headers.get('x-ratelimit-limit')).toBe('300');
  }
  const { rows } = (await client.control('/stats')) as { rows: readonly { operationId: string | null }[] };
  expect(new Set(rows.map(({ operationId }) => operationId)).size).toBe(68);
});

test('each list that is documented as paged has its Link', async () => {
  for (const { path, operation } of operations(description('truphone'))) {
    if (operation['x-paginated'] === undefined) continue;
    const iccid = (await client.sims())[0]?.iccid ?? '';
    const reply = await client.call(path.replace('{iccid}', iccid).replace('{label}', 'Meters'));
    expect([path, reply.status]).toEqual([path, 200]);
    expect(reply.headers.get('link')).toMatch(/rel="first".*rel="last"/);
  }
});

test('organizations and sub-organizations', async () => {
  const all = await client.list('/api/v2.0/organizations/');
  expect(all.map(({ name }) => name)).toEqual(['Sandbox Connectivity', 'Sandbox Iberia', 'Sandbox Nordic']);
  const body = { email: 'lead@example.com', password: 'Winter-2026', role: 'Administrator', name: 'Sandbox Alps' };
  const path = '/api/v2.2/sub-organizations/';
  const created = await client.post(path, body);
  expect([created.status, created.body]).toEqual([201, {}]);
  expect((await client.post(path, body)).status).toBe(400);
  expect((await client.post(path, { name: 'X' })).body).toEqual({ email: ['This field is required.'] });
  const [found] = await client.list(`${path}?name=sandbox%20alps`);
  const own = `${path}${String(found?.['id'])}/`;
  expect((await patch(own, { company_description: 'Ski lifts' })).body).toEqual({});
  expect(await client.get(own)).toMatchObject({ name: 'Sandbox Alps', company_description: 'Ski lifts' });
  expect(await client.list('/api/v2.2/users/?email=lead@example.com')).toMatchObject([
    { organization: 'Sandbox Alps' },
  ]);
  expect((await remove(own)).status).toBe(200);
  expect((await client.call(own)).status).toBe(404);
  expect((await remove(own)).status).toBe(404);
  expect((await client.call('/api/v2.2/sub-organizations/9/top-up-limits/')).body).toEqual({
    detail: "Sub-organization with the ID '9' does not exist.",
  });
  expect(JSON.stringify(await client.control('/secrets'))).toContain('Winter-2026');
});

test('users', async () => {
  const path = '/api/v2.2/users/';
  const body = { email: 'new@example.com', password: 'Secret-77', organization: 'Sandbox Nordic', role: 'Viewer' };
  const created = await client.post(path, body);
  expect([created.status, created.body]).toEqual([200, {}]);
  expect((await client.post(path, body)).status).toBe(400);
  expect((await client.post(path, { ...body, email: 'b@example.com', organization: 'Nobody' })).status).toBe(403);
  const [found] = await client.list(`${path}?email=NEW@example.com`);
  const own = `${path}${String(found?.['id'])}/`;
  expect((await patch(own, { firstName: 'Ada', organization: 'Sandbox Iberia' })).body).toEqual({});
  expect(await client.get(own)).toMatchObject({ firstName: 'Ada', organization: 'Sandbox Iberia', lastName: '' });
  const joined = (await client.list(path)).map(({ dateJoined }) => String(dateJoined));
  expect(joined).toEqual(joined.toSorted());
  expect((await remove(own)).body).toEqual({});
  expect((await client.call(own)).status).toBe(404);
});

test('devices are known by 14 digits', async () => {
  const path = '/api/v2.2/devices/';
  const [device] = await client.list(`${path}?per_page=1`);
  const imei = String(device?.['imei']);
  expect(imei).toMatch(/^\d{14}$/);
  const [sim] = await client.list(`/api/v2.2/sims/?iccid=${String(device?.['iccid'])}`);
  expect(sim?.['imei']).toBe(imei);
  const missing = await client.call(`${path}${imei}0/`);
  expect([missing.status, missing.body]).toEqual([404, {}]);
  expect((await patch(`${path}${imei}/`, { label: 'Pump' })).body).toEqual({});
  expect(await client.get(`${path}${imei}/`)).toMatchObject({ label: 'Pump' });
  expect(await client.list(`${path}?label=pump`)).toHaveLength(1);
  const part = String(device?.['iccid']).slice(-4);
  expect((await client.list(`${path}?iccid=${part}`)).length).toBeGreaterThan(0);
});

test('usage rules', async () => {
  const path = '/api/v2.2/rules/usage/';
  const condition = {
    when: 'Data session',
    of: 'Per SIM Card',
    is_greater_than: 5,
    units: 1024,
    over_the: { period: 'Calendar Month' },
  };
  const notifications = { email: 'alerts@example.com', sms_notification: { send_sms_to: '0' } };
  const created = await client.post(path, { label: 'Cap', condition, notifications });
  expect([created.status, created.body]).toMatchObject([200, { label: 'Cap', filters: { sim_cards: [], tags: [] } }]);
  const own = `${path}${(created.body as { id: string }).id}/`;
  const patched = await patch(own, { filters: { tags: ['Meters'] } });
  expect(patched.body).toMatchObject({ label: 'Cap', filters: { tags: ['Meters'] }, condition: { units: 1024 } });
  expect(await client.get(own)).toEqual(patched.body);
  expect(await client.list('/api/v2.0/rules/')).toMatchObject([
    {
      label: 'Cap',
      type: 'Data session',
      filter: { all: false, simCard: [] },
      action: { email: 'alerts@example.com' },
    },
  ]);
  expect(await remove(own)).toMatchObject({ status: 204, text: '' });
  expect((await remove(own)).status).toBe(404);
  expect((await client.post(path, { label: 'X' })).body).toEqual({ condition: ['This field is required.'] });
});

test('an event rule that watches states leaves events; its refusals are nested like the input', async () => {
  const path = '/api/v2.2/rules/event/';
  const condition = { type: 'New SIM State', from_sim_state: 'ANY', to_sim_state: 'SUSPENDED' };
  const created = await client.post(path, { label: 'Watch', condition });
  expect(created.status).toBe(200);
  const iccid = await client.inState('ACTIVE');
  await client.post('/api/v2.0/sims/change_status/', { iccid: [iccid], status: 'SUSPENDED' });
  client.sandbox.advance(2000);
  expect(await client.list('/api/v2.0/rules/events/?message=suspended')).toMatchObject([
    { label: 'Watch', simCard: iccid, message: 'State changed from ACTIVE to SUSPENDED' },
  ]);
  const refused = await client.post(path, {
    label: 'Bad',
    condition,
    filters: { sim_cards: ['8944479999999999999'] },
    action: { schedule_rate_plan_change: { change_to: 'Dummy Plan', change_next_billing_cycle: true } },
  });
  expect([refused.status, refused.body]).toEqual([
    400,
    {
      filters: { sim_cards: ['Object with iccid=8944479999999999999 does not exist.'] },
      action: { schedule_rate_plan_change: { change_to: ['Object with label=Dummy Plan does not exist.'] } },
    },
  ]);
  const choice = await client.post(path, {
    label: 'Bad',
    condition,
    action: { change_sim_card_status: 'SUSPENDEDED' },
  });
  expect(choice.body).toEqual({ action: { change_sim_card_status: ['"SUSPENDEDED" is not a valid choice.'] } });
  const deleted = await remove(`${path}${(created.body as { id: string }).id}/`);
  expect([deleted.status, deleted.body]).toEqual([200, created.body]);
});

import { operations as described, description } from '@carrierkit/vendor-apis';
import { expect, it } from 'vitest';
import { vendorFor } from './support.js';

const vendor = await vendorFor();

const idOf = (data: unknown) =>
  String((data as { readonly id?: unknown; readonly pk?: unknown }).id ?? (data as { pk: unknown }).pk);

it('calls every operation of the vendor once, on the sandbox, and each answer is as declared', async () => {
  const { client, close } = vendor.provider();
  const called: string[] = [];
  const done = async <T extends { readonly status: number }>(name: string, call: Promise<T>): Promise<T> => {
    const reply = await call;
    expect(reply.status, name).toBeGreaterThanOrEqual(200);
    expect(reply.status, name).toBeLessThan(300);
    called.push(name);
    return reply;
  };
  const [iccid = ''] = await vendor.iccids('ACTIVE');
  const page = { page: 1, per_page: 2 };

  const [organization] = (await done('listOrganizations', client.listOrganizations(page))).data;
  const email = 'new.person@example.com';
  const subOrganization = { email: 'new.unit@example.com', password: 'Long-enough-1', role: 'Admin', name: 'New Unit' };
  await done('createSubOrganization', client.createSubOrganization({ body: subOrganization }));
  const all = await done('listSubOrganizations', client.listSubOrganizations({ per_page: 500 }));
  const unit = { pk: idOf(all.data.find(({ name }) => name === 'New Unit')) };
  await done('getSubOrganization', client.getSubOrganization(unit));
  await done('updateSubOrganization', client.updateSubOrganization({ ...unit, body: { name: 'Renamed Unit' } }));

  const { data: plans } = await done('listRatePlans', client.listRatePlans(page));
  const plan = String(plans[0]?.servicePackId);
  await done('getRatePlan', client.getRatePlan({ servicePackId: plan }));
  await done(
    'createTopUpLimit',
    client.createTopUpLimit({ ...unit, body: { rate_plan_label: plan, rate_plan_top_up_limit: 3 } }),
  );
  const limits = await done('listTopUpLimits', client.listTopUpLimits(unit));
  const limit = { ...unit, id: String(limits.data[0]?.rate_plan_id) };
  await done('getTopUpLimit', client.getTopUpLimit(limit));
  await done('updateTopUpLimit', client.updateTopUpLimit({ ...limit, body: { rate_plan_top_up_limit: 4 } }));
  await done('getRatePlanTopUpCounter', client.getRatePlanTopUpCounter(limit));
  await done('deleteTopUpLimit', client.deleteTopUpLimit(limit));
  await done('deleteSubOrganization', client.deleteSubOrganization(unit));

  const user = { email, password: 'Long-enough-1', organization: String(organization?.name), role: 'Admin' };
  await done('createUser', client.createUser({ body: user }));
  const users = await done('listUsers', client.listUsers({ per_page: 500 }));
  const person = { id: idOf(users.data.find((one) => one.email === email)) };
  await done('getUser', client.getUser(person));
  await done('updateUser', client.updateUser({ ...person, body: { firstName: 'Ada' } }));
  await done('deleteUser', client.deleteUser(person));

  await done('listSimCards', client.listSimCards(page));
  await done('getSimCard', client.getSimCard({ iccid }));
  await done('updateSimCard', client.updateSimCard({ iccid, body: { label: 'Pump 7' } }));
  await done('getSimCardStatus', client.getSimCardStatus({ iccid }));
  await done('listSimCardStatuses', client.listSimCardStatuses(page));
  await done('changeDataStatus', client.changeDataStatus({ body: { iccid: [iccid], status: 'SUSPENDED' } }));
  await done(
    'changeSmsService',
    client.changeSmsService({ body: { iccid: [iccid], sms_service: 'MO', status: 'SUSPENDED' } }),
  );
  await done('listOngoingSessions', client.listOngoingSessions(page));
  await done('getSimCardSubscription', client.getSimCardSubscription({ iccid }));
  await done('updateSimCardSubscription', client.updateSimCardSubscription({ iccid, body: { servicePackId: plan } }));
  const [, other = ''] = await vendor.iccids('ACTIVE');
  const subscription = { service_pack_id: String(plans[1]?.servicePackId), next_billing_cycle: true };
  await done('updateSimCardSubscriptionV22', client.updateSimCardSubscriptionV22({ iccid: other, body: subscription }));

  const sent = await done('sendSms', client.sendSms({ body: { iccid: [other], text: 'hello' } }));
  await done('listSmsDeliveryReports', client.listSmsDeliveryReports(page));
  const message = String(sent.data?.resourceURL).split('/').filter(Boolean).at(-1);
  await done('getSmsDeliveryReport', client.getSmsDeliveryReport({ id: String(message) }));

  const label = { label: 'Each operation' };
  await done('createTag', client.createTag({ body: { ...label, description: '' } }));
  await done('listTags', client.listTags(page));
  await done('getTag', client.getTag(label));
  await done('assignTagToSimCards', client.assignTagToSimCards({ ...label, body: { simCards: [iccid] } }));
  await done('listSimCardsWithTag', client.listSimCardsWithTag({ ...label, ...page }));
  await done('unassignTagFromSimCards', client.unassignTagFromSimCards({ ...label, body: { simCards: [iccid] } }));
  await done('deleteTag', client.deleteTag(label));
  await done('createAttribute', client.createAttribute({ body: { ...label, description: '' } }));
  await done('listAttributes', client.listAttributes(page));
  await done('setAttributeValue', client.setAttributeValue({ ...label, body: { simCards: [iccid], value: '12 m' } }));
  await done('deleteAttribute', client.deleteAttribute(label));

  await done('listRules', client.listRules(page));
  await done('listRuleEvents', client.listRuleEvents(page));
  const much = {
    when: 'Data session',
    of: 'Per SIM Card',
    is_greater_than: 5,
    units: 1024,
    over_the: { period: 'Calendar Month' },
  } as const;
  const usageRule = await done('createUsageRule', client.createUsageRule({ body: { label: 'Much', condition: much } }));
  const usage = { pk: idOf(usageRule.data) };
  await done('listUsageRules', client.listUsageRules(page));
  await done('getUsageRule', client.getUsageRule(usage));
  await done('updateUsageRule', client.updateUsageRule({ ...usage, body: { label: 'More' } }));
  await done('deleteUsageRule', client.deleteUsageRule(usage));
  const watched = { type: 'New SIM State', from_sim_state: 'ANY', to_sim_state: 'SUSPENDED' } as const;
  const eventRule = await done(
    'createEventRule',
    client.createEventRule({ body: { label: 'Watch', condition: watched } }),
  );
  const event = { pk: idOf(eventRule.data) };
  await done('listEventRules', client.listEventRules(page));
  await done('getEventRule', client.getEventRule(event));
  await done('updateEventRule', client.updateEventRule({ ...event, body: { label: 'Newer' } }));
  await done('deleteEventRule', client.deleteEventRule(event));

  const records = await done('listCallDetailRecords', client.listCallDetailRecords({ iccid, ...page }));
  await done('getCallDetailRecord', client.getCallDetailRecord({ iccid, cdr_id: idOf(records.data[0]) }));
  const locations = await done('listLocationUpdates', client.listLocationUpdates({ iccid, ...page }));
  await done('getLocationUpdate', client.getLocationUpdate({ iccid, id: idOf(locations.data[0]) }));
  const devices = await done('listDevices', client.listDevices(page));
  const device = { imei: String(devices.data[0]?.imei) };
  await done('getDevice', client.getDevice(device));
  await done('updateDevice', client.updateDevice({ ...device, body: { label: 'Modem' } }));

  const report = await done(
    'generateReport',
    client.generateReport({
      body: {
        report_type: 'INVENTORY',
        granularity: 'Month',
        output_format: 'JSON',
        all_sim_cards: true,
        period: 'PAST_30_DAYS',
      },
    }),
  );
  const download = String(report.data.downloadUrl).split('/').filter(Boolean).at(-1);
  const { data: text } = await done('downloadReport', client.downloadReport({ pk: String(download) }));
  let content = '';
  for await (const piece of text) content += piece;
  // Bare numbers in this report: as text they keep all their digits.
  expect(content).toContain(iccid);

  await done('listNotifications', client.listNotifications(page));
  await done('listAuditTrailEntries', client.listAuditTrailEntries(page));
  await done('changeSimCardStatus', client.changeSimCardStatus({ body: { iccid: [iccid], status: 'SUSPENDED' } }));
  await close();

  const ids = described(description('truphone')).map(({ operationId }) => operationId);
  expect(called.toSorted()).toEqual(ids.toSorted());
});

import { operations as described, description } from '@carrierkit/vendor-apis';
import { expect, it } from 'vitest';
import { applicationToken, vendorFor } from './support.js';

const vendor = await vendorFor();

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
  const idFrom = (headers: { get(name: string): string | null }) => Number(headers.get('location')?.split('/').at(-1));

  await done('authenticate', client.authenticate({ body: { application_token: applicationToken } }));
  await done('listSims', client.listSims({ per_page: 1, q: 'status:1', sort: '-id' }));
  await done('listSimStatuses', client.listSimStatuses({}));
  const issued = (await client.listSims({ per_page: 2, q: 'status:0' })).data;
  const [sim, spare] = [issued[0]!, issued[1]!];
  const [like] = (await done('listEndpoints', client.listEndpoints({ per_page: 1 }))).data;
  await done('getSim', client.getSim({ sim_id: sim.id }));
  const created = await done(
    'createEndpoint',
    client.createEndpoint({
      body: {
        name: 'Each operation',
        status: { id: 0 },
        service_profile: { id: Number(like?.service_profile?.id) },
        tariff_profile: { id: Number(like?.tariff_profile?.id) },
        sim: { id: Number(sim.id), activate: true },
      },
    }),
  );
  const endpoint = { endpoint_id: idFrom(created.headers) };
  await done('getEndpoint', client.getEndpoint(endpoint));
  const sent = await done('sendEndpointSms', client.sendEndpointSms({ ...endpoint, body: { payload: 'hello' } }));
  const sms = { ...endpoint, sms_id: idFrom(sent.headers) };
  await done('getEndpointSms', client.getEndpointSms(sms));
  await done('listEndpointSms', client.listEndpointSms(endpoint));
  await done('cancelEndpointSms', client.cancelEndpointSms(sms));
  await done('getSimStats', client.getSimStats({ sim_id: sim.id }));
  await done(
    'getSimDailyStats',
    client.getSimDailyStats({ sim_id: sim.id, start_date: '2026-11-01', end_date: '2026-11-02' }),
  );
  await done('updateSim', client.updateSim({ sim_id: sim.id, body: { status: { id: 2 } } }));
  await done('listSimEvents', client.listSimEvents({ sim_id: sim.id, per_page: 5 }));
  await done('listEndpointEvents', client.listEndpointEvents({ ...endpoint, per_page: 5 }));
  // The recorded order of a release: SIM suspended, endpoint disabled, SIM taken off, endpoint deleted.
  await done('updateEndpoint', client.updateEndpoint({ ...endpoint, body: { status: { id: 1 } } }));
  await client.updateEndpoint({ ...endpoint, body: { sim: { id: null } } });
  await done('deleteEndpoint', client.deleteEndpoint(endpoint));
  await done('deleteSim', client.deleteSim({ sim_id: spare.id }));
  const bic = { bic: String(vendor.sandbox.info.bics.valid[0]) };
  await done('validateSimBatchByBic', client.validateSimBatchByBic(bic));
  await done('registerSimBatchByBic', client.registerSimBatchByBic({ ...bic, body: { sim_status: { id: 0 } } }));
  await close();

  const ids = described(description('emnify')).map(({ operationId }) => operationId);
  expect(called.toSorted()).toEqual(ids.toSorted());
});

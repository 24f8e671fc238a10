import { createHash } from 'node:crypto';
import type { Sandbox, SandboxOptions } from '@carrierkit/sandbox';
import { afterEach, describe, expect, it } from 'vitest';
import { call, control, emnifyUser, type Reply, startFor, violations } from './support.js';

interface Sim {
  readonly id: number;
  readonly iccid: string;
  readonly status: { readonly id: number };
  readonly endpoint?: { readonly id: number };
}

/** One of each, by id: the first ten SIMs of any fleet have these states. */
const ACTIVE = 1000001;
const ISSUED = 1000003;
const SUSPENDED = 1000004;
const TEST = 1000006;
const SUSPENDED_FREE = 1000008;
const ENDPOINT_OF_ACTIVE = 12000001;

let current: Sandbox | undefined;
async function start(options: SandboxOptions = {}) {
  const sandbox = await startFor({ limits: false, ...options });
  current = sandbox;
  return { sandbox, user: await emnifyUser(sandbox) };
}

// Whatever a test did: no answer may have broken the vendor's description.
afterEach(async () => {
  if (current !== undefined) expect(await violations(current)).toEqual([]);
  current = undefined;
});

const advance = (sandbox: Sandbox, duration: string) => control(sandbox, 'clock', 'POST', { advance: duration });
const statusOf = async (user: Awaited<ReturnType<typeof emnifyUser>>, id: number) =>
  ((await user(`/sim/${id}`)).body as Sim).status.id;

describe('authentication', () => {
  const signIn = (sandbox: Sandbox, body: unknown) =>
    call(`${sandbox.baseUrl}/emnify/api/v1/authenticate`, 'POST', body);

  it('issues a JWT and no refresh token for an application token', async () => {
    const { sandbox } = await start();
    const { body } = await signIn(sandbox, { application_token: 'sandbox-application-token' });
    expect(Object.keys(body)).toEqual(['auth_token']);
    const [header, claims] = (body as { auth_token: string }).auth_token
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>);
    expect(header).toEqual({ typ: 'JWT', alg: 'HS384' });
    expect(Number(claims?.['exp']) - Number(claims?.['iat'])).toBe(14_400);
    expect(claims).toMatchObject({
      'esc.org': expect.any(Number),
      'esc.app': expect.any(Number),
      api_key: expect.any(String),
    });
  });

  it('issues a refresh token to a user, and takes it', async () => {
    const { sandbox } = await start();
    const password = createHash('sha1').update('sandbox-password').digest('hex');
    const { body } = await signIn(sandbox, { username: 'sandbox-user', password });
    const { refresh_token } = body as { refresh_token: string };
    expect((await signIn(sandbox, { refresh_token })).status).toBe(200);
    expect((await signIn(sandbox, {})).status).toBe(400);
  });

  it('lets a token die after the configured life', async () => {
    const { sandbox, user } = await start({ switches: { emnify: { tokenSeconds: 60 } } });
    expect((await user('/sim/status')).status).toBe(200);
    await advance(sandbox, 'PT1M');
    const late = await user('/sim/status');
    expect(late).toMatchObject({ status: 401, body: { message: expect.any(String) } });
    expect(late.headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
  });

  it('answers a bad token like the gateway, without an error code', async () => {
    const { sandbox } = await start();
    const url = `${sandbox.baseUrl}/emnify/api/v1/sim`;
    const bad = await call(url, 'GET', undefined, { Authorization: 'Bearer nonsense' });
    expect(bad).toMatchObject({ status: 401, text: '{"message":"token contains an invalid number of segments"}' });
    expect((await call(url)).status).toBe(401);
  });

  it('locks out for five minutes after three failures, the right credential too', async () => {
    const { sandbox } = await start();
    for (let turn = 0; turn < 3; turn++) {
      expect(await signIn(sandbox, { application_token: 'wrong' })).toMatchObject({ status: 401, text: '' });
    }
    const good = { application_token: 'sandbox-application-token' };
    expect(await signIn(sandbox, good)).toMatchObject({ status: 401, body: { error_code: 1105 } });
    await advance(sandbox, 'PT5M');
    expect((await signIn(sandbox, good)).status).toBe(200);
  });
});

describe('lists of SIMs', () => {
  const ids = (reply: Reply) => (reply.body as Sim[]).map((sim) => sim.id);

  it('pages by headers, adjusts sizes, and serves the last page again', async () => {
    const { user } = await start();
    const second = await user('/sim?page=2&per_page=20');
    expect(ids(second)).toHaveLength(10);
    expect(Object.fromEntries(second.headers)).toMatchObject({
      'x-count-per-page': '20',
      'x-current-page': '2',
      'x-total-pages': '2',
      'x-total-count': '30',
      'x-sort': 'id',
    });
    expect(second.headers.has('x-filter')).toBe(false);
    const beyond = await user('/sim?page=9&per_page=20');
    expect(ids(beyond)).toEqual(ids(second));
    expect(beyond.headers.get('x-current-page')).toBe('2');
    expect((await user('/sim?page=0&per_page=0')).headers.get('x-count-per-page')).toBe('2000');
    expect((await user('/sim?per_page=99999')).headers.get('x-count-per-page')).toBe('2500');
  });

  it('filters and sorts', async () => {
    const { user } = await start();
    const issued = await user('/sim?q=status:0&sort=-id');
    expect((issued.body as Sim[]).every((sim) => sim.status.id === 0)).toBe(true);
    expect(ids(issued)).toEqual(ids(issued).toSorted((left, right) => right - left));
    expect(issued.headers.get('x-filter')).toBe('status:0');
    const free = (await user('/sim?q=status:2,endpoint:null')).body as Sim[];
    expect(free.length).toBeGreaterThan(0);
    expect(free.every((sim) => sim.endpoint === undefined && sim.status.id === 2)).toBe(true);
    const { iccid } = (await user(`/sim/${ACTIVE}`)).body as Sim;
    expect(ids(await user(`/sim?q=iccid:${iccid}`))).toEqual([ACTIVE]);
    const sorted = (await user('/sim?sort=%2Bstatus,-id')).body as Sim[];
    const keys = sorted.map((sim) => sim.status.id * 1e8 - sim.id);
    expect(keys).toEqual(keys.toSorted((left, right) => left - right));
    expect(await user('/sim?q=colour:red')).toMatchObject({ status: 422, body: { error_code: 1301 } });
    expect(await user('/sim?sort=imsi')).toMatchObject({ status: 422, body: { error_code: 1302 } });
  });

  it('leaves out what a SIM does not have', async () => {
    const { user } = await start();
    const issued = (await user(`/sim/${ISSUED}`)).body as object;
    for (const name of ['endpoint', 'activation_date', 'reseller_org', 'iccid_with_luhn'])
      expect(issued).not.toHaveProperty(name);
    const active = (await user(`/sim/${ACTIVE}`)).body as object;
    expect(active).toMatchObject({
      iccid: expect.stringMatching(/^8988303\d{12}$/),
      activation_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
      model: { formfactor: { name: '1/2/3FF (3in1) ' } },
    });
  });

  it('compresses for who accepts it', async () => {
    const { user } = await start();
    expect((await user('/sim')).headers.get('content-encoding')).toBe('gzip');
    expect((await user('/sim/status')).headers.get('content-encoding')).toBeNull();
  });

  it('tells unknown ids from ids that are no numbers, and the literal route first', async () => {
    const { user } = await start();
    expect(await user('/sim/17')).toMatchObject({ status: 404, body: { error_code: 1201 } });
    expect(await user('/sim/abc')).toMatchObject({
      status: 400,
      body: { error_code: 1000, message: 'Cannot parse parameter id as Long: For input string: "abc"' },
    });
    expect((await user('/sim/status')).body).toHaveLength(5);
  });
});

describe('status of a SIM', () => {
  const states = [0, 1, 2, 3, 4];
  const sims = { 0: ISSUED, 1: ACTIVE, 2: SUSPENDED, 4: TEST };
  const legal = new Set(['0>1', '0>4', '4>1', '1>2', '2>1']);
  const moves = Object.keys(sims).flatMap((from) => states.map((to) => [Number(from), to] as const));

  it.each(moves)('%i to %i follows the table', async (from, to) => {
    const { sandbox, user } = await start();
    const id = sims[from as keyof typeof sims];
    const reply = await user(`/sim/${id}`, 'PATCH', { status: { id: to } });
    const allowed = legal.has(`${from}>${to}`);
    expect(reply.status).toBe(from === to || allowed ? 204 : 409);
    expect(await statusOf(user, id)).toBe(allowed ? to : from);
    expect((await control(sandbox, 'effects')).body).toHaveLength(allowed ? 1 : 0);
  });

  it('answers 204 without a body, of length 0', async () => {
    const { user } = await start();
    const reply = await user(`/sim/${ISSUED}`, 'PATCH', { status: { id: 1 } });
    expect(reply).toMatchObject({ status: 204, text: '' });
    expect(reply.headers.get('content-length')).toBe('0');
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect((await user(`/sim/${ISSUED}`, 'PATCH', {})).status).toBe(204);
  });

  it('keeps the first activation date', async () => {
    const { sandbox, user } = await start();
    await user(`/sim/${ISSUED}`, 'PATCH', { status: { id: 1 } });
    const first = (await user(`/sim/${ISSUED}`)).body as { activation_date: string };
    expect(first.activation_date).toBe('2026-10-15T12:00:00.000+0000');
    await advance(sandbox, 'PT1H');
    await user(`/sim/${ISSUED}`, 'PATCH', { status: { id: 2 } });
    await user(`/sim/${ISSUED}`, 'PATCH', { status: { id: 1 } });
    expect((await user(`/sim/${ISSUED}`)).body).toMatchObject({ activation_date: first.activation_date });
  });

  it('refuses what is no status at all', async () => {
    const { user } = await start();
    expect(await user(`/sim/${ISSUED}`, 'PATCH', { status: { id: 9 } })).toMatchObject({ status: 422 });
    expect(await user(`/sim/${ISSUED}`, 'PATCH', '{"status":')).toMatchObject({
      status: 400,
      body: { error_code: 1000 },
    });
    expect(await user('/sim/17', 'PATCH', { status: { id: 1 } })).toMatchObject({ status: 404 });
  });

  it('follows the switches', async () => {
    const { user } = await start({ switches: { emnify: { illegalMoveStatus: 400, factoryTest: false } } });
    expect((await user(`/sim/${ACTIVE}`, 'PATCH', { status: { id: 0 } })).status).toBe(400);
    expect((await user(`/sim/${ISSUED}`, 'PATCH', { status: { id: 4 } })).status).toBe(422);
  });
});

describe('organisations of a SIM', () => {
  const ISSUER_IS_CALLER = SUSPENDED;

  it('may be changed by the issuer, to the right kind of organisation', async () => {
    const { user } = await start();
    const patch = (body: unknown) => user(`/sim/${ISSUER_IS_CALLER}`, 'PATCH', body);
    expect((await patch({ reseller_org: { id: 7004 } })).status).toBe(204);
    expect((await user(`/sim/${ISSUER_IS_CALLER}`)).body).toMatchObject({ reseller_org: { id: 7004 } });
    expect((await patch({ reseller_org: {} })).status).toBe(204);
    expect((await user(`/sim/${ISSUER_IS_CALLER}`)).body).not.toHaveProperty('reseller_org');
    expect((await patch({ customer_org: { id: 7002 } })).status).toBe(204);
    expect((await patch({ customer_org: { id: 9001 } })).status).toBe(422);
    expect((await patch({ reseller_org: { id: 7002 } })).status).toBe(422);
    expect((await patch({ issuer_org: {} })).status).toBe(422);
    expect((await patch({ issuer_org: { id: 7003 } })).status).toBe(204);
    expect(await patch({ customer_org: { id: null } })).toMatchObject({ status: 403, body: { error_code: 1104 } });
  });

  it('are not the customer’s, who may change the status only', async () => {
    const { sandbox, user } = await start();
    const both = { status: { id: 2 }, reseller_org: { id: 7004 } };
    expect((await user(`/sim/${ACTIVE}`, 'PATCH', both)).status).toBe(403);
    expect(await statusOf(user, ACTIVE)).toBe(1);
    expect((await control(sandbox, 'effects')).body).toEqual([]);
  });

  it('leave a reseller without the status, and without deletion', async () => {
    const { user } = await start({ switches: { emnify: { resoldSims: true } } });
    const sold = SUSPENDED_FREE;
    expect((await user(`/sim/${sold}`, 'PATCH', { status: { id: 1 } })).status).toBe(403);
    expect((await user(`/sim/${sold}`, 'DELETE')).status).toBe(403);
    expect((await user(`/sim/${sold}`, 'PATCH', { customer_org: { id: 7002 } })).status).toBe(204);
  });
});

describe('deletion', () => {
  it('is refused while an endpoint is assigned, and final', async () => {
    const { sandbox, user } = await start();
    expect((await user(`/sim/${ACTIVE}`, 'DELETE')).status).toBe(409);
    expect((await user(`/sim/${SUSPENDED_FREE}`, 'DELETE')).status).toBe(204);
    expect((await user(`/sim/${SUSPENDED_FREE}`)).status).toBe(404);
    expect((await user(`/sim/${SUSPENDED_FREE}`, 'DELETE')).status).toBe(404);
    expect((await user('/sim')).headers.get('x-total-count')).toBe('29');
    expect((await control(sandbox, 'effects')).body).toMatchObject([{ operationId: 'deleteSim' }]);
  });

  it('may leave the SIM readable, by switch', async () => {
    const { user } = await start({ switches: { emnify: { listDeleted: true } } });
    await user(`/sim/${SUSPENDED_FREE}`, 'DELETE');
    expect(await statusOf(user, SUSPENDED_FREE)).toBe(3);
  });
});

describe('batches', () => {
  const bic = (code: string) => `/sim_batch/bic/${code}`;

  it('are told apart by GET, and not by PATCH', async () => {
    const { sandbox, user } = await start();
    const { valid, registered, foreign } = sandbox.info.bics;
    const codes = [valid[0] ?? '', registered, '0000000000000000', foreign];
    const read = await Promise.all(codes.map((code) => user(bic(code))));
    expect(read.map(({ status }) => status)).toEqual([200, 400, 404, 422]);
    expect(read[0]?.body).toMatchObject({ bic: codes[0], quantity: expect.stringMatching(/^\d+$/) });
    for (const code of codes.slice(1)) {
      const refused = await user(bic(code), 'PATCH', { sim_status: { id: 0 } });
      expect(refused).toMatchObject({ status: 422, text: '' });
      expect(refused.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    }
    expect((await user(bic(codes[0] ?? ''), 'PATCH', { sim_status: { id: 2 } })).status).toBe(422);
  });

  it('bring their SIMs into the list, Issued whatever was asked, and only once', async () => {
    const { sandbox, user } = await start();
    const [code] = sandbox.info.bics.valid;
    const reply = await user(bic(code ?? ''), 'PATCH', { sim_status: { id: 1 } });
    const { sim } = reply.body as { sim: Sim[] };
    expect(sim.map((entry) => Object.keys(entry))).toEqual(sim.map(() => ['id', 'iccid']));
    await advance(sandbox, 'PT25M');
    for (const entry of sim) expect(await statusOf(user, entry.id)).toBe(0);
    expect((await user('/sim')).headers.get('x-total-count')).toBe(String(30 + sim.length));
    expect((await user(bic(code ?? ''), 'PATCH', { sim_status: { id: 0 } })).status).toBe(422);
    expect((await user(bic(code ?? ''))).status).toBe(400);
    const [effect] = (await control(sandbox, 'effects')).body as [{ subject: string[] }];
    expect(effect.subject.map((iccid) => iccid.slice(0, -1))).toEqual(sim.map(({ iccid }) => iccid));
  });

  it('are registered without the wrapper too, which asks for nothing', async () => {
    const { sandbox, user } = await start({ switches: { emnify: { batchStatus: 'applied' } } });
    const body = { id: 1, description: 'Activated' };
    const { sim } = (await user(bic(sandbox.info.bics.valid[0] ?? ''), 'PATCH', body)).body as { sim: Sim[] };
    expect(await statusOf(user, sim[0]?.id ?? 0)).toBe(0);
  });

  it.each([
    ['applied', 'PT0S', 1],
    ['delayed', 'PT0S', 0],
    ['delayed', 'PT2S', 1],
  ] as const)('%s, after %s', async (batchStatus, wait, expected) => {
    const { sandbox, user } = await start({ switches: { emnify: { batchStatus } } });
    const { sim } = (await user(bic(sandbox.info.bics.valid[1] ?? ''), 'PATCH', { sim_status: { id: 1 } })).body as {
      sim: Sim[];
    };
    await advance(sandbox, wait);
    expect(await statusOf(user, sim[0]?.id ?? 0)).toBe(expected);
    const events = (await user(`/sim/${sim[0]?.id}/event`)).body as { event_type: { id: number } }[];
    expect(events.map(({ event_type }) => event_type.id)).toEqual(expected === 1 ? [48, 8] : [48]);
  });
});

describe('endpoints', () => {
  const base = { status: { id: 0 }, service_profile: { id: 501 }, tariff_profile: { id: 601 } };
  const idOf = (reply: Reply) => Number(reply.headers.get('location')?.split('/').at(-1));

  it('are released and deleted step by step', async () => {
    const { user } = await start();
    const endpoint = `/endpoint/${ENDPOINT_OF_ACTIVE}`;
    expect((await user(endpoint, 'DELETE')).status).toBe(409);
    expect((await user(`/sim/${ACTIVE}`, 'PATCH', { status: { id: 2 } })).status).toBe(204);
    expect((await user(endpoint, 'PATCH', { status: { id: 1 } })).status).toBe(204);
    expect((await user(endpoint, 'PATCH', { sim: { id: null } })).status).toBe(204);
    expect((await user(endpoint)).body).not.toHaveProperty('sim');
    expect((await user(endpoint, 'DELETE')).status).toBe(204);
    expect((await user(endpoint)).status).toBe(404);
    const sim = (await user(`/sim/${ACTIVE}`)).body as Sim;
    expect(sim).toMatchObject({ status: { id: 2 }, activation_date: expect.any(String) });
    expect(sim).not.toHaveProperty('endpoint');
    const events = (await user(`/sim/${ACTIVE}/event`)).body as { event_type: { id: number } }[];
    expect(events.map(({ event_type }) => event_type.id)).toEqual([8, 51, 9, 50]);
  });

  it('activate a SIM on creation unless told otherwise', async () => {
    const { sandbox, user } = await start();
    const created = await user('/endpoint', 'POST', { ...base, name: 'meter', sim: { id: ISSUED } });
    expect(created).toMatchObject({ status: 201, text: '' });
    expect(created.headers.get('location')).toBe(`${sandbox.baseUrl}/emnify/api/v1/endpoint/${idOf(created)}`);
    expect((await user(`/sim/${ISSUED}`)).body).toMatchObject({ status: { id: 1 }, endpoint: { id: idOf(created) } });
    const events = (await user(`/sim/${ISSUED}/event`)).body as { event_type: { id: number }; timestamp: string }[];
    expect(events.map(({ event_type }) => event_type.id)).toEqual([8, 51]);
    expect(Date.parse(events[1]?.timestamp ?? '') - Date.parse(events[0]?.timestamp ?? '')).toBe(3);
    const other = await user('/endpoint', 'POST', { ...base, sim: { id: SUSPENDED_FREE, activate: false } });
    expect(await statusOf(user, SUSPENDED_FREE)).toBe(2);
    expect((await user(`/endpoint/${idOf(other)}`)).body).toMatchObject({ sim: { id: SUSPENDED_FREE } });
    expect((await user('/endpoint', 'POST', { ...base, sim: { id: ACTIVE } })).status).toBe(422);
    expect((await user('/endpoint', 'POST', { ...base, sim: { id: 17 } })).status).toBe(404);
  });

  it('run out of addresses in a small space', async () => {
    const { user } = await start();
    const body = { ...base, ip_address_space: { id: 2 } };
    const created = [];
    for (let turn = 0; turn < 14; turn++) created.push(await user('/endpoint', 'POST', body));
    expect(created.every(({ status }) => status === 201)).toBe(true);
    expect(await user('/endpoint', 'POST', body)).toMatchObject({ status: 404, body: { error_code: 1601 } });
    expect((await user(`/endpoint/${idOf(created[3] as Reply)}`, 'DELETE')).status).toBe(204);
    expect((await user('/endpoint', 'POST', body)).status).toBe(201);
  });

  it('have errors of their own', async () => {
    const { user } = await start();
    expect(await user('/endpoint/-1', 'PATCH', { name: 'x' })).toMatchObject({
      status: 404,
      body: { error_code: 1401, message: "Endpoint with Id '-1' not found." },
    });
    expect(await user('/endpoint/None', 'PATCH', { name: 'x' })).toMatchObject({
      status: 400,
      body: { message: 'Cannot parse parameter id as Long: For input string: "None"' },
    });
    const unknown = { service_profile: { id: -1 } };
    expect(await user(`/endpoint/${ENDPOINT_OF_ACTIVE}`, 'PATCH', unknown)).toMatchObject({
      status: 422,
      body: { error_code: 1400, errors: [{ error_code: 1401, message: "Service profile with Id '-1' not found." }] },
    });
    expect((await user('/endpoint', 'POST', { name: 'x' })).status).toBe(400);
  });

  it('are listed with paging headers twice', async () => {
    const { user } = await start();
    const reply = await user('/endpoint?per_page=4&q=sim_status:1');
    expect((reply.body as object[])[0]).toMatchObject({ sim: { iccid_with_luhn: expect.stringMatching(/^\d{20}$/) } });
    expect(reply.headers.get('x-per-page')).toBe(reply.headers.get('x-count-per-page'));
    expect(reply.headers.get('x-pages')).toBe(reply.headers.get('x-total-pages'));
    expect((await user('/endpoint?per_page=5000')).headers.get('x-count-per-page')).toBe('1000');
    expect((await user('/endpoint?q=colour:red')).status).toBe(422);
  });
});

describe('SMS', () => {
  const path = `/endpoint/${ENDPOINT_OF_ACTIVE}/sms`;
  const send = (user: Awaited<ReturnType<typeof emnifyUser>>, to = path, body: unknown = { payload: 'ping' }) =>
    user(to, 'POST', body);
  const smsAt = (reply: Reply) => reply.headers.get('location')?.split('/api/v1')[1] ?? '';

  it('lives from pending to delivered, with numbers as texts and dates that say nothing', async () => {
    const { sandbox, user } = await start();
    const sent = await send(user);
    expect(sent).toMatchObject({ status: 201, text: '' });
    expect(sent.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    const status = async () => ((await user(smsAt(sent))).body as Sim).status.id;
    expect(await status()).toBe(1);
    await advance(sandbox, 'PT1S');
    expect(await status()).toBe(2);
    await advance(sandbox, 'PT1S');
    expect(await status()).toBe(4);
    const sms = (await user(smsAt(sent))).body as Record<string, unknown>;
    expect(sms).toMatchObject({
      id: expect.any(Number),
      sim_id: String(ACTIVE),
      dcs: '0',
      retry_count: '0',
      p2p_ext: 0,
    });
    expect(sms['delivery_date']).toBe(sms['submit_date']);
    expect((await user(smsAt(sent), 'DELETE')).status).toBe(409);
  });

  it('waits for a device that is off, and expires or is cancelled', async () => {
    const { sandbox, user } = await start();
    const off = `/endpoint/${12000001 + 18}/sms`;
    const first = await send(user, off);
    const second = await send(user, off);
    await advance(sandbox, 'PT10S');
    expect((await user(off)).body).toMatchObject([{ status: { id: 3 } }, { status: { id: 3 } }]);
    expect((await user(smsAt(second), 'DELETE')).status).toBe(200);
    await advance(sandbox, 'P1D');
    const later = await emnifyUser(sandbox);
    const [newest, oldest] = (await later(off)).body as Record<string, unknown>[];
    expect(newest).toMatchObject({ status: { id: 7 }, final_date: null, dlr_status_id: '1' });
    expect(oldest).toMatchObject({ status: { id: 6 }, dlr_status_id: '4', delivery_date: oldest?.['submit_date'] });
    expect(oldest?.['id']).toBe(Number(smsAt(first).split('/').at(-1)));
    const effects = (await control(sandbox, 'effects')).body as { state: string }[];
    expect(effects.map(({ state }) => state)).toEqual(['failed', 'failed', 'done']);
  });

  it('needs an active SIM, an enabled endpoint and a short text', async () => {
    const { sandbox, user } = await start();
    expect((await send(user, `/endpoint/${12000001 + 3}/sms`)).status).toBe(409);
    expect((await send(user, '/endpoint/17/sms')).status).toBe(404);
    expect((await send(user, path, { payload: 'x'.repeat(161) })).status).toBe(422);
    expect((await send(user, path, {})).status).toBe(400);
    expect((await control(sandbox, 'effects')).body).toEqual([]);
    expect((await user(`${path}/17`)).status).toBe(404);
    expect((await user(`${path}/abc`)).status).toBe(404);
  });
});

describe('events', () => {
  it('come with lower-case headers, an empty link, 15-digit ids and a Z', async () => {
    const { user } = await start();
    const reply = await user(`/sim/${ACTIVE}/event`);
    const events = reply.body as { id: number; timestamp: string }[];
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) {
      expect(String(event.id)).toHaveLength(15);
      expect(event.timestamp).toMatch(/Z$/);
      expect(event).not.toHaveProperty('endpoint');
      expect(event).not.toHaveProperty('user');
    }
    expect(reply.headers.get('link')).toBe('');
    expect(reply.headers.get('etag')).toMatch(/^W\//);
    expect(reply.headers.get('x-count-per-page')).toBe('100');
  });

  it('are none for an id that does not exist', async () => {
    const { user } = await start();
    expect(await user('/sim/17/event')).toMatchObject({ status: 200, text: '[]' });
    expect((await user('/sim/abc/event')).status).toBe(400);
    expect((await user(`/sim/${ACTIVE}/event?per_page=many`)).status).toBe(400);
    expect((await user(`/sim/${ACTIVE}/event?sort=detail`)).status).toBe(400);
    expect((await user(`/sim/${ACTIVE}/event?q=colour:red`)).status).toBe(422);
    expect((await user(`/sim/${ACTIVE}/event?q=from:2026-01-01T00:00:00Z`)).status).toBe(422);
  });

  it('are filtered by type, alternatives and time', async () => {
    const { sandbox, user } = await start();
    await user(`/sim/${ACTIVE}`, 'PATCH', { status: { id: 2 } });
    await advance(sandbox, 'PT1H');
    await user(`/sim/${ACTIVE}`, 'PATCH', { status: { id: 1 } });
    const types = async (query: string) =>
      ((await user(`/sim/${ACTIVE}/event?${query}`)).body as { event_type: { id: number } }[]).map(
        ({ event_type }) => event_type.id,
      );
    expect(await types('q=type:9')).toEqual([9]);
    expect(await types('q=type:9|51&sort=-id')).toEqual([9, 51]);
    expect(await types('q=from:2026-10-15T12:30:00Z,until:2026-10-15T14:00:00Z')).toEqual([8]);
  });
});

describe('statistics', () => {
  it('tell exactly the usage of the truth, the end date excluded', async () => {
    const { sandbox, user } = await start();
    const { iccid } = ((await control(sandbox, 'sims?adapter=emnify')).body as { iccid: string }[])[0] ?? { iccid: '' };
    type Day = {
      date: string;
      data?: { volume: number; volume_rx: number; volume_tx: number };
      sms?: { volume: number };
    };
    const days = (await user(`/sim/${ACTIVE}/stats/daily?start_date=2026-09-01&end_date=2026-10-01`)).body as Day[];
    expect(days.map(({ date }) => date).slice(-1)).toEqual(['2026-09-30']);
    const bytes = days.reduce((sum, { data }) => sum + Math.round((data?.volume ?? 0) * 1_000_000), 0);
    const messages = days.reduce((sum, { sms }) => sum + (sms?.volume ?? 0), 0);
    const usage = (await control(sandbox, 'usage?from=2026-09-01&to=2026-10-01&adapter=emnify&by=iccid,kind')).body as {
      rows: { iccid: string; kind: string; bytes: number; messages: number }[];
    };
    const mine = usage.rows.filter((row) => row.iccid === iccid);
    expect(mine.find(({ kind }) => kind === 'data')?.bytes).toBe(bytes);
    expect(mine.find(({ kind }) => kind === 'sms')?.messages).toBe(messages);
    const [month] = (await user(`/sim/${ACTIVE}/stats`)).body as [
      { last_month: { data: { volume: number; id: number } } },
    ];
    expect(Math.round(month.last_month.data.volume * 1_000_000)).toBe(bytes);
    expect(month.last_month.data.id).toBe(Number(`${ACTIVE}2026095`));
  });

  it('leave out months without traffic, cost by default, and unusable dates', async () => {
    const { user } = await start();
    const [idle] = (await user(`/sim/${ISSUED}/stats`)).body as [object];
    expect(Object.keys(idle)).toEqual(['last_hour']);
    expect((await user(`/sim/${ACTIVE}/stats`)).text).not.toContain('cost');
    expect((await user(`/sim/${ACTIVE}/stats/daily?start_date=01.10.2026`)).status).toBe(422);
    expect((await user('/sim/17/stats')).status).toBe(404);
    expect((await user(`/sim/${ACTIVE}/stats/daily`)).body).toHaveLength(15);
  });

  it('count an SMS that was sent through the API', async () => {
    const { sandbox, user } = await start({ days: 0 });
    await user(`/endpoint/${ENDPOINT_OF_ACTIVE}/sms`, 'POST', { payload: 'ping' });
    await advance(sandbox, 'PT2S');
    expect((await user(`/sim/${ACTIVE}/stats/daily`)).body).toEqual([
      { date: '2026-10-15', sms: expect.objectContaining({ volume: 1, volume_rx: 1, volume_tx: 0 }) },
    ]);
  });
});

describe('rates', () => {
  it('answer a bare 429 above ten lists a second', async () => {
    const { sandbox, user } = await start({ limits: true });
    const replies = [];
    for (let turn = 0; turn < 7; turn++) replies.push(await user('/sim?per_page=1'));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(replies[6]?.text).toBe('');
    expect(replies[6]?.headers.has('retry-after')).toBe(false);
    expect((await user(`/sim/${ACTIVE}`)).status).toBe(200);
    await advance(sandbox, 'PT0.1S');
    expect((await user('/sim?per_page=1')).status).toBe(200);
  });

  it('count 2000 calls per address in five minutes', async () => {
    const { sandbox, user } = await start({ limits: true });
    for (let turn = 0; turn < 1999; turn++) await user('/sim/status');
    expect((await user('/sim/status')).status).toBe(429);
    await advance(sandbox, 'PT5M');
    expect((await user('/sim/status')).status).toBe(200);
  });
});

describe('determinism', () => {
  it('gives the same answers to the same requests', async () => {
    const walk = async () => {
      const { sandbox, user } = await start({ seed: 5 });
      const texts = [];
      for (const [path, method, body] of [
        ['/sim?per_page=7&sort=-iccid', 'GET', undefined],
        [`/sim/${ISSUED}`, 'PATCH', { status: { id: 1 } }],
        [`/sim/${ISSUED}/event`, 'GET', undefined],
        [`/endpoint/${ENDPOINT_OF_ACTIVE}/sms`, 'POST', { payload: 'ping' }],
        [`/endpoint/${ENDPOINT_OF_ACTIVE}/sms`, 'GET', undefined],
        [`/sim/${ACTIVE}/stats`, 'GET', undefined],
        ['/endpoint?per_page=3', 'GET', undefined],
      ] as const) {
        texts.push((await user(path, method, body)).text);
      }
      return [...texts, (await control(sandbox, 'usage?by=adapter,day,country')).text];
    };
    expect(await walk()).toEqual(await walk());
  });

  it('gives other SIMs for another seed', async () => {
    const first = await startFor({ seed: 1 });
    const second = await startFor({ seed: 2 });
    const iccids = async (sandbox: Sandbox) =>
      ((await control(sandbox, 'sims')).body as { iccid: string }[]).map(({ iccid }) => iccid);
    const known = new Set(await iccids(first));
    expect((await iccids(second)).some((iccid) => known.has(iccid))).toBe(false);
  });
});

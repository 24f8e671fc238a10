import { afterEach, describe, expect, test } from 'vitest';
import { type Client, NOW, type StartOptions, startClient } from './truphone-client.js';

let client: Client;
afterEach(async () => {
  expect(await client.violations()).toBe(0);
  await client.sandbox.close();
});
const start = async (options: StartOptions = {}): Promise<void> => {
  client = await startClient(options);
};

type Row = Readonly<Record<string, string | number>>;
interface TruthRow {
  readonly kind: string;
  readonly day: string;
  readonly iccid: string;
  readonly country: string | null;
  readonly records: number;
  readonly bytes: number | null;
  readonly messages: number | null;
}

const GENERATE = '/api/v2.0/reports/generate/';
const TWO_WEEKS = { startDate: '2026-10-20 00:00:00', endDate: '2026-11-01 23:59:59' };
const whole = { all_sim_cards: true, granularity: 'Day', output_format: 'CSV', report_type: 'DATA_USAGE' };

async function linkOf(body: object): Promise<string> {
  const reply = await client.post(GENERATE, body);
  expect(reply.status).toBe(200);
  return (reply.body as { downloadUrl: string }).downloadUrl;
}

async function csv(body: object): Promise<readonly Row[]> {
  const reply = await client.call(await linkOf({ ...whole, ...body, output_format: 'CSV' }));
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/csv']);
  const [head = '', ...lines] = reply.text.trimEnd().split('\r\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, place) => [names[place], cell])));
}

async function jsonText(body: object): Promise<string> {
  return (await client.call(await linkOf({ ...whole, ...body, output_format: 'JSON' }))).text;
}

async function truth(by: string, from = '2026-10-20', to = '2026-11-02'): Promise<readonly TruthRow[]> {
  const { rows } = (await client.control(`/usage?from=${from}&to=${to}&by=${by}`)) as { rows: readonly TruthRow[] };
  return rows;
}

describe('the DATA_USAGE report', () => {
  test('by day is the truth to the byte, in whole KB of 1024', async () => {
    await start();
    const rows = await csv(TWO_WEEKS);
    expect(Object.keys(rows[0] ?? {})).toEqual(['ICCID', 'Total Usage', 'Start Date', 'End Date']);
    const told = (await truth('kind,iccid,day')).filter(({ kind }) => kind === 'data');
    const cells = (list: readonly (readonly [unknown, unknown, unknown])[]) => list.map(String).toSorted();
    expect(cells(rows.map((row) => [row['ICCID'], row['Start Date'], Number(row['Total Usage']) * 1024]))).toEqual(
      cells(told.map(({ iccid, day, bytes }) => [iccid, day, bytes])),
    );
    expect(told.every(({ records }) => records === 1)).toBe(true);
    expect(rows.length).toBeGreaterThan(100);
  });

  test('comes as JSON with text for totals and for ICCIDs', async () => {
    await start();
    const rows = JSON.parse(await jsonText(TWO_WEEKS)) as readonly Row[];
    expect(rows).toEqual(await csv(TWO_WEEKS));
    for (const row of rows) expect(Object.values(row).every((value) => typeof value === 'string')).toBe(true);
  });

  test('writes bare numbers digit by digit when switched so', async () => {
    await start({ switches: { reportIccid: 'number', reportUsage: 'number' } });
    const [row] = await csv(TWO_WEEKS);
    const text = await jsonText(TWO_WEEKS);
    expect(text).toContain(`[{"ICCID":${row?.['ICCID']},"Total Usage":${row?.['Total Usage']},"Start Date":"2026-10-`);
  });

  test('by month and by cycle adds the days up', async () => {
    await start({ days: 40, switches: { billCycleStartDay: 15 } });
    const window = { startDate: '2026-10-01 00:00:00', endDate: '2026-10-31 23:59:59' };
    const total = (rows: readonly Row[]) => rows.reduce((sum, row) => sum + Number(row['Total Usage']), 0);
    const days = await csv(window);
    const months = await csv({ ...window, granularity: 'Month' });
    const cycles = await csv({ ...window, granularity: 'Cycle', billing_cycle: 15 });
    expect(total(months)).toBe(total(days));
    expect(total(cycles)).toBe(total(days));
    expect(new Set(months.map((row) => `${row['Start Date']}/${row['End Date']}`))).toEqual(
      new Set(['2026-10-01/2026-11-01']),
    );
    expect(new Set(cycles.map((row) => `${row['Start Date']}/${row['End Date']}`))).toEqual(
      new Set(['2026-09-15/2026-10-15', '2026-10-15/2026-11-15']),
    );
  });

  test('by hour names the hour', async () => {
    await start();
    const rows = await csv({ granularity: 'Hour', period: 'PAST_7_DAYS' });
    expect(rows[0]?.['Start Date']).toMatch(/^2026-10-\d\d \d\d:00:00\+00:00$/);
  });

  test('shows added, late and corrected usage on the next reading', async () => {
    await start();
    const iccid = await client.inState('SUSPENDED');
    const add = (body: object) => client.control('/usage', { method: 'POST', body: { iccid, kind: 'data', ...body } });
    const read = async () => (await csv({ iccid: [iccid], all_sim_cards: false, ...TWO_WEEKS }))[0];
    expect(await read()).toBeUndefined();
    await add({ at: '2026-10-28T10:00:00Z', bytes: 10_240, how: 'new' });
    await add({ at: '2026-10-28T12:00:00Z', bytes: 1024, how: 'late' });
    expect(await read()).toMatchObject({ 'Total Usage': '11', 'Start Date': '2026-10-28', 'End Date': '2026-10-29' });
    await add({ at: '2026-10-28T12:00:00Z', bytes: 4096, how: 'corrected' });
    await add({ at: '2026-10-28T10:00:00Z', how: 'duplicate' });
    expect(await read()).toMatchObject({ 'Total Usage': '14' });
    expect((await truth('iccid,kind')).find((row) => row.iccid === iccid)?.bytes).toBe(14 * 1024);
    const records = await client.list(`/api/v2.0/sims/${iccid}/cdrs/?type=DATA`);
    expect(records.map(({ duration }) => duration)).toEqual([4, 10, 10]);
    expect(records[1]?.['id']).toBe(records[2]?.['id']);
  });
});

test('an inventory has bare numbers for ICCIDs in JSON, and dates with a blank', async () => {
  await start();
  const text = await jsonText({ report_type: 'INVENTORY', period: 'PAST_7_DAYS' });
  const sims = await client.sims();
  expect(text).toMatch(/^\[\{"Date":"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00","Source":\d{19},"State":"ACTIVE"\}/);
  const sources = [...text.matchAll(/"Source":(\d+)/g)].map(([, digits]) => digits);
  expect(sources).toEqual(sims.map(({ iccid }) => iccid));
});

test('the SMS_USAGE report counts what the call detail records list', async () => {
  await start();
  const rows = await csv({ report_type: 'SMS_USAGE', ...TWO_WEEKS });
  const told = (await truth('kind,iccid,day')).filter(({ kind }) => kind === 'sms');
  expect(rows.reduce((sum, row) => sum + Number(row['Total Usage']), 0)).toBe(
    told.reduce((sum, { messages }) => sum + (messages ?? 0), 0),
  );
  const perSim = new Map<string, number>();
  for (const { iccid, records } of told) perSim.set(iccid, (perSim.get(iccid) ?? 0) + records);
  expect(perSim.size).toBeGreaterThan(5);
  for (const [iccid, count] of perSim) {
    const [out, into] = await Promise.all(
      ['SMS_OUT', 'SMS_IN'].map((type) => client.list(`/api/v2.0/sims/${iccid}/cdrs/?type=${type}`)),
    );
    expect([...(out ?? []), ...(into ?? [])]).toHaveLength(count);
  }
});

test('other reports have rows too', async () => {
  await start();
  const iccid = await client.inState('ACTIVE');
  await client.post('/api/v2.0/sims/change_status/', { iccid: [iccid], status: 'SUSPENDED' });
  client.sandbox.advance(2000);
  const notices = await csv({ report_type: 'NOTIFICATIONS', period: 'PAST_7_DAYS' });
  expect(notices.map((row) => row['Source'])).toEqual([iccid, iccid]);
  const locations = await csv({
    report_type: 'LOCATION',
    period: 'PAST_14_DAYS',
    all_sim_cards: false,
    iccid: [iccid],
  });
  expect(locations.length).toBeGreaterThan(0);
  expect(await csv({ report_type: 'USAGE_RULES', period: 'PAST_7_DAYS' })).toEqual([]);
});

describe('report requests', () => {
  test('a link lives one hour and then answers 400', async () => {
    await start();
    const reply = await client.post(GENERATE, { ...whole, period: 'PAST_7_DAYS' });
    const { downloadUrl, validUntil } = reply.body as { downloadUrl: string; validUntil: string };
    expect(validUntil).toBe('2026-11-02T10:30:00');
    client.sandbox.advance(3_599_999);
    expect((await client.call(downloadUrl)).status).toBe(200);
    client.sandbox.advance(1);
    const gone = await client.call(downloadUrl);
    expect([gone.status, gone.body]).toEqual([400, { detail: 'Report not available - Link expired or wrong link.' }]);
    expect(await client.effects()).toEqual([]);
  });

  test.each([
    [{ all_sim_cards: false, period: 'PAST_7_DAYS' }, "Please select 'iccid', 'tag' or 'all_sim_cards'."],
    [{ tag: ['Meters'], period: 'PAST_7_DAYS' }, "Only choose 'iccid', 'tag' or 'all_sim_cards'"],
    [{}, "Please choose a 'period' option or a 'startDate' and 'endDate'."],
    [
      { period: 'PAST_7_DAYS', startDate: '2026-10-01 00:00:00' },
      "Cannot choose 'period' option with 'startDate' and 'endDate' options selected.",
    ],
    [{ startDate: '2026-10-01 00:00:00' }, "Need both fields 'startDate' and 'endDate'"],
    [
      { granularity: 'Hour', startDate: '2026-10-01 00:00:00', endDate: '2026-10-08 00:00:01' },
      'Please choose 7 days or less to see the graph in a hourly basis.',
    ],
    [
      { startDate: '2026-01-01 00:00:00', endDate: '2026-07-01 00:00:01' },
      'Please choose 6 months or less to see the graph in a daily basis.',
    ],
    [{ period: 'PAST_1_YEAR' }, 'Please choose 6 months or less to see the graph in a daily basis.'],
    [
      { granularity: 'Cycle', period: 'PAST_30_DAYS' },
      "Cannot choose 'granularity' with option 'Cycle' and no 'billing_cycle' selected.",
    ],
    [{ granularity: 'Cycle', billing_cycle: 9, period: 'PAST_30_DAYS' }, 'No SIM Cards in the Selected Billing Cycle.'],
    [
      { all_sim_cards: false, iccid: ['8944470000000000000'], period: 'PAST_7_DAYS' },
      'One or more ICCIDs are incorrect, or do not belong to you.',
    ],
    [
      { all_sim_cards: false, iccid: ['1', '2', '3'], period: 'PAST_7_DAYS' },
      "Too many SIM Cards. This field has 3 iccid's (max: 2), please use less or assign tags and use them.",
    ],
    [{ all_sim_cards: false, tag: ['Nothing'], period: 'PAST_7_DAYS' }, "Tag 'Nothing' not created."],
  ])('%j is refused', async (body, detail) => {
    await start({ switches: { reportMaximumIccids: 2 } });
    const reply = await client.post(GENERATE, { ...whole, ...body });
    expect([reply.status, reply.body]).toEqual([400, { detail }]);
  });

  test('the longest windows are allowed', async () => {
    await start();
    await linkOf({ ...whole, period: 'PAST_6_MONTHS' });
    await linkOf({ ...whole, granularity: 'Month', period: 'PAST_1_YEAR' });
    await linkOf({ ...whole, granularity: 'Hour', period: 'PAST_7_DAYS' });
    await linkOf({ ...whole, startDate: '2026-01-01 00:00:00', endDate: '2026-06-30 23:59:59' });
    await linkOf({ ...whole, granularity: 'Hour', startDate: '2026-10-01 00:00:00', endDate: '2026-10-07 23:59:59' });
  });

  test('a tag is looked at again at download', async () => {
    await start();
    await client.post('/api/v2.0/tags/', { label: 'Short', description: '' });
    const body = { ...whole, all_sim_cards: false, tag: ['Short'], period: 'PAST_7_DAYS' };
    expect((await client.post(GENERATE, body)).body).toEqual({
      detail: "Tag 'Short' does not have SIM cards assign",
    });
    const iccid = await client.inState('ACTIVE');
    await client.post('/api/v2.0/tags/Short/sims/', { simCards: [iccid] });
    const link = await linkOf(body);
    const rows = (await client.call(link)).text.trimEnd().split('\r\n').slice(1);
    expect(rows.every((row) => row.startsWith(iccid))).toBe(true);
    await client.call('/api/v2.0/tags/Short/', { method: 'DELETE' });
    expect((await client.call(link)).body).toEqual({ detail: "Tag 'Short' not created." });
  });
});

test('a report of many SIMs streams: the first rows arrive at once and memory stays flat', async () => {
  await start({ sims: 20_000, days: 31 });
  const link = await linkOf({ ...whole, startDate: '2026-10-02 00:00:00', endDate: '2026-10-31 23:59:59' });
  const { TOKEN } = await import('./truphone-client.js');
  const response = await fetch(link, { headers: { Authorization: `Token ${TOKEN}` } });
  if (response.body === null) throw new Error('No body');
  let pieces = 0;
  let bytes = 0;
  let highest = 0;
  for await (const piece of response.body) {
    pieces += 1;
    bytes += piece.byteLength;
    if (pieces % 50 === 1) highest = Math.max(highest, process.memoryUsage().arrayBuffers);
  }
  expect(bytes).toBeGreaterThan(10_000_000);
  expect(highest).toBeLessThan(100_000_000);
});

describe('call detail records', () => {
  test('newest first, with the other party as a number and no unit', async () => {
    await start({ days: 60 });
    const iccid = await client.inState('ACTIVE');
    const path = `/api/v2.0/sims/${iccid}/cdrs/`;
    const rows = await client.list(`${path}?per_page=500`);
    const dates = rows.map(({ startDate }) => String(startDate));
    expect(dates).toEqual(dates.toSorted().reverse());
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const row of rows) {
      if (row['type'] === 'DATA') expect([row['origin'], row['destination']]).toEqual([null, null]);
      else expect([typeof row['origin'], typeof row['destination']]).toEqual(['number', 'number']);
      expect(await client.get(`${path}${String(row['id'])}/`)).toEqual(row);
    }
    const own = (await client.get(`/api/v2.2/sims/${iccid}/`)) as { primaryMsisdn: string };
    const sent = await client.list(`${path}?type=SMS_OUT&per_page=500`);
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(sent.map(({ origin }) => String(origin)))).toEqual(new Set([own.primaryMsisdn]));
    const country = rows[0]?.['country'];
    expect(await client.list(`${path}?per_page=500&country=${String(country).toLowerCase()}`)).toEqual(
      rows.filter((row) => row['country'] === country),
    );
    expect((await client.call(`${path}1/`)).status).toBe(404);
    expect((await client.call('/api/v2.0/sims/8944470000000000000/cdrs/')).status).toBe(404);
  });

  test('tell their country, and are gone after three months, for the truth too', async () => {
    await start({ days: 120 });
    const iccid = await client.inState('ACTIVE');
    const rows = await client.list(`/api/v2.0/sims/${iccid}/cdrs/?per_page=500&ordering=startDate`);
    expect(String(rows[0]?.['startDate']) >= '2026-08-02T09:30').toBe(true);
    const told = await truth('kind,country,iccid', '2026-07-01', '2026-11-03');
    const own = told.filter((row) => row.iccid === iccid && row.kind === 'sms');
    expect(own.reduce((sum, { records }) => sum + records, 0)).toBe(rows.filter(({ type }) => type !== 'DATA').length);
    expect(own.every(({ country }) => /^[A-Z]{2}$/.test(country ?? ''))).toBe(true);
    expect(told.filter(({ kind }) => kind === 'data').every(({ country }) => country === null)).toBe(true);
  });

  test('locations and sessions agree with them', async () => {
    await start({ days: 30 });
    const sessions = await client.list('/api/v2.0/sims/ongoing_sessions/');
    expect(sessions.length).toBeGreaterThan(0);
    for (const { mnc, duration, startDate } of sessions) {
      expect(mnc).toMatch(/^\d{3}$/);
      expect(Number(duration)).toBe((Date.parse(NOW) - Date.parse(String(startDate))) / 1000);
    }
    const iccid = String(sessions[0]?.['iccid']);
    const path = `/api/v2.0/sims/${iccid}/locations/`;
    const [latest] = await client.list(path);
    expect(latest).toMatchObject({ simCard: iccid, id: expect.any(Number) as unknown });
    expect(await client.get(`${path}${String(latest?.['id'])}/`)).toEqual(latest);
    const [cdr] = await client.list(`/api/v2.0/sims/${iccid}/cdrs/`);
    expect(latest?.['country']).toBe(cdr?.['country']);
  });
});

test('a suspended SIM makes no more usage', async () => {
  await start();
  const iccid = await client.inState('ACTIVE');
  await client.post('/api/v2.0/sims/change_status/', { iccid: [iccid], status: 'SUSPENDED' });
  client.sandbox.advance(5 * 86_400_000);
  const rows = await csv({
    all_sim_cards: false,
    iccid: [iccid],
    startDate: '2026-10-25 00:00:00',
    endDate: '2026-11-07 00:00:00',
  });
  expect(rows.map((row) => String(row['Start Date'])).every((day) => day < '2026-11-02')).toBe(true);
  expect(rows.length).toBeGreaterThan(3);
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, startClient } from './truphone-client.js';

let client: Client;
beforeEach(async () => {
  client = await startClient({ sims: 40 });
});
afterEach(async () => {
  expect(await client.violations()).toBe(0);
  await client.sandbox.close();
});
const UNKNOWN = '89444799999999999990';
const tagged = async (iccid: string): Promise<unknown> =>
  ((await client.get(`/api/v2.2/sims/${iccid}/`)) as { tags: readonly { label: string }[] }).tags;

describe('tags', () => {
  const TAGS = '/api/v2.0/tags/';
  const simsPath = (label: string) => `${TAGS}${encodeURIComponent(label)}/sims/`;

  test('are made, put on SIMs, taken off and deleted', async () => {
    const label = 'Pilot 2026';
    const iccid = await client.inState('PROVISIONED');
    const created = await client.post(TAGS, { label, description: '' });
    expect([created.status, created.body]).toEqual([200, { detail: 'OK' }]);
    expect((await client.post(TAGS, { label, description: '' })).status).toBe(400);
    expect((await client.post(simsPath(label), { simCards: [iccid] })).body).toEqual({ detail: 'OK' });
    expect(await tagged(iccid)).toContainEqual({ label });
    expect(await client.get(simsPath(label))).toEqual([{ simCards: [iccid] }]);
    expect(await client.get(`${TAGS}${encodeURIComponent(label)}/`)).toEqual({
      label,
      description: '',
      simCards: [iccid],
    });
    expect((await client.list(`${TAGS}?simCard=${iccid}`)).map((tag) => tag['label'])).toContain(label);
    await client.post(simsPath(label), { simCards: [iccid] });
    const off = await client.call(simsPath(label), { method: 'DELETE', body: { simCards: [iccid] } });
    expect([off.status, off.body]).toEqual([200, { detail: 'OK' }]);
    expect(await tagged(iccid)).not.toContainEqual({ label });
    expect((await client.call(`${TAGS}${encodeURIComponent(label)}/`, { method: 'DELETE' })).body).toEqual({
      detail: 'OK',
    });
    expect((await client.effects()).map(({ operationId, subject }) => [operationId, subject])).toEqual([
      ['createTag', [label]],
      ['assignTagToSimCards', [iccid]],
      ['unassignTagFromSimCards', [iccid]],
      ['deleteTag', [label]],
    ]);
  });

  test('one made anew is on no SIM', async () => {
    await client.call(`${TAGS}Meters/`, { method: 'DELETE' });
    await client.post(TAGS, { label: 'Meters', description: '' });
    expect(await client.list('/api/v2.2/sims/?tags=Meters')).toEqual([]);
  });

  test('refusals', async () => {
    const empty = await client.post(simsPath('Meters'), { simCards: [] });
    expect([empty.status, empty.body]).toEqual([400, { detail: { simCards: ['This list may not be empty.'] } }]);
    const none = await client.post(simsPath('mytag'), { simCards: [UNKNOWN] });
    expect([none.status, none.body]).toEqual([404, { detail: "Invalid Tag 'mytag'." }]);
    const iccid = await client.inState('PROVISIONED');
    const before = await tagged(iccid);
    const unknown = await client.post(simsPath('Meters'), { simCards: [iccid, UNKNOWN] });
    expect(unknown.status).toBe(400);
    expect(await tagged(iccid)).toEqual(before);
    const odd = await client.post(TAGS, { label: 'A/B', description: '' });
    expect(odd.body).toEqual({ label: ['Only alphanumeric or whitespace characters are allowed.'] });
    expect((await client.call(`${TAGS}nothing/`)).status).toBe(404);
  });

  test('the SIMs of a tag come in pages, as an object when switched so', async () => {
    const first = await client.call(`${simsPath('Meters')}?per_page=5`);
    expect(first.headers.get('link')).toMatch(/rel="next"/);
    expect(first.body).toMatchObject([{ simCards: expect.any(Array) as unknown }]);
    await client.sandbox.close();
    client = await startClient({ switches: { tagSimsShape: 'object' } });
    const { simCards } = (await client.get(`${simsPath('Meters')}?per_page=500`)) as { simCards: readonly string[] };
    const listed = await client.list('/api/v2.2/sims/?tags=Meters&per_page=500');
    expect(simCards).toEqual(listed.map(({ iccid }) => iccid));
  });
});

describe('attributes', () => {
  const ATTRIBUTES = '/api/v2.0/attributes/';
  const set = (label: string, body: unknown) =>
    client.call(`${ATTRIBUTES}${encodeURIComponent(label)}/`, { method: 'PATCH', body });

  test('stand on every SIM once defined, and are set on the listed ones', async () => {
    const label = 'Cost centre';
    const iccid = await client.inState('ACTIVE');
    expect((await client.post(ATTRIBUTES, { label, description: '' })).body).toEqual({ detail: 'OK' });
    const rows = await client.list(`${ATTRIBUTES}?label=cost%20centre&per_page=500`);
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map(({ value }) => value))).toEqual(new Set(['']));
    expect((await set(label, { simCards: [iccid], value: 'K-7' })).body).toEqual({ detail: 'OK' });
    expect(await client.list(`${ATTRIBUTES}?value=k-7`)).toEqual([{ simCard: iccid, label, value: 'K-7' }]);
    expect((await client.list(`/api/v2.2/sims/?attributes=${encodeURIComponent(`${label}:K-7`)}`))[0]).toMatchObject({
      iccid,
    });
    await set(label, { simCards: [iccid], value: 'K-7' });
    await set(label, { simCards: [iccid], value: '' });
    expect(await client.list(`${ATTRIBUTES}?value=k-7`)).toEqual([]);
    expect((await client.effects()).map(({ operationId }) => operationId)).toEqual([
      'createAttribute',
      'setAttributeValue',
      'setAttributeValue',
    ]);
    expect((await client.call(`${ATTRIBUTES}${encodeURIComponent(label)}/`, { method: 'DELETE' })).status).toBe(200);
  });

  test('refusals', async () => {
    const iccid = await client.inState('ACTIVE');
    const twice = await client.post(ATTRIBUTES, { label: 'Site', description: '' });
    expect([twice.status, twice.body]).toEqual([409, { detail: "Attribute 'Site' already created." }]);
    expect((await client.post(ATTRIBUTES, { label: '', description: '' })).body).toEqual({
      label: ['This field may not be blank.'],
    });
    expect((await client.post(ATTRIBUTES, { description: '' })).body).toEqual({ label: ['This field is required.'] });
    expect((await set('Site', { value: 'x' })).body).toEqual({ detail: { simCards: ['This field is required.'] } });
    expect((await set('Site', { simCards: [], value: 'x' })).body).toEqual({
      detail: { simCards: ['This list may not be empty.'] },
    });
    expect((await set('Site', { simCards: [iccid, UNKNOWN], value: 'x' })).body).toEqual({
      detail: `SIM card(s) with ICCID(s) ['${UNKNOWN}'] unknown`,
    });
    expect((await set('label', { simCards: [iccid], value: 'x' })).body).toEqual({
      detail: "Invalid Attribute 'label'.",
    });
    expect(await client.effects()).toEqual([]);
  });
});

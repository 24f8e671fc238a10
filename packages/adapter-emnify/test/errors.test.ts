import type { Json } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { readError } from '../src/errors.js';

const headers = { get: () => null };
const read = (operation: string, status: number, body: Json) => readError({ operation, status, headers, body });
const coded = (error_code: number, message = 'words') => ({ error_code, error_token: 'Token', message });

describe('readError', () => {
  it.each<[string, number, Json, object]>([
    ['a bare refusal', 422, null, { issues: [] }],
    ['a page of HTML', 502, '<html>', { issues: [] }],
    ['the gateway, with one member only', 401, { message: 'token is expired' }, { message: 'token is expired' }],
    ['404 with 1201', 404, coded(1201), { vendorCode: '1201' }],
    ['404 with 1401, an unknown reference', 404, coded(1401), { vendorCode: '1401' }],
    ['404 with 1601: no address left', 404, coded(1601), { vendorCode: '1601', kind: 'conflict' }],
    ['409 with 1405', 409, coded(1405), { vendorCode: '1405', kind: 'conflict' }],
    ['a move refused with 400', 400, coded(1406), { vendorCode: '1406', kind: 'conflict' }],
    ['403', 403, coded(1104), { vendorCode: '1104', kind: 'permission' }],
    ['the newer shape', 400, { status_code: 1000, message: 'words' }, { vendorCode: '1000', message: 'words' }],
    ['a code as text', 422, { error_code: '1301', message: 'words' }, { vendorCode: '1301' }],
    ['a body that is a list', 400, [1, 2], { issues: [] }],
  ])('%s', (_, status, body, expected) => {
    expect(read('getSim', status, body)).toMatchObject(expected);
  });

  it('leaves the kind to the status where the code says the same', () => {
    for (const code of [1000, 1201, 1301, 1401]) expect(read('getSim', 404, coded(code)).kind).toBeUndefined();
    expect(read('getSim', 401, coded(1406)).kind).toBeUndefined();
  });

  it('does not take a 429 for proof that nothing was done', () => {
    for (const status of [429, 503]) expect(read('sendEndpointSms', status, null).effect).toBeUndefined();
  });

  it('knows that the check of tokens comes before anything is done', () => {
    const gateway = {
      get: (name: string) => (name.toLowerCase() === 'x-amzn-errortype' ? 'AccessDeniedException:' : null),
    };
    const refused = (status: number) => readError({ operation: 'updateSim', status, headers: gateway, body: null });
    expect(refused(401).effect).toBe('none');
    expect(refused(503).effect).toBeUndefined();
    for (const code of [1101, 1102, 1103]) expect(read('updateSim', 401, coded(code)).effect).toBe('none');
    expect(read('updateSim', 401, coded(1104)).effect).toBeUndefined();
    expect(read('updateSim', 401, null).effect).toBeUndefined();
  });

  it.each([401, 429])('takes the lock-out of sign-ins (%i) for what it is: never repeated', (status) => {
    expect(read('authenticate', status, coded(1105))).toMatchObject({
      kind: 'authentication',
      retryable: false,
      retryAfterMs: 300_000,
      vendorCode: '1105',
    });
    expect(read('getSim', 429, coded(1105)).kind).toBeUndefined();
  });

  it('tells the parts of a validation error', () => {
    const reading = read('updateEndpoint', 422, {
      ...coded(1400, 'Update failed'),
      errors: [coded(1401, 'No such profile')],
    });
    expect(reading.issues).toEqual([{ path: 'Token', message: 'No such profile' }]);
    expect(reading.message).toBe('Update failed (No such profile)');
  });
});

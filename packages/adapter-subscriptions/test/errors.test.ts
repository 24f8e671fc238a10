import type { Json } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { readError } from '../src/errors.js';

const none: Readonly<Record<string, string>> = {};
const read = (operation: string, status: number, body: Json, headers = none) =>
  readError({ operation, status, headers: { get: (name) => headers[name] ?? null }, body });

describe('readError', () => {
  it.each<[string, number, Json, object]>([
    ['a bare refusal', 422, null, { issues: [] }],
    ['a page of HTML', 502, '<html>', { issues: [] }],
    ['a body that is a list', 400, [1, 2], { issues: [] }],
    [
      'the shape of the sibling API',
      400,
      { type: 'INVALID_REQUEST_PARAMS', messages: ['limit must be between 1 and 100', 'cursor is not valid'] },
      {
        vendorCode: 'INVALID_REQUEST_PARAMS',
        message: 'limit must be between 1 and 100; cursor is not valid',
        issues: [
          { path: '', message: 'limit must be between 1 and 100' },
          { path: '', message: 'cursor is not valid' },
        ],
      },
    ],
    ['messages that are no texts', 400, { type: '', messages: [7, null, 'words'] }, { message: 'words' }],
    [
      'its shape for 429',
      429,
      { message: 'Rate limit exceeded', http_status_code: 429 },
      { message: 'Rate limit exceeded' },
    ],
    [
      'the shape of OAuth',
      401,
      { error: 'invalid_client', error_description: 'no such client' },
      { vendorCode: 'invalid_client', message: 'no such client' },
    ],
  ])('%s', (_, status, body, expected) => {
    expect(read('getOrder', status, body)).toMatchObject(expected);
  });

  it('lets the status decide, whatever the body says', () => {
    for (const status of [400, 403, 404, 409, 422, 500])
      expect(read('getOrder', status, { type: 'UNAUTHORISED', messages: [] }).kind).toBeUndefined();
  });

  it.each([400, 401])('takes a refused sign-in (%i) for wrong credentials', (status) => {
    expect(read('requestAccessToken', status, { error: 'invalid_client' }).kind).toBe('authentication');
  });

  it('knows that a throttled call was not passed on', () => {
    expect(read('createOrder', 429, null)).toMatchObject({ effect: 'none' });
    expect(read('createOrder', 503, null).effect).toBeUndefined();
    expect(read('createOrder', 409, null).effect).toBeUndefined();
  });

  it('knows that the check of tokens comes before anything is done', () => {
    expect(read('createOrder', 401, { type: 'UNAUTHORISED', messages: [] }).effect).toBe('none');
    expect(read('createOrder', 401, null).effect).toBeUndefined();
    expect(read('createOrder', 403, { type: 'UNAUTHORISED', messages: [] }).effect).toBeUndefined();
  });

  describe('the end of a full window', () => {
    const date = 'Sun, 15 Nov 2026 12:00:00 GMT';
    const at = Date.parse(date);
    const wait = (headers: Record<string, string>) => read('listAccounts', 429, null, headers).retryAfterMs;

    it('is a moment by the clock of the vendor, not a duration', () => {
      expect(wait({ date, 'x-rate-limit-reset': String(at + 42_000) })).toBe(42_000);
    });

    it.each([
      ['no header', {}],
      ['no Date', { 'x-rate-limit-reset': String(at + 42_000) }],
      ['a moment that has passed', { date, 'x-rate-limit-reset': String(at - 1) }],
      ['a moment in seconds', { date, 'x-rate-limit-reset': String(at / 1000) }],
      ['a duration', { date, 'x-rate-limit-reset': '42' }],
      ['nonsense', { date, 'x-rate-limit-reset': 'soon' }],
      ['a moment far beyond any window', { date, 'x-rate-limit-reset': String(at * 1000) }],
      ['Retry-After, which goes first', { date, 'retry-after': '7', 'x-rate-limit-reset': String(at + 42_000) }],
    ])('is not read from %s', (_, headers) => {
      expect(wait(headers)).toBeUndefined();
    });

    it('is read from a refusal only', () => {
      expect(
        read('listAccounts', 503, null, { date, 'x-rate-limit-reset': String(at + 1) }).retryAfterMs,
      ).toBeUndefined();
    });
  });
});

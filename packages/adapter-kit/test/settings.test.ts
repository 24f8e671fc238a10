import { inspect } from 'node:util';
import { ConnectivityError } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { headersView } from '../src/http/headers.js';
import { commonSettings, field, parseSettings, Secret } from '../src/index.js';
import { backoffMs, retryAfterMs } from '../src/retry/backoff.js';
import { Stopwatch } from '../src/settings/stopwatch.js';

const fields = { ...commonSettings, token: field.secret, mode: field.withDefault(field.oneOf('a', 'b'), 'a') };

function refusal(settings: unknown): string {
  try {
    parseSettings('acme', fields, settings);
  } catch (error) {
    if (ConnectivityError.is(error, 'input')) return error.message;
    throw error;
  }
  throw new Error('was not refused');
}

describe('settings', () => {
  it('pass as they are, the credential also as a function', () => {
    const token = () => 'hunter2';
    expect(parseSettings('acme', fields, { token, rateShare: 1 })).toEqual({ token, rateShare: 1, mode: 'a' });
  });

  it('name each wrong member, never a value', () => {
    const message = refusal({ token: 'hunter2', rateShare: 0, billingCycleDay: 32, proxy: 'pa55word@proxy' });
    for (const name of ['acme', 'rateShare', 'billingCycleDay', 'proxy']) expect(message).toContain(name);
    expect(message).not.toMatch(/hunter2|pa55word/);
  });

  it('take a proxy by http or https only, and never show its password', () => {
    expect(parseSettings('acme', fields, { token: 't', proxy: 'http://u:pa55word@proxy:3128' })).toHaveProperty(
      'proxy',
    );
    for (const proxy of ['user:pa55word', 'socks5://u:pa55word@proxy:1080', 'ftp://proxy']) {
      const message = refusal({ token: 't', proxy });
      expect(message).toContain('expected http://host:port');
      expect(message).not.toContain('pa55word');
    }
  });

  it('tell a misspelt key from an unknown one', () => {
    expect(refusal({ token: 't', readonly: true })).toContain("did you mean 'readOnly'?");
    expect(refusal({ token: 't', somethingElse: 1 })).toContain('known are baseUrl, readOnly');
    for (const key of ['tiemoutMs', 'timoutMs', 'timeoutMsss', 'TimeoutMS'])
      expect(refusal({ token: 't', [key]: 1 })).toBe(
        `acme settings: ${key}: is not a known key; did you mean 'timeoutMs'?`,
      );
    for (const key of ['meoutMsss', 'outMs', 'xyz'])
      expect(refusal({ token: 't', [key]: 1 })).not.toMatch(/mean 'timeoutMs'/);
  });

  it.each([
    ['rateShare', 1.01, 'a number above 0, at most 1'],
    ['billingCycleDay', 0, 'a whole number from 1 to 31'],
    ['billingCycleDay', 1.5, 'a whole number from 1 to 31'],
    ['timeoutMs', 0, 'a whole number, at least 1'],
    ['timeoutMs', '5', 'a whole number, at least 1'],
    ['readOnly', 'yes', 'true or false'],
    ['sender', '', 'text'],
    ['baseUrl', null, 'text'],
    ['token', 5, 'text, or a function that fetches it'],
    ['mode', 'c', "one of 'a', 'b'"],
  ])('%s of %j are refused: %s', (name, value, expected) => {
    expect(refusal({ token: 't', [name]: value })).toBe(`acme settings: ${name}: expected ${expected}`);
  });

  it('at the edge of what is allowed pass', () => {
    const edges = { token: 't', rateShare: 1, billingCycleDay: 31, timeoutMs: 1, mode: 'b' };
    expect(parseSettings('acme', fields, edges)).toEqual(edges);
  });

  it('say what is missing, and take nothing that an object inherits', () => {
    expect(refusal({})).toBe('acme settings: token: is missing; expected text, or a function that fetches it');
    expect(refusal(Object.create({ token: 't' }))).toContain('token: is missing');
  });

  it('tell all that is wrong at once, and each by itself in the details', () => {
    expect(() => parseSettings('acme', fields, { token: '', mode: 'c' })).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^acme settings: token: .*; mode: expected one of/),
        details: {
          issues: [
            { path: 'token', message: expect.anything() },
            { path: 'mode', message: expect.anything() },
          ],
        },
      }),
    );
  });

  it('let a mistake in a field be seen as one', () => {
    const broken = () => {
      throw new RangeError('mistaken');
    };
    expect(() => parseSettings('acme', { broken }, {})).toThrow(RangeError);
  });

  it.each([null, undefined, [], 5])('that are %j are refused as a whole', (settings) => {
    expect(refusal(settings)).toBe('acme settings: settings: expected an object');
  });

  it('that are no object are refused as a whole', () => {
    expect(refusal('token')).toContain('settings:');
  });
});

describe('a credential', () => {
  it('shows itself as [secret] wherever it is printed', () => {
    const secret = new Secret('hunter2');
    expect([String(secret), JSON.stringify({ secret }), inspect({ secret })]).toEqual([
      '[secret]',
      '{"secret":"[secret]"}',
      '{ secret: [secret] }',
    ]);
  });

  it('that nobody set is told as missing', async () => {
    const unset = new Secret(undefined as unknown as string);
    await expect(unset.reveal()).rejects.toThrow('the credential is missing or empty; check the secret');
  });
});

describe('time that a call has used', () => {
  it('adds up, also where the work fails, and a clock that is set back takes none of it away', async () => {
    let now = 1000;
    const watch = new Stopwatch(() => now);
    const work = (ms: number) => async () => {
      now += ms;
      if (ms === 7) throw new Error('failed');
      return ms;
    };
    expect(await watch.time(work(5))).toBe(5);
    await expect(watch.time(work(7))).rejects.toThrow('failed');
    await watch.time(work(-500));
    watch.add(3);
    watch.add(-3);
    expect(watch.ms).toBe(15);
  });
});

describe('a credential that a function fetches', () => {
  it.each(['', '  '])('is refused when it is %j', async (value) => {
    await expect(new Secret(() => value).reveal()).rejects.toMatchObject({ kind: 'authentication' });
  });

  it('fails by class only: the text of the error may hold it', async () => {
    const failing = new Secret(() => Promise.reject(new TypeError('hunter2')));
    const error: unknown = await failing.reveal().catch((caught: unknown) => caught);
    expect(ConnectivityError.is(error, 'authentication') && error.message).toContain('TypeError');
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });
});

describe('waiting before a repetition', () => {
  it('grows and stays within 20 seconds', () => {
    expect([1, 2, 3].map((attempt) => backoffMs(attempt, () => 0.999_999))).toEqual([250, 500, 1000]);
    expect(backoffMs(7, () => 0.999_999)).toBe(16_000);
    expect(backoffMs(1, () => 0)).toBe(0);
    expect(backoffMs(40, () => 0.999_999)).toBe(20_000);
  });

  it.each([
    [{}, null],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': ' 2.25 ' }, 2250],
    [{ 'retry-after': '' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': 'in 5' }, null],
    [{ 'retry-after': '-5' }, null],
    [{ 'retry-after': '5 s' }, null],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:09 GMT' }, 8000],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:09 GMT', date: 'Thu, 01 Jan 1970 00:00:04 GMT' }, 5000],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
  ])('reads Retry-After of %j as %j', (headers, expected) => {
    expect(retryAfterMs(headersView(headers), 1000)).toBe(expected);
  });
});

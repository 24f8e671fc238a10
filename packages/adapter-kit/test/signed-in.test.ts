import { ConnectivityError } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { fixedToken, jwtLifeMs, Secret, signedIn } from '../src/index.js';
import { virtualTime } from './support/virtual-time.js';

function session(
  options: { lifeMs?: number; secret?: Secret; refuse?: (count: number) => ConnectivityError | null } = {},
) {
  const time = virtualTime();
  let count = 0;
  const authenticator = signedIn({
    secret: options.secret ?? new Secret('s'),
    timing: time,
    signIn: async (secret) => {
      count++;
      await Promise.resolve();
      const error = options.refuse?.(count);
      if (error) throw error;
      return { token: `${secret}-${count}`, lifeMs: options.lifeMs ?? 300_000 };
    },
  });
  const header = async () => (await authenticator.credentials({})).headers['Authorization'];
  return { authenticator, time, header, signIns: () => count };
}

/** What goes on beside the calls has come to its end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const refusedSecret = () => new ConnectivityError('authentication', 'wrong credentials', { status: 401 });

describe('signing in', () => {
  it('happens once for many callers, and again shortly before the end', async () => {
    const { header, time, signIns } = session();
    expect(new Set(await Promise.all([header(), header(), header()]))).toEqual(new Set(['Bearer s-1']));
    time.advance(239_000);
    expect(await header()).toBe('Bearer s-1');
    time.advance(2_000);
    // The call that is late asks for the new token and goes on with the old one.
    expect(new Set(await Promise.all([header(), header()]))).toEqual(new Set(['Bearer s-1']));
    await settled();
    expect(await header()).toBe('Bearer s-2');
    expect(signIns()).toBe(2);
  });

  it('renews a 60-second token in time', async () => {
    const { header, time, signIns } = session({ lifeMs: 60_000 });
    await header();
    time.advance(47_999);
    await header();
    expect(signIns()).toBe(1);
    time.advance(1);
    await header();
    await settled();
    expect(await header()).toBe('Bearer s-2');
  });

  it('keeps a token that does not tell its life until it is refused', async () => {
    const { authenticator, header, time } = session({ lifeMs: 0 });
    authenticator.rejected({ headers: {} });
    expect(await header()).toBe('Bearer s-1');
    time.advance(365 * 86_400_000);
    await header();
    await settled();
    expect(await header()).toBe('Bearer s-1');
  });

  it('after a failed renewal leaves the vendor alone for a quarter of the time that is left for it', async () => {
    const outage = new ConnectivityError('unavailable', 'down');
    const { header, time, signIns } = session({ refuse: (count) => (count > 1 ? outage : null) });
    await header();
    const signInsAfter = async (ms: number) => {
      time.advance(ms);
      await header();
      await settled();
      return signIns();
    };
    expect([await signInsAfter(240_000), await signInsAfter(0), await signInsAfter(14_999)]).toEqual([2, 2, 2]);
    expect(await signInsAfter(1)).toBe(3);
  });

  it('does not take an outage for a refused secret', async () => {
    const { header } = session({
      refuse: (count) => (count === 1 ? new ConnectivityError('unavailable', 'down') : null),
    });
    await expect(header()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await header()).toBe('Bearer s-2');
  });

  it('goes on with the old token while a renewal fails and the token still lives', async () => {
    const outage = new ConnectivityError('unavailable', 'down');
    const { header, time } = session({ refuse: (count) => (count === 2 ? outage : null) });
    await header();
    time.advance(250_000);
    expect(await header()).toBe('Bearer s-1');
    await settled();
    expect(await header()).toBe('Bearer s-1');
    time.advance(60_000);
    expect(await header()).toBe('Bearer s-3');
  });

  it('does not try a refused secret again at once: the vendor would lock us out', async () => {
    const { header, time, signIns } = session({ refuse: refusedSecret });
    for (let call = 0; call < 5; call++) await expect(header()).rejects.toMatchObject({ kind: 'authentication' });
    expect(signIns()).toBe(1);
    time.advance(61_000);
    await expect(header()).rejects.toMatchObject({ kind: 'authentication' });
    expect(signIns()).toBe(2);
  });

  it('tries a changed secret at once', async () => {
    let asked = 0;
    const secret = new Secret(() => (++asked === 1 ? 'old' : 'new'));
    const { header } = session({ secret, refuse: (count) => (count === 1 ? refusedSecret() : null) });
    await expect(header()).rejects.toMatchObject({ kind: 'authentication' });
    expect(await header()).toBe('Bearer new-2');
  });

  it('asks anew after a rejected token, once for all who met it', async () => {
    const { authenticator, signIns } = session();
    const [a, b] = await Promise.all([authenticator.credentials({}), authenticator.credentials({})]);
    authenticator.rejected(a);
    await authenticator.credentials({});
    authenticator.rejected(b);
    await authenticator.credentials({});
    expect(signIns()).toBe(2);
  });
});

it('the life of a JWT is told by the token itself, whatever our clock says', () => {
  const jwt = (claims: unknown) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
  expect(jwtLifeMs(jwt({ iat: 1_000_000, exp: 1_014_400 }))).toBe(14_400_000);
  const numbersAsText = [jwt({ iat: '1', exp: 2 }), jwt({ iat: 1, exp: '2' })];
  for (const odd of [
    ...numbersAsText,
    jwt({ exp: 5 }),
    jwt({ iat: 2, exp: 1 }),
    jwt({ iat: 2, exp: 2 }),
    'opaque',
    'a.b.c',
    '',
  ])
    expect(jwtLifeMs(odd)).toBeNull();
});

it('a key that could not be had is asked for again', async () => {
  let asked = 0;
  const secret = new Secret(() => {
    if (++asked === 1) throw new Error('the vault is sealed');
    return 'key';
  });
  const authenticator = fixedToken('Token', secret);
  await expect(authenticator.credentials({})).rejects.toThrow();
  for (let call = 0; call < 2; call++)
    expect(await authenticator.credentials({})).toEqual({ headers: { Authorization: 'Token key' } });
  expect(asked).toBe(2);
});

import type { Answer } from '../../framework/answer.js';
import { empty } from '../../framework/answer.js';
import type { Limiter, Limits, Take } from '../../framework/limits.js';
import type { Admission, VendorRequest } from '../../framework/vendor.js';
import { refused } from './answers.js';
import type { TruphoneSwitches } from './switches.js';
import { versionOf } from './versions.js';

export const TOKEN = '0123456789abcdef0123456789abcdef01234567';
/** May read everything and change nothing. */
export const READ_ONLY_TOKEN = 'fedcba9876543210fedcba9876543210fedcba98';

/** Published by the vendor: 300 a minute for each user, 100 a day for an address without credentials. */
export const LIMITS = { perUserAndMinute: 300, perAddressAndDayWithoutToken: 100 } as const;

const USERS: ReadonlyMap<string, string> = new Map([
  [TOKEN, 'operations@example.com'],
  [READ_ONLY_TOKEN, 'viewer@example.com'],
]);

/** The user whose token the request carries. */
export function userOf(request: VendorRequest): string | undefined {
  const token = /^Token\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return token === undefined ? undefined : USERS.get(token);
}

/** Slash, quota, token, rights, in this order; every request counts. */
export function createAdmission(limits: Limits, switches: TruphoneSwitches): (request: VendorRequest) => Admission {
  const users = limits.fixedWindow({ limit: LIMITS.perUserAndMinute, periodMs: 60_000 });
  const addresses = limits.fixedWindow({ limit: LIMITS.perAddressAndDayWithoutToken, periodMs: 86_400_000 });
  return (request) => {
    const user = userOf(request);
    const take = takeOne(user, request.ip, users, addresses);
    const refusal = refusalFor(request, user, take, switches);
    return { headers: rateHeaders(take), ...(refusal === undefined ? {} : { refusal }) };
  };
}

function takeOne(user: string | undefined, ip: string, users: Limiter, addresses: Limiter): Take {
  return user === undefined ? addresses.take(ip) : users.take(user);
}

function refusalFor(
  request: VendorRequest,
  user: string | undefined,
  take: Take,
  switches: TruphoneSwitches,
): Answer | undefined {
  if (switches.trailingSlash === 'strict' && !request.path.endsWith('/')) {
    const query = request.rawQuery.size > 0 ? `?${request.rawQuery.toString()}` : '';
    // Not attached to any operation of the description.
    return { ...empty(301, { Location: `${request.baseUrl}${request.path}/${query}` }), offContract: true };
  }
  if (!take.allowed) {
    const seconds = Math.ceil(take.resetMs / 1000);
    const answer = refused(429, `Request was throttled. Expected available in ${seconds} seconds.`);
    return { ...answer, headers: { ...answer.headers, 'Retry-After': String(seconds) } };
  }
  if (user === undefined) return unknownUser(request, switches);
  const described = request.operationId !== '';
  if (described && !switches.versions.includes(versionOf(request.path))) return unauthorized('Invalid token.');
  const mayWrite = user !== USERS.get(READ_ONLY_TOKEN);
  const writes = request.method === 'POST' || request.method === 'PATCH' || request.method === 'DELETE';
  if ((writes && !mayWrite) || switches.forbiddenOperations.includes(request.operationId)) {
    return refused(403, 'You do not have permission to perform this action.');
  }
  return undefined;
}

function unknownUser(request: VendorRequest, switches: TruphoneSwitches): Answer {
  if (!/^Token\b/i.test(request.headers.authorization ?? '')) {
    return unauthorized('Authentication credentials were not provided.');
  }
  return switches.badToken === 403 ? refused(403, 'Invalid token.') : unauthorized('Invalid token.');
}

export function unauthorized(detail: string): Answer {
  const answer = refused(401, detail);
  return { ...answer, headers: { ...answer.headers, 'WWW-Authenticate': 'Token' } };
}

/** The reset is in milliseconds, unlike anywhere else. */
function rateHeaders(take: Take): Readonly<Record<string, string>> {
  return {
    'X-RateLimit-Limit': String(take.limit),
    'X-RateLimit-Remaining': String(take.remaining),
    'X-RateLimit-Reset': String(take.resetMs),
  };
}

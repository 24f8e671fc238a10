import type { Answer } from '../../framework/answer.js';
import type { Clock } from '../../framework/clock.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { userOf } from './admission.js';

const LIFE_MS = 24 * 3_600_000;

/**
 * First answers by user, endpoint and `Idempotency-Key`. Within their life they are repeated whatever the later
 * request says; `keepsRefusals` tells whether failures are kept too (unpublished).
 */
export function createIdempotency(clock: Clock, keepsRefusals: boolean): (handler: Handler) => Handler {
  const kept = new Map<string, { readonly answer: Answer; readonly until: number }>();
  const forgetExpired = (): void => {
    for (const [key, { until }] of kept) {
      if (until > clock.now()) break;
      kept.delete(key);
    }
  };
  return (handler) => async (request) => {
    const key = keyOf(request);
    if (key === undefined) return handler(request);
    forgetExpired();
    const known = kept.get(key);
    if (known !== undefined) return { ...known.answer, replayed: true };
    const answer = await handler(request);
    if (answer.status < 400 || keepsRefusals) kept.set(key, { answer, until: clock.now() + LIFE_MS });
    return answer;
  };
}

function keyOf(request: VendorRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') return undefined;
  return `${userOf(request) ?? ''}\n${request.operationId}\n${key}`;
}

import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { conflict, unprocessable } from './answers.js';
import type { Organisation } from './organisation.js';

/** Of a sibling API, like all rules of the key. */
const KEY_LIFE_MS = 24 * 3_600_000;

interface Use {
  readonly fingerprint: string;
  readonly at: number;
  /** `undefined` while the first request runs. */
  answer: Answer | undefined;
}

/** Makes POST handlers safe to repeat: the same key brings the same answer, without a second effect. */
export function createIdempotency({ context, switches }: Organisation): (handler: Handler) => Handler {
  const uses = new Map<string, Use>();

  const perform = async (handler: Handler, request: VendorRequest): Promise<Answer> => {
    const answer = await handler(request);
    if (switches.postTakesMs > 0) await wait(switches.postTakesMs);
    return answer;
  };

  return (handler) => async (request) => {
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || key === '' || switches.ignoreIdempotencyKeys) return perform(handler, request);
    forgetOld(uses, context.clock.now() - KEY_LIFE_MS);
    const fingerprint = `${request.path} ${JSON.stringify(request.body)}`;
    const earlier = uses.get(key);
    if (earlier !== undefined) return repeated(earlier, fingerprint);

    const use: Use = { fingerprint, at: context.clock.now(), answer: undefined };
    uses.set(key, use);
    try {
      const answer = await perform(handler, request);
      // A refused request changed nothing: its key can be used again.
      if (answer.status < 300) use.answer = answer;
      return answer;
    } finally {
      if (use.answer === undefined) uses.delete(key);
    }
  };
}

function repeated({ fingerprint, answer }: Use, now: string): Answer {
  if (fingerprint !== now) return unprocessable('Idempotency-Key was used for another request');
  if (answer === undefined) return conflict('a request with this Idempotency-Key is still being processed');
  return { ...answer, headers: { ...answer.headers, 'Idempotent-Replayed': 'true' }, replayed: true };
}

/** Oldest first, so the first young one ends the search. */
function forgetOld(uses: Map<string, Use>, before: number): void {
  for (const [key, use] of uses) {
    if (use.at > before) return;
    uses.delete(key);
  }
}

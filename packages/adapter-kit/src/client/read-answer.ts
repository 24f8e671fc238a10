import { ConnectivityError, type Effect, type Json, type ProviderId } from '@carrierkit/core';
import type { z } from 'zod';
import type { WireAnswer, WireFailure } from '../http/wire.js';
import { parseLossless } from '../json/parse-lossless.js';
import type { RepeatSafety } from '../operations/declaration.js';
import { scrub } from '../redaction/redact.js';
import { retryAfterMs } from '../retry/backoff.js';
import { effectOfStatus, type Failure, isRetryableStatus, kindOfStatus, type ReadError } from './answer-error.js';

/** What an error has to say about the call it belongs to. */
export interface CallFacts {
  readonly provider: ProviderId;
  readonly operation: string;
  readonly repeat: RepeatSafety;
  readonly requestIdHeaders: readonly string[];
  readonly privateTexts: readonly string[];
  readonly readError: ReadError;
}

const effectOf = (facts: CallFacts, effect: Effect): Effect => (facts.repeat === 'safe' ? 'none' : effect);

/** The error of an answer that is not 2xx. */
export function refused(facts: CallFacts, answer: WireAnswer, now: number): Failure {
  const { status, headers } = answer;
  const reading = facts.readError({
    operation: facts.operation,
    status,
    headers,
    body: parsedOrText(String(answer.body)),
  });
  const kind = reading.kind ?? kindOfStatus(status);
  const words = reading.message === undefined ? '' : `: ${scrub(reading.message, facts.privateTexts)}`;
  const issues = reading.issues ?? [];
  const error = new ConnectivityError(kind, `${facts.operation} was answered ${status}${words}`, {
    provider: facts.provider,
    operation: facts.operation,
    status,
    vendorCode: reading.vendorCode ?? null,
    requestId: requestIdOf(facts, answer),
    retryAfterMs: reading.retryAfterMs ?? retryAfterMs(headers.get('retry-after'), now),
    effect: effectOf(facts, reading.effect ?? effectOfStatus(status)),
    ...(kind === 'input' && {
      details: { issues: issues.map((issue) => ({ ...issue, message: scrub(issue.message, facts.privateTexts) })) },
    }),
  });
  return { error, retryable: reading.retryable ?? isRetryableStatus(status) };
}

/** The error of an attempt that brought no whole answer. */
export function unanswered(facts: CallFacts, failure: WireFailure): Failure {
  const { provider, operation } = facts;
  const effect = effectOf(facts, failure.written ? 'unknown' : 'none');
  const code = failure.code === null ? '' : ` (${failure.code})`;
  const make = (kind: 'timeout' | 'cancelled' | 'unavailable' | 'contract', message: string) =>
    new ConnectivityError(kind, `${operation} ${message}`, { provider, operation, effect });
  switch (failure.reason) {
    case 'timeout':
      return { error: make('timeout', 'was not answered in time'), retryable: true };
    case 'cancelled':
      return { error: make('cancelled', 'was cancelled'), retryable: false };
    case 'too-large':
      return { error: make('contract', 'was answered with more than the size limit allows'), retryable: false };
    case 'network':
      return {
        error: make(
          'unavailable',
          failure.written ? `lost its connection${code}` : `could not reach the vendor${code}`,
        ),
        retryable: !failure.code?.startsWith('ERR_TLS') && !certificateFault.test(failure.code ?? ''),
      };
  }
}

const certificateFault = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

/** A JSON body, checked against the declaration and handed on whole: members that the schema does not name stay. */
export function readJson(
  facts: CallFacts,
  answer: WireAnswer,
  schema: z.ZodType | undefined,
): { readonly data: Json } | Failure {
  const text = String(answer.body);
  let value: Json;
  try {
    value = text.trim() === '' ? null : parseLossless(text);
  } catch {
    // A cut or garbled body may come whole the next time.
    return { error: broken(facts, answer, 'with a body that is not JSON'), retryable: true };
  }
  const checked = schema?.safeParse(value);
  if (checked === undefined || checked.success) return { data: value };
  const paths = checked.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'body'} (${issue.message})`);
  return { error: broken(facts, answer, `unlike its description at ${paths.join(', ')}`), retryable: false };
}

function broken(facts: CallFacts, answer: WireAnswer, what: string): ConnectivityError<'contract'> {
  return new ConnectivityError('contract', `${facts.operation} was answered ${answer.status} ${what}`, {
    provider: facts.provider,
    operation: facts.operation,
    status: answer.status,
    requestId: requestIdOf(facts, answer),
    effect: effectOf(facts, 'unknown'),
  });
}

function requestIdOf(facts: CallFacts, { headers }: WireAnswer): string | null {
  for (const name of facts.requestIdHeaders) {
    const value = headers.get(name);
    if (value !== null) return value;
  }
  return null;
}

function parsedOrText(text: string): Json {
  if (text.trim() === '') return null;
  try {
    return parseLossless(text);
  } catch {
    return text.slice(0, 1000);
  }
}

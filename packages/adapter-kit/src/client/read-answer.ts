import { ConnectivityError, type Effect, type Json, type ProviderId } from '@carrierkit/core';
import type { z } from 'zod';
import type { HeadersView } from '../http/headers.js';
import { textOf, type WireAnswer, type WireFailure } from '../http/wire.js';
import { parseLossless } from '../json/parse-lossless.js';
import type { RepeatSafety } from '../operations/declaration.js';
import { scrub } from '../redaction/redact.js';
import { retryAfterMs } from '../retry/backoff.js';
import {
  type ErrorReading,
  effectOfStatus,
  type Failure,
  isRetryableStatus,
  kindOfStatus,
  type ReadError,
} from './answer-error.js';

/** What an error has to say about the call it belongs to. */
export interface CallFacts {
  readonly provider: ProviderId;
  readonly operation: string;
  readonly repeat: RepeatSafety;
  readonly requestIdHeaders: readonly string[];
  readonly privateTexts: readonly string[];
  readonly readError: ReadError;
  /** How long until the vendor's window starts anew, where its headers tell. */
  readonly resetMs: (headers: HeadersView) => number | null;
}

export function effectOf(facts: CallFacts, effect: Effect): Effect {
  return facts.repeat === 'safe' ? 'none' : effect;
}

/** The error of an answer that is not 2xx. */
export function refused(facts: CallFacts, answer: WireAnswer, now: number): Failure {
  const { status, headers } = answer;
  const reading = readingOf(facts, answer);
  const kind = reading.kind ?? kindOfStatus(status);
  const words = reading.message === undefined ? '' : `: ${scrub(reading.message, facts.privateTexts)}`;
  const issues = reading.issues ?? [];
  const error = new ConnectivityError(kind, `${facts.operation} was answered ${status}${words}`, {
    provider: facts.provider,
    operation: facts.operation,
    status,
    vendorCode: reading.vendorCode ?? null,
    requestId: requestIdOf(facts, answer),
    retryAfterMs:
      reading.retryAfterMs ?? retryAfterMs(headers, now) ?? (status === 429 ? facts.resetMs(headers) : null),
    effect: effectOf(facts, reading.effect ?? effectOfStatus(status, headers)),
    ...(kind === 'input' && {
      details: {
        issues: issues.map(({ path, message }) => ({
          path: scrub(path, facts.privateTexts),
          message: scrub(message, facts.privateTexts),
        })),
      },
    }),
  });
  return { error, retryable: reading.retryable ?? isRetryableStatus(status) };
}

/** An error table that stumbles over a body nobody has seen before must not hide the status. */
function readingOf(facts: CallFacts, answer: WireAnswer): ErrorReading {
  const { status, headers } = answer;
  try {
    return facts.readError({ operation: facts.operation, status, headers, body: parsedOrText(textOf(answer)) });
  } catch {
    return {};
  }
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
    case 'proxy':
      return {
        error: make('unavailable', `did not reach the vendor: the proxy refused the connection${code}`),
        retryable: failure.code !== null && isRetryableStatus(Number(failure.code)),
      };
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
  const text = textOf(answer);
  const empty = text.trim() === '';
  let value: Json;
  try {
    value = empty ? null : parseLossless(text);
  } catch {
    // A cut or garbled body may come whole the next time.
    return { error: broken(facts, answer, 'with a body that is not JSON'), retryable: true };
  }
  const checked = schema?.safeParse(value);
  if (checked === undefined || checked.success) return { data: value };
  if (empty) return { error: broken(facts, answer, 'with an empty body'), retryable: true };
  const paths = checked.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'body'} (${issue.message})`);
  return { error: broken(facts, answer, `unlike its description at ${paths.join(', ')}`), retryable: false };
}

/** The error of a 2xx that the vendor does not document for this call; `null` where it is the documented one. */
export function unexpected(facts: CallFacts, answer: WireAnswer, documented: number | undefined): Failure | null {
  if (documented === undefined || answer.status === documented) return null;
  return { error: broken(facts, answer, `where ${documented} is documented`), retryable: false };
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

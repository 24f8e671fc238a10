import { type CallEvent, ConnectivityError, type Hooks, type Json } from '@carrierkit/core';
import type { HeadersView } from '../http/headers.js';
import type { Transport } from '../http/transport.js';
import { type WireAnswer, WireFailure } from '../http/wire.js';
import type { Reply } from '../operations/client-types.js';
import type { Declaration } from '../operations/declaration.js';
import type { Timing } from '../settings/timing.js';
import { StreamBroken, textStream } from '../streams/text-stream.js';
import type { Failure } from './answer-error.js';
import type { Prepared } from './prepare.js';
import { type CallFacts, readJson, refused, unanswered } from './read-answer.js';

export type Data = Json | AsyncIterable<string>;

/** One vendor call with everything that stays the same over its attempts. */
export interface Call {
  readonly declaration: Declaration;
  readonly prepared: Prepared;
  readonly facts: CallFacts;
  readonly event: CallEvent;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly signal: AbortSignal | undefined;
}

export type Attempt = ({ readonly reply: Reply<Data> } | { readonly failure: Failure }) & {
  readonly headers: HeadersView | null;
};

/** Sends the call once and reads what comes. Throws nothing: a failed attempt is data. */
export async function attemptOnce(
  call: Call,
  event: CallEvent,
  credentials: Readonly<Record<string, string>>,
  timeoutMs: number,
  deps: { readonly transport: Transport; readonly timing: Timing; readonly hooks: Hooks },
): Promise<Attempt> {
  const { transport, timing, hooks } = deps;
  const started = timing.now();
  hooks.onRequest?.(event);
  const attempt = await send(call, credentials, timeoutMs, transport, timing);
  hooks.onResponse?.({
    ...event,
    status: 'reply' in attempt ? attempt.reply.status : attempt.failure.error.status,
    durationMs: timing.now() - started,
    error: 'reply' in attempt ? null : attempt.failure.error.toJSON(),
  });
  return attempt;
}

async function send(
  call: Call,
  credentials: Readonly<Record<string, string>>,
  timeoutMs: number,
  transport: Transport,
  timing: Timing,
): Promise<Attempt> {
  const { declaration, prepared, facts } = call;
  let answer: WireAnswer;
  try {
    answer = await transport.send({
      method: declaration.method,
      url: prepared.url,
      headers: { ...call.headers, ...credentials },
      body: prepared.body,
      stream: declaration.answer === 'text-stream',
      timeoutMs,
      signal: call.signal,
    });
  } catch (error) {
    if (!(error instanceof WireFailure)) throw error;
    return { failure: unanswered(facts, error), headers: null };
  }
  const { status, headers } = answer;
  if (status < 200 || status > 299) return { failure: refused(facts, answer, timing.now()), headers };
  const read = readData(call, answer);
  return 'error' in read ? { failure: read, headers } : { reply: { data: read.data, status, headers }, headers };
}

function readData(call: Call, answer: WireAnswer): { readonly data: Data } | Failure {
  switch (call.declaration.answer) {
    case 'none':
      return { data: null };
    case 'json':
      return readJson(call.facts, answer, call.prepared.response);
    case 'text-stream':
      return { data: stream(call, answer) };
  }
}

async function* stream(
  { facts, timeoutMs, signal }: Call,
  answer: WireAnswer,
): AsyncGenerator<string, void, undefined> {
  const { provider, operation } = facts;
  if (typeof answer.body === 'string') return yield answer.body;
  try {
    yield* textStream(answer.body, { idleMs: timeoutMs, signal });
  } catch (error) {
    if (!(error instanceof StreamBroken)) throw error;
    const facts = { provider, operation, status: answer.status };
    switch (error.reason) {
      case 'idle':
        throw new ConnectivityError('timeout', `${operation} stopped sending`, facts);
      case 'cancelled':
        throw new ConnectivityError('cancelled', `${operation} was cancelled`, facts);
      case 'network':
        throw new ConnectivityError('unavailable', `${operation} lost its connection before the end`, facts);
    }
  }
}

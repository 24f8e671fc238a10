import { randomUUID } from 'node:crypto';
import {
  type AdapterContext,
  ConnectivityError,
  type Effect,
  type Hooks,
  onAbort,
  type WriteOptions,
} from '@carrierkit/core';
import type { Authenticator, Credentials } from '../auth/authenticator.js';
import { isHeaderText } from '../http/headers.js';
import type { Origin } from '../http/origin.js';
import { Transport } from '../http/transport.js';
import { Limiter, type Turn } from '../limits/limiter.js';
import type { Limits } from '../limits/limits.js';
import { addressRateStore, memoryRateStore } from '../limits/memory-rate-store.js';
import type { Reply } from '../operations/client-types.js';
import type { Declaration } from '../operations/declaration.js';
import { privateTextsOf } from '../redaction/redact.js';
import { backoffMs } from '../retry/backoff.js';
import { RetryBudget } from '../retry/budget.js';
import type { CommonSettings } from '../settings/common-settings.js';
import { Stopwatch } from '../settings/stopwatch.js';
import type { Timing } from '../settings/timing.js';
import type { ReadError } from './answer-error.js';
import { type Attempt, attemptOnce, type Call, type Data } from './attempt.js';
import { linkedSignal } from './linked-signal.js';
import { idempotencyKey, prepare } from './prepare.js';
import { safeHooks } from './safe-hooks.js';
import { waitWithin } from './wait-within.js';

/** What calls of one account have in common. */
export interface CallerConfig {
  readonly context: AdapterContext;
  readonly settings: CommonSettings;
  /** Scheme and host of the vendor's production servers. */
  readonly origin: string;
  readonly limits: Limits;
  readonly readError: ReadError;
  /** Body members that must not come back in an error message: message text, names, addresses. */
  readonly privateMembers?: readonly string[];
  /** Request header that carries our correlation id, where the vendor has one. */
  readonly correlationHeader?: string;
  /** Answer headers that may carry the vendor's id of the request. */
  readonly requestIdHeaders?: readonly string[];
  readonly accept?: string;
}

const maxAttempts = 4;
const defaultTimeoutMs = 30_000;
const defaultDeadlineMs = 120_000;
const userAgent = 'carrierkit';
const contentType = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

/** Sends declared operations: limiter, credentials, attempt, and the one place where anything is repeated. */
export class Caller {
  readonly #timing: Timing;
  readonly #origin: Origin;
  readonly #config: CallerConfig;
  readonly #hooks: Hooks;
  readonly #limiter: Limiter;
  readonly #transport: Transport;
  readonly #budget = new RetryBudget();
  readonly #closing: AbortSignal;
  readonly #privateMembers: ReadonlySet<string>;
  readonly #authenticator: Authenticator;

  constructor(
    config: CallerConfig,
    made: {
      readonly timing: Timing;
      readonly origin: Origin;
      readonly authenticator: Authenticator;
      /** Stops what is under way, waiting or streaming: it ends as `cancelled`. So does every later call. */
      readonly closing: AbortSignal;
    },
  ) {
    const { context, settings } = config;
    this.#config = config;
    this.#timing = made.timing;
    this.#origin = made.origin;
    this.#authenticator = made.authenticator;
    this.#closing = made.closing;
    this.#hooks = safeHooks(context.hooks ?? {});
    this.#privateMembers = new Set(config.privateMembers);
    this.#transport = new Transport({ proxy: settings.proxy });
    onAbort(made.closing, () => this.#transport.close());
    this.#limiter = new Limiter({
      provider: context.id,
      host: this.#origin.origin,
      limits: config.limits,
      share: settings.rateShare ?? 1,
      store: context.rates ?? memoryRateStore(this.#timing.now),
      isShared: context.rates !== undefined,
      addressStore: context.rates ?? addressRateStore(this.#timing.now),
      timing: this.#timing,
      hooks: this.#hooks,
    });
  }

  /**
   * Once the effect of an attempt is unknown it stays unknown for the whole call, however it ends;
   * from then on only what may be repeated by its declaration is.
   */
  async call(
    operation: string,
    declaration: Declaration,
    input: unknown,
    options: WriteOptions = {},
  ): Promise<Reply<Data>> {
    const call = this.#prepare(operation, declaration, input, options);
    let streaming = false;
    try {
      const reply = await this.#untilDone(call);
      streaming = declaration.answer === 'text-stream';
      return reply;
    } finally {
      if (!streaming) call.stop.release();
    }
  }

  async #untilDone(call: Call): Promise<Reply<Data>> {
    const { declaration } = call;
    const { signal } = call.stop;
    const spent = new Stopwatch(this.#timing.now);
    let effect: Effect = 'none';
    let tokenRenewed = false;
    let attempt = 1;
    for (;;) {
      const result = await this.#once(call, attempt, spent).catch((error: unknown) => {
        throw withEffect(error, effect);
      });
      if ('reply' in result) {
        this.#budget.refund();
        this.#limiter.passed(declaration.lane);
        return result.reply;
      }
      const { error, retryable } = result.failure;
      if (error.effect === 'unknown') effect = 'unknown';
      const repeatable = declaration.repeat !== 'unsafe' || effect === 'none';
      if (error.status === 401 && declaration.auth !== false && !tokenRenewed && repeatable) {
        // A rejected token is no attempt: the call goes out once more, with a token asked for anew, and then stops.
        tokenRenewed = true;
        continue;
      }
      const limited = error.kind === 'rate-limited';
      const delayMs = limited
        ? this.#limiter.refused(declaration.lane, error.retryAfterMs)
        : error.retryAfterMs || backoffMs(attempt, this.#timing.random);
      const inTime = spent.ms + delayMs < call.deadlineMs;
      // Waiting out a 429 is not trying again: its end is the deadline, not the count.
      const again = retryable && repeatable && inTime && (limited || (attempt < maxAttempts && this.#budget.take()));
      if (!again) throw withEffect(error, effect);
      if (!limited) attempt++;
      this.#hooks.onRetry?.({ ...call.event, attempt, delayMs, error: error.toJSON() });
      await this.#timing.sleep(delayMs, signal);
      if (signal.aborted) throw withEffect(cancelled(call), effect);
      spent.add(delayMs);
    }
  }

  /** Signs, waits for its turn and sends once. Throws what kept the call from going out. */
  async #once(call: Call, attempt: number, spent: Stopwatch): Promise<Attempt> {
    // First the token, then the turn: calls that wait for a sign-in do not pile up with their turns in hand.
    await spent.time(() => this.#credentials(call, spent));
    await this.#transport.load();
    const turn = await this.#turn(call, spent);
    return spent.time(async () => {
      let result: Attempt | null = null;
      try {
        const credentials = await this.#credentials(call, spent);
        const timeoutMs = Math.min(call.timeoutMs, call.deadlineMs - spent.ms);
        const deps = { transport: this.#transport, timing: this.#timing, hooks: this.#hooks };
        result = await attemptOnce(call, { ...call.event, attempt }, credentials?.headers ?? {}, timeoutMs, deps);
        if (credentials && 'failure' in result && result.failure.error.status === 401)
          this.#authenticator.rejected(credentials);
        return result;
      } finally {
        turn.done(result?.headers ?? null);
      }
    });
  }

  async #turn(call: Call, spent: Stopwatch): Promise<Turn> {
    const { declaration, event, priority, stop } = call;
    const { operation, correlationId } = event;
    const request = { operation, correlationId, priority, signal: stop.signal };
    const patienceMs = call.deadlineMs - spent.ms;
    const admission = await this.#limiter.turn(declaration.lane, { ...request, patienceMs }).catch(() => {
      // What the store threw may hold its address and password.
      throw notSent('unavailable', call, 'could not ask the shared rate store, so it was not sent; see that it runs');
    });
    if ('turn' in admission) return admission.turn;
    if ('left' in admission) throw cancelled(call);
    const message = 'was not sent: the vendor refused an earlier call for longer than the deadline of this one';
    throw notSent('rate-limited', call, message, { retryAfterMs: Math.ceil(admission.heldMs) });
  }

  /** Waits for a sign-in no longer than the call has time. What fails there is no effect of this call. */
  async #credentials(call: Call, spent: Stopwatch): Promise<Credentials | null> {
    const { stop, options, declaration } = call;
    const leftMs = call.deadlineMs - spent.ms;
    if (leftMs <= 0) throw notSent('timeout', call, 'came to its deadline before it could be sent');
    const authenticator = declaration.auth === false ? null : this.#authenticator;
    if (authenticator === null) return null;
    const waited = await waitWithin(authenticator.credentials(options), leftMs, stop.signal);
    if (waited === 'aborted') throw cancelled(call);
    if (waited === 'late') throw notSent('timeout', call, 'came to its deadline while signing in');
    if (!Object.values(waited.value.headers).every(isHeaderText)) {
      const message =
        'was not sent: the credential holds a character that no header can carry, such as a line break at its end';
      throw notSent('authentication', call, message);
    }
    return waited.value;
  }

  #prepare(operation: string, declaration: Declaration, input: unknown, options: WriteOptions): Call {
    const { context, settings, correlationHeader, accept, readError, requestIdHeaders, limits } = this.#config;
    const prepared = prepare(context.id, operation, declaration, input, this.#origin);
    if (settings.readOnly && declaration.repeat !== 'safe') {
      const message = `${operation} could change something and provider '${context.id}' is readOnly; remove readOnly from its settings to allow it`;
      throw new ConnectivityError('permission', message, { provider: context.id, operation });
    }
    const correlationId = randomUUID();
    const stop = linkedSignal(options.signal, this.#closing);
    const headers: Record<string, string> = { Accept: accept ?? 'application/json', 'User-Agent': userAgent };
    if (prepared.body !== undefined) headers['Content-Type'] = contentType[declaration.encoding ?? 'json'];
    if (correlationHeader !== undefined) headers[correlationHeader] = correlationId;
    if (declaration.keyHeader !== undefined) {
      headers[declaration.keyHeader] = idempotencyKey(options.intent ?? randomUUID(), operation, prepared);
    }
    return {
      declaration,
      prepared,
      facts: {
        provider: context.id,
        operation,
        repeat: declaration.repeat,
        requestIdHeaders: requestIdHeaders ?? [],
        privateTexts: privateTextsOf(prepared.values, this.#privateMembers),
        readError,
        resetMs: (answered) => limits.read?.(answered)?.resetMs ?? null,
      },
      event: {
        provider: context.id,
        operation,
        method: declaration.method,
        origin: this.#origin.origin,
        path: declaration.path,
        attempt: 1,
        correlationId,
      },
      headers: { ...headers, ...prepared.headers },
      timeoutMs: settings.timeoutMs ?? defaultTimeoutMs,
      deadlineMs: options.deadlineMs ?? settings.deadlineMs ?? defaultDeadlineMs,
      priority: options.priority ?? 'interactive',
      options,
      stop,
    };
  }
}

function cancelled(call: Call): ConnectivityError<'cancelled'> {
  return notSent('cancelled', call, 'was cancelled');
}

function notSent<K extends 'cancelled' | 'timeout' | 'rate-limited' | 'unavailable' | 'authentication'>(
  kind: K,
  { event: { provider, operation } }: Call,
  message: string,
  info: { readonly retryAfterMs?: number } = {},
): ConnectivityError<K> {
  return new ConnectivityError(kind, `${operation} ${message}`, { provider, operation, ...info });
}

/** The same error, with the effect that the whole call may have had. */
function withEffect(error: unknown, effect: Effect): unknown {
  if (!ConnectivityError.is(error) || error.effect === effect) return error;
  return new ConnectivityError(error.kind, error.message, { ...error.toJSON(), effect });
}

import { randomUUID } from 'node:crypto';
import { type AdapterContext, ConnectivityError, type Effect, type Hooks, type WriteOptions } from '@carrierkit/core';
import type { Authenticator } from '../auth/authenticator.js';
import { type Origin, parseOrigin } from '../http/origin.js';
import { Transport } from '../http/transport.js';
import { Limiter } from '../limits/limiter.js';
import type { Limits } from '../limits/limits.js';
import { memoryRateStore } from '../limits/memory-rate-store.js';
import type { Reply } from '../operations/client-types.js';
import type { Declaration } from '../operations/declaration.js';
import { privateTextsOf } from '../redaction/redact.js';
import { backoffMs } from '../retry/backoff.js';
import { RetryBudget } from '../retry/budget.js';
import type { CommonSettings } from '../settings/common-settings.js';
import { type Timing, timingOf } from '../settings/timing.js';
import type { ReadError } from './answer-error.js';
import { type Attempt, attemptOnce, type Call, type Data } from './attempt.js';
import { idempotencyKey, prepare } from './prepare.js';
import { safeHooks } from './safe-hooks.js';

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
const neverAborted = new AbortController().signal;

/** Sends declared operations: limiter, credentials, attempt, and the one place where anything is repeated. */
export class Caller {
  readonly timing: Timing;
  readonly #origin: Origin;
  readonly #config: CallerConfig;
  readonly #hooks: Hooks;
  readonly #limiter: Limiter;
  readonly #transport: Transport;
  readonly #budget = new RetryBudget();
  readonly #privateMembers: ReadonlySet<string>;
  #authenticator: Authenticator | null = null;

  constructor(config: CallerConfig) {
    const { context, settings } = config;
    this.#config = config;
    this.timing = timingOf(context);
    this.#origin = parseOrigin(settings.baseUrl ?? config.origin);
    this.#hooks = safeHooks(context.hooks ?? {});
    this.#privateMembers = new Set(config.privateMembers);
    this.#transport = new Transport({ proxy: settings.proxy });
    this.#limiter = new Limiter({
      provider: context.id,
      host: this.#origin.origin,
      limits: config.limits,
      share: settings.rateShare ?? 1,
      store: context.rates ?? memoryRateStore(this.timing.now),
      timing: this.timing,
      hooks: this.#hooks,
    });
  }

  /** Signing in is itself a declared operation, so the authenticator comes after the client it uses. */
  authenticateWith(authenticator: Authenticator): void {
    this.#authenticator = authenticator;
  }

  close(): void {
    this.#transport.close();
  }

  /**
   * Once the effect of an attempt is unknown it stays unknown for the whole call, whatever later attempts are answered;
   * from then on only what may be repeated by its declaration is.
   */
  async call(
    operation: string,
    declaration: Declaration,
    input: unknown,
    options: WriteOptions = {},
  ): Promise<Reply<Data>> {
    const call = this.#prepare(operation, declaration, input, options);
    let effect: Effect = 'none';
    let spentMs = 0;
    let tokenRenewed = false;
    let attempt = 1;
    for (;;) {
      const started = { waited: 0, at: 0 };
      const result = await this.#once(call, attempt, spentMs, started, options).catch((error: unknown) => {
        throw withEffect(error, effect);
      });
      spentMs += this.timing.now() - started.at;
      if ('reply' in result) {
        this.#budget.refund();
        return result.reply;
      }
      const { error, retryable } = result.failure;
      if (error.effect === 'unknown') effect = 'unknown';
      if (error.status === 401 && declaration.auth !== false && !tokenRenewed) {
        // A rejected token is no attempt: the call goes out once more, with a token asked for anew, and then stops.
        tokenRenewed = true;
        continue;
      }
      const delayMs = error.retryAfterMs ?? backoffMs(attempt, this.timing.random);
      const limited = error.kind === 'rate-limited';
      if (limited) this.#limiter.hold(declaration.lane, delayMs);
      const mayRepeat = retryable && (declaration.repeat !== 'unsafe' || effect === 'none');
      const inTime = spentMs + delayMs < call.deadlineMs;
      // Waiting out a 429 is not trying again: its end is the deadline, not the count.
      const again = mayRepeat && inTime && (limited || (attempt < maxAttempts && this.#budget.take()));
      if (!again) throw withEffect(error, effect);
      if (!limited) attempt++;
      this.#hooks.onRetry?.({ ...call.event, attempt, delayMs, error: error.toJSON() });
      await this.timing.sleep(delayMs, options.signal);
      if (options.signal?.aborted) throw cancelled(call, effect);
      spentMs += delayMs;
    }
  }

  /** Waits for its turn, signs and sends once. `started.at` is set when the wait, which is ours, is over. */
  async #once(
    call: Call,
    attempt: number,
    spentMs: number,
    started: { at: number },
    options: WriteOptions,
  ): Promise<Attempt> {
    const { declaration, event } = call;
    const signal = options.signal ?? neverAborted;
    const priority = options.priority ?? 'interactive';
    const turn = await this.#limiter.turn(declaration.lane, { operation: event.operation, priority, signal });
    if (turn === null) throw cancelled(call, 'none');
    started.at = this.timing.now();
    let result: Attempt | null = null;
    try {
      const authenticator = declaration.auth === false ? null : this.#authenticator;
      const credentials = await authenticator?.credentials(options);
      const timeoutMs = Math.max(1, Math.min(call.timeoutMs, call.deadlineMs - spentMs));
      const deps = { transport: this.#transport, timing: this.timing, hooks: this.#hooks };
      result = await attemptOnce(call, { ...event, attempt }, credentials?.headers ?? {}, timeoutMs, deps);
      if (credentials && 'failure' in result && result.failure.error.status === 401)
        authenticator?.rejected(credentials);
      return result;
    } finally {
      turn.done(result?.headers ?? null);
    }
  }

  #prepare(operation: string, declaration: Declaration, input: unknown, options: WriteOptions): Call {
    const { context, settings, correlationHeader, accept, readError, requestIdHeaders } = this.#config;
    const prepared = prepare(context.id, operation, declaration, input, this.#origin);
    if (settings.readOnly && declaration.repeat !== 'safe') {
      const message = `${operation} could change something and provider '${context.id}' is readOnly; remove readOnly from its settings to allow it`;
      throw new ConnectivityError('permission', message, { provider: context.id, operation });
    }
    const correlationId = randomUUID();
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
        privateTexts: privateTextsOf(prepared.bodyValue, this.#privateMembers),
        readError,
      },
      event: {
        provider: context.id,
        operation,
        method: declaration.method,
        path: declaration.path,
        attempt: 1,
        correlationId,
      },
      headers: { ...headers, ...prepared.headers },
      timeoutMs: settings.timeoutMs ?? defaultTimeoutMs,
      deadlineMs: options.deadlineMs ?? settings.deadlineMs ?? defaultDeadlineMs,
      signal: options.signal,
    };
  }
}

function cancelled(call: Call, effect: Effect): ConnectivityError<'cancelled'> {
  const { provider, operation } = call.event;
  return new ConnectivityError('cancelled', `${operation} was cancelled`, { provider, operation, effect });
}

/** The same error, with the effect that the whole call may have had. */
function withEffect(error: unknown, effect: Effect): unknown {
  if (effect === 'none' || !ConnectivityError.is(error) || error.effect === effect) return error;
  return new ConnectivityError(error.kind, error.message, { ...error.toJSON(), effect });
}

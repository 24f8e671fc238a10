import type { CallEvent, Hooks } from '@carrierkit/core';
import type { Attributes, Meter, Span, Tracer } from '@opentelemetry/api';

/** What is to be told; whatever is left out costs nothing. */
export interface OtelHooksOptions {
  /** `trace.getTracer('my-product')`. Left out: no spans. */
  readonly tracer?: Tracer;
  /** `metrics.getMeter('my-product')`. Left out: no metrics. */
  readonly meter?: Meter;
}

/**
 * Spans and metrics of every vendor call, by OpenTelemetry's names for HTTP clients (semantic conventions 1.x) where it has one, else `carrierkit.*`.
 * A span is one attempt, below whatever span is active where the call was made. Nothing that hooks tell is secret or about a subscriber.
 *
 * Metrics: `http.client.request.duration` (s), `carrierkit.call.retries`, `carrierkit.limit.wait.duration` (s, by bucket).
 */
export function otelHooks({ tracer, meter }: OtelHooksOptions): Hooks {
  const spans = new Map<string, Span>();
  const duration = meter?.createHistogram('http.client.request.duration', {
    unit: 's',
    description: 'How long attempts of vendor calls took',
  });
  const retries = meter?.createCounter('carrierkit.call.retries', { description: 'Attempts that were repeated' });
  const waits = meter?.createHistogram('carrierkit.limit.wait.duration', {
    unit: 's',
    description: "How long calls waited for the vendor's allowance",
  });
  return {
    onRequest(event) {
      if (tracer === undefined) return;
      const attributes = { ...attributesOf(event), 'carrierkit.correlation_id': event.correlationId };
      // 2 = CLIENT: the package is needed for its types only.
      spans.set(keyOf(event), tracer.startSpan(`${event.method} ${event.path}`, { kind: 2, attributes }));
    },
    onResponse(event) {
      const { status, error } = event;
      const outcome: Attributes = {
        ...(status !== null && { 'http.response.status_code': status }),
        ...(error !== null && { 'error.type': error.kind, 'carrierkit.effect': error.effect }),
      };
      duration?.record(event.durationMs / 1000, { ...attributesOf(event), ...outcome });
      const span = spans.get(keyOf(event));
      if (span === undefined) return;
      spans.delete(keyOf(event));
      span.setAttributes(outcome);
      // 2 = ERROR
      if (error !== null) span.setStatus({ code: 2, message: error.kind });
      span.end();
    },
    onRetry(event) {
      retries?.add(1, { ...attributesOf(event), 'error.type': event.error.kind });
    },
    onWait({ provider, operation, bucket, waitMs }) {
      waits?.record(waitMs / 1000, {
        'carrierkit.provider': provider,
        'carrierkit.operation': operation,
        'carrierkit.bucket': bucket,
      });
    },
  };
}

/** Of few values each, so that metrics by them stay few. */
function attributesOf({ provider, operation, method, origin, path, attempt }: CallEvent): Attributes {
  return {
    ...serverOf(origin),
    'carrierkit.provider': provider,
    'carrierkit.operation': operation,
    'http.request.method': method,
    'url.template': path,
    ...(attempt > 1 && { 'http.request.resend_count': attempt - 1 }),
  };
}

/** A port that goes without saying is said all the same: the conventions require it. */
function serverOf(origin: string): Attributes {
  const { hostname, port, protocol } = new URL(origin);
  return { 'server.address': hostname, 'server.port': port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}

function keyOf({ correlationId, attempt }: CallEvent): string {
  return `${correlationId}/${attempt}`;
}

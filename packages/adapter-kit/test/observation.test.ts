import { allHooks, type CallEvent, ConnectivityError, type Hooks } from '@carrierkit/core';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { otelHooks } from '../src/otel.js';
import { logHooks } from '../src/pino.js';

const event: CallEvent = {
  provider: 'iot',
  operation: 'listSims',
  method: 'GET',
  origin: 'https://cdn.emnify.net',
  path: '/api/v1/sim/{sim_id}',
  attempt: 1,
  correlationId: 'c1',
};
const refused = new ConnectivityError('unavailable', 'listSims was answered 503', {
  effect: 'unknown',
  status: 503,
}).toJSON();

/** A call that fails once, waits for its lane and is answered. */
function play(hooks: Hooks): void {
  hooks.onRequest?.(event);
  hooks.onResponse?.({ ...event, status: 503, durationMs: 250, error: refused });
  hooks.onRetry?.({ ...event, attempt: 2, delayMs: 400, error: refused });
  hooks.onWait?.({ provider: 'iot', operation: 'listSims', correlationId: 'c1', bucket: 'sim-list', waitMs: 100 });
  hooks.onRequest?.({ ...event, attempt: 2 });
  hooks.onResponse?.({ ...event, attempt: 2, status: 200, durationMs: 50, error: null });
}

describe('OpenTelemetry', () => {
  it.each([
    ['https://h.example', 443],
    ['http://h.example', 80],
    ['http://h.example:4010', 4010],
  ])('hears the port of %s', (origin, port) => {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const hooks = otelHooks({ tracer: provider.getTracer('test') });
    hooks.onRequest?.({ ...event, origin });
    hooks.onResponse?.({ ...event, origin, status: 200, durationMs: 50, error: null });
    expect(exporter.getFinishedSpans()[0]?.attributes).toMatchObject({
      'server.address': 'h.example',
      'server.port': port,
    });
  });

  it('gets a client span for each attempt, by the names of the conventions', () => {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    play(otelHooks({ tracer: provider.getTracer('test') }));
    const [first, second, ...more] = exporter.getFinishedSpans();
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      name: 'GET /api/v1/sim/{sim_id}',
      kind: 2,
      status: { code: 2, message: 'unavailable' },
      attributes: {
        'http.request.method': 'GET',
        'url.template': '/api/v1/sim/{sim_id}',
        'server.address': 'cdn.emnify.net',
        'server.port': 443,
        'http.response.status_code': 503,
        'error.type': 'unavailable',
        'carrierkit.effect': 'unknown',
        'carrierkit.provider': 'iot',
        'carrierkit.operation': 'listSims',
        'carrierkit.correlation_id': 'c1',
      },
    });
    expect(first?.attributes).not.toHaveProperty('http.request.resend_count');
    expect(second?.attributes).toMatchObject({ 'http.response.status_code': 200, 'http.request.resend_count': 1 });
    expect(second?.status.code).toBe(0);
  });

  it('tells calls apart that are under way side by side, and names no status where nobody answered', () => {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const hooks = otelHooks({ tracer: provider.getTracer('test') });
    const other = { ...event, correlationId: 'c2' };
    hooks.onRequest?.(event);
    hooks.onRequest?.(other);
    hooks.onResponse?.({ ...event, status: null, durationMs: 50, error: refused });
    hooks.onResponse?.({ ...other, status: 200, durationMs: 50, error: null });
    const ended = exporter.getFinishedSpans().map(({ attributes }) => attributes);
    expect(ended.map((attributes) => attributes['carrierkit.correlation_id'])).toEqual(['c1', 'c2']);
    expect(ended[0]).not.toHaveProperty('http.response.status_code');
  });

  it('gets durations, retries and waits as metrics', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const provider = new MeterProvider({ readers: [reader] });
    play(otelHooks({ meter: provider.getMeter('test') }));
    await provider.forceFlush();
    const told = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
    const of = (name: string) => told.find(({ descriptor }) => descriptor.name === name);
    expect(of('http.client.request.duration')?.descriptor.unit).toBe('s');
    expect(of('http.client.request.duration')?.dataPoints).toMatchObject([
      { value: { sum: 0.25 } },
      { value: { sum: 0.05 } },
    ]);
    expect(of('carrierkit.limit.wait.duration')?.descriptor.unit).toBe('s');
    expect(of('carrierkit.call.retries')?.dataPoints).toMatchObject([
      { value: 1, attributes: { 'error.type': 'unavailable' } },
    ]);
    expect(of('carrierkit.limit.wait.duration')?.dataPoints).toMatchObject([
      { value: { sum: 0.1 }, attributes: { 'carrierkit.bucket': 'sim-list' } },
    ]);
    await provider.shutdown();
  });
});

describe('a log', () => {
  it('has a line for each answer, failure, retry and wait', () => {
    const lines: {
      readonly level: number;
      readonly msg: string;
      readonly correlationId?: string;
      readonly error?: unknown;
    }[] = [];
    play(logHooks(pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) })));
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      [40, 'listSims failed: unavailable'],
      [40, 'listSims is tried again in 400 ms'],
      [20, 'listSims waits 100 ms for sim-list'],
      [20, 'listSims was answered 200'],
    ]);
    expect(lines.map(({ correlationId }) => correlationId)).toEqual(['c1', 'c1', 'c1', 'c1']);
    expect(lines.map(({ error }) => error)).toEqual([refused, refused, undefined, undefined]);
  });
});

describe('several observers', () => {
  it('hear everything, also when one of them throws', () => {
    const heard: string[] = [];
    const failing: Hooks = {
      onRequest: () => {
        throw new Error('mine');
      },
    };
    const hooks = allHooks(failing, { onRequest: ({ attempt }) => heard.push(`request ${attempt}`) }, {});
    expect(() => hooks.onRequest?.(event)).toThrow('mine');
    expect(heard).toEqual(['request 1']);
  });
});

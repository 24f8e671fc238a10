import { emnify } from '@carrierkit/adapter-emnify';
import { otelHooks } from '@carrierkit/adapter-kit/otel';
import { logHooks } from '@carrierkit/adapter-kit/pino';
import { allHooks } from '@carrierkit/core';
import { createFleet } from '@carrierkit/fleet';
import { metrics, trace } from '@opentelemetry/api';
import { pino } from 'pino';

const { EMNIFY_APPLICATION_TOKEN = '', EMNIFY_URL } = process.env;

// Where spans and metrics go is your SDK's set-up; without one they cost next to nothing.
const hooks = allHooks(
  otelHooks({ tracer: trace.getTracer('acme'), meter: metrics.getMeter('acme') }),
  logHooks(pino({ level: 'debug' })),
);

await using fleet = await createFleet(
  {
    providers: {
      iot: emnify({
        applicationToken: EMNIFY_APPLICATION_TOKEN,
        ...(EMNIFY_URL && { baseUrl: EMNIFY_URL }),
      }),
    },
  },
  { hooks },
);

await fleet.inventory.list({ states: ['active'] }).toArray({ limit: 3 });

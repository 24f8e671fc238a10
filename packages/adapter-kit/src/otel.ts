export type { OtelHooksOptions } from './observation/otel-hooks.js';
export { otelHooks } from './observation/otel-hooks.js';

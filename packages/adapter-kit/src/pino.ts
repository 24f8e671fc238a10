export type { Logger } from './observation/log-hooks.js';
export { logHooks } from './observation/log-hooks.js';

export { runCli } from './run-cli.js';
export type { Sink, World } from './world.js';

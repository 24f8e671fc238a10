export { runCli } from './run-cli.js';
export type { ExitCode } from './shell/exit-code.js';
export type { Sink, World } from './world.js';

#!/usr/bin/env node
import { nodeWorld } from './node-world.js';
import { runCli } from './run-cli.js';

const code = await runCli(process.argv.slice(2), nodeWorld());
// Who interrupts does not wait for connections that are still letting go.
if (code === 130) process.exit(code);
process.exitCode = code;

#!/usr/bin/env node
import { nodeWorld } from './node-world.js';
import { runCli } from './run-cli.js';

process.exitCode = await runCli(process.argv.slice(2), nodeWorld());

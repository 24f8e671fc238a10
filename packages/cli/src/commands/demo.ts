import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConnectivityError } from '@carrierkit/core';
import type { Command } from 'commander';
import { play } from '../demo/play.js';
import { DemoFailed, Stage } from '../demo/stage.js';
import type { ExitCode } from '../shell/exit-code.js';
import type { RunCli, Shell } from '../shell/shell.js';
import type { World } from '../world.js';
import { configOf } from './sandbox.js';

const REPORT = 'carrierkit-usage-report.html';
/** Enough for the whole of last month, on whatever day it is. */
const DAYS = 62;

/** `carrierkit demo`: the main job from end to end on a sandbox of its own. Leaves nothing but the HTML report. */
export function demoCommand(program: Command, shell: Shell, run: RunCli): void {
  program
    .command('demo')
    .description('see the main job done, on three carriers that a sandbox plays')
    .action((_: unknown, command: Command) => shell.perform(command, [], ({ world }) => demo(world, run)));
}

async function demo(world: World, run: RunCli): Promise<ExitCode> {
  const started = world.now();
  const report = resolve(world.folder, REPORT);
  const folder = await mkdtemp(join(tmpdir(), 'carrierkit-demo-'));
  const { createSandbox } = await import('@carrierkit/sandbox');
  const sandbox = await createSandbox({ port: 0, days: DAYS });
  try {
    await writeFile(join(folder, 'carrierkit.config.yaml'), configOf(sandbox), { mode: 0o600 });
    const stage = new Stage({ ...world, folder }, run);
    await stage.say(
      `CarrierKit manages SIMs over many carriers. Here a sandbox plays three of them on ${sandbox.baseUrl}, with their\nrules, delays and rate limits. What you see are real commands and real HTTP; nothing is canned.`,
    );
    await play(stage, sandbox, report);
    const seconds = Math.round((world.now() - started) / 1000);
    await stage.say(`\nDone in ${seconds} s. Open ${report} in a browser.\n\n${NEXT}`);
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof DemoFailed)) throw thrown;
    if (world.signal.aborted) return 130;
    throw new ConnectivityError('contract', `the demo stopped: ${thrown.message}`);
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const NEXT = `Try it yourself, with the same three carriers:
  carrierkit sandbox --write-config carrierkit.config.yaml      (leave it running)
  carrierkit sims list --state active
With your own accounts:
  carrierkit init                                               (writes a config to begin with)
  carrierkit doctor                                             (says what is still missing)
`;

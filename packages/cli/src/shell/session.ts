import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { inputError, type ProviderId } from '@carrierkit/core';
import type { Fleet, LoadedConfig } from '@carrierkit/fleet';
import { builtInAdapters } from '../adapters.js';
import type { Output } from '../output/output.js';
import { reportWarnings } from '../output/report-error.js';
import type { World } from '../world.js';
import type { Globals } from './globals.js';
import { type Progress, progressOn } from './progress.js';

/** One command while it runs. Config and fleet are opened when first asked for. */
export interface Session {
  readonly world: World;
  readonly globals: Globals;
  readonly output: Output;
  readonly progress: Progress;
  config(): Promise<LoadedConfig>;
  /** @throws `input` also where `--provider` names none of its providers. */
  fleet(): Promise<Fleet>;
  /** The providers that `--provider` leaves. */
  providers(): Promise<Fleet['providers']>;
  /** Vendor calls made so far, attempts counted one by one. */
  readonly calls: ReadonlyMap<ProviderId, number>;
  /** Something that the user should know beside the answer; told at the end, with the error if there is one. */
  warn(message: string): void;
  /** The same, told at once. */
  tell(message: string): Promise<void>;
  close(): Promise<void>;
}

const DEFAULT_CONFIG = 'carrierkit.config.yaml';

export function openSession(world: World, globals: Globals, output: Output, warnings: string[]): Session {
  let config: Promise<LoadedConfig> | null = null;
  let fleet: Promise<Fleet> | null = null;
  const calls = new Map<ProviderId, number>();
  const onRequest = ({ provider }: { readonly provider: ProviderId }) => {
    calls.set(provider, (calls.get(provider) ?? 0) + 1);
  };
  const isJson = output.format === 'json' || output.format === 'ndjson';
  const { colors } = output.canvas;
  const progress = progressOn(world.err, colors, world.now, isJson);

  async function load(): Promise<LoadedConfig> {
    const file = configFile(world, globals);
    if (!existsSync(file)) throw missingConfig(file, globals.config);
    const { loadConfig } = await import('@carrierkit/fleet');
    const adapters = (await builtInAdapters()).map(({ adapter }) => adapter);
    return loadConfig(file, { adapters, env: world.env });
  }

  async function open(): Promise<Fleet> {
    const settings = await session.config();
    const { createFleet } = await import('@carrierkit/fleet');
    const opened = await createFleet(settings, { clock: world.now, hooks: { onRequest } });
    if (globals.provider !== null) opened.provider(globals.provider);
    return opened;
  }

  const session: Session = {
    world,
    globals,
    output,
    progress,
    calls,
    config: () => (config ??= load()),
    fleet: () => (fleet ??= open()),
    async providers() {
      const { providers } = await session.fleet();
      return globals.provider === null ? providers : providers.filter(({ id }) => id === globals.provider);
    },
    warn(message) {
      warnings.push(message);
    },
    async tell(message) {
      progress.clear();
      await reportWarnings([message], world.err, isJson, colors);
    },
    async close() {
      progress.clear();
      await (await fleet?.catch(() => null))?.close();
    },
  };
  return session;
}

export function configFile({ folder }: Pick<World, 'folder'>, { config }: Pick<Globals, 'config'>): string {
  return resolve(folder, config ?? DEFAULT_CONFIG);
}

export function missingConfig(file: string, asked: string | null): Error {
  const remedy =
    asked === null
      ? "'carrierkit init' writes one, --config names another, and 'carrierkit sandbox --write-config' makes one to try things with"
      : "check the path, or write one with 'carrierkit init'";
  return inputError('config', `there is no file ${file}; ${remedy}`);
}

/** `{ provider }` where `--provider` was given, to be spread into a target or filter. */
export function named({ provider }: Globals): { readonly provider?: ProviderId } {
  return provider === null ? {} : { provider };
}

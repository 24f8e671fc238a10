import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Adapter, inputError } from '@carrierkit/core';
import { suggest } from '../suggest.js';
import { packageEntry } from './package-entry.js';

const SCOPE = '@carrierkit/adapter-';
const OURS = ['truphone', 'emnify', 'subscriptions'];
const PACKAGE_NAME = /^(@[a-z0-9~._-]+\/)?[a-z0-9~_-][a-z0-9~._-]*$/i;

/**
 * The adapter that a config means: a path, or a package installed for the config's folder, or one that the caller gave. A short name
 * stands for our own package of that name first.
 */
export async function resolveAdapter(
  wanted: string,
  folder: string,
  given: readonly Adapter[],
  path: string,
): Promise<Adapter> {
  if (/^\.{1,2}[/\\]/.test(wanted) || isAbsolute(wanted)) return load(resolve(folder, wanted), wanted, path);
  if (!PACKAGE_NAME.test(wanted)) throw inputError(path, `'${wanted}' is no short name, package name or ./path`);
  const short = wanted.startsWith(SCOPE) ? wanted.slice(SCOPE.length) : wanted;
  const own = await packageEntry(SCOPE + short, folder);
  if (own !== undefined && !short.includes('/')) return load(own, SCOPE + short, path);
  const handed = given.find(({ name }) => name === short);
  if (handed) return checked(handed, short, path);
  const entry = await packageEntry(wanted, folder);
  if (entry !== undefined) return load(entry, wanted, path);
  throw inputError(path, notFound(wanted, short, folder, given));
}

async function load(file: string, name: string, path: string): Promise<Adapter> {
  let module: Record<string, unknown>;
  try {
    module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'it threw';
    throw inputError(path, `the adapter '${name}' failed to load (${reason})`);
  }
  return checked(module['adapter'], name, path);
}

function checked(value: unknown, name: string, path: string): Adapter {
  if (typeof value !== 'object' || value === null) {
    throw inputError(path, `'${name}' does not export 'adapter'; is it a CarrierKit adapter?`);
  }
  const { specVersion, name: own, fromConfig } = value as Partial<Record<keyof Adapter, unknown>>;
  if (specVersion !== 1) {
    const remedy =
      typeof specVersion === 'number' && specVersion > 1 ? 'update @carrierkit/fleet' : 'update the adapter';
    throw inputError(
      path,
      `'${name}' is written for version ${String(specVersion)} of the adapter contract, this fleet speaks version 1: ${remedy}`,
    );
  }
  if (typeof own === 'string' && typeof fromConfig === 'function') return value as Adapter;
  throw inputError(
    path,
    `the adapter '${name}' lacks ${typeof own === 'string' ? 'fromConfig(settings)' : 'its name'}`,
  );
}

function notFound(wanted: string, short: string, folder: string, given: readonly Adapter[]): string {
  const known = new Set([...OURS, ...given.map(({ name }) => name)]);
  const install = known.has(short) ? SCOPE + short : wanted;
  return `there is no adapter '${wanted}' for ${folder}.${suggest(short, known)} Install it there (npm install ${install}), or pass it as options.adapters`;
}

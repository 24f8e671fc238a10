import { resolve } from 'node:path';
import { ConnectivityError, inputErrors, type ProviderFactory, type ProviderId } from '@carrierkit/core';
import type { FleetOptions } from '../options.js';
import { suggest } from '../suggest.js';
import { checkConfig } from './config-schema.js';
import type { FleetConfig } from './fleet-config.js';
import type { Issue } from './issue.js';
import { readConfig } from './read-config.js';
import { isPlain, resolveReferences } from './references.js';
import { resolveAdapter } from './resolve-adapter.js';
import { isLoopback, literalSecrets, secretsIn, withoutSecrets } from './secrets.js';

/** A config that was read, checked and made ready: every path absolute, every adapter found. Holds no credential that can be seen. */
export interface LoadedConfig {
  readonly providers: Readonly<Record<ProviderId, ProviderFactory>>;
  /** What a provider's block says that others than its adapter use. */
  readonly facts: Readonly<Record<ProviderId, ProviderFacts>>;
  readonly routing: { readonly iccidPrefixes: Readonly<Record<string, ProviderId>> };
  /** `null`: nothing is kept beyond the process. */
  readonly stateDir: string | null;
  readonly usage: { readonly ledger: string; readonly timezone: string };
  /** `null` for a config given as an object. */
  readonly file: string | null;
}

/** What others need to know of a configured provider without making it. */
export interface ProviderFacts {
  /** The adapter's name; `null` for a factory given in code. */
  readonly adapter: string | null;
  /** Day of the month on which a billing cycle begins, 1 to 31; 1 if left out. */
  readonly billingCycleDay: number;
}

const loaded = new WeakSet<object>();

/** Reads and checks a config (a file's path, or its content) without opening any connection. `input` errors name the field and the remedy. */
export async function loadConfig(
  config: string | URL | FleetConfig | LoadedConfig,
  options: FleetOptions = {},
): Promise<LoadedConfig> {
  if (isLoaded(config)) return config;
  const { content, file, folder } = await readConfig(config);
  const issues: Issue[] = [];
  const references = resolveReferences(content, '', options.env ?? process.env);
  issues.push(...references.issues);
  const structure = checkConfig(references.value);
  issues.push(...structure.issues, ...writtenOutSecrets(content, references.value));
  if (!structure.config || issues.length > 0) throw configError(file, issues);
  const { providers, routing, stateDir, usage } = structure.config;
  const made = await Promise.all(
    Object.entries(providers).map(([id, block]) => makeFactory(id, block, folder, options)),
  );
  const wrong = made.flatMap((one) => ('issues' in one ? one.issues : []));
  if (wrong.length > 0) throw configError(file, wrong);
  const ready = made.filter((one) => 'factory' in one);
  const result: LoadedConfig = {
    providers: Object.fromEntries(ready.map(({ id, factory }) => [id, factory])),
    facts: Object.fromEntries(ready.map(({ id, facts }) => [id, facts])),
    routing,
    stateDir: stateDir ? resolve(folder, stateDir) : file === null ? null : resolve(folder, '.carrierkit'),
    usage: { ...usage, ledger: resolve(folder, usage.ledger) },
    file,
  };
  loaded.add(result);
  return result;
}

function isLoaded(config: string | URL | FleetConfig | LoadedConfig): config is LoadedConfig {
  return typeof config === 'object' && loaded.has(config);
}

/** Looks at the text as written, since a reference is what tells a good credential from a bad one. */
function writtenOutSecrets(written: unknown, resolved: unknown): readonly Issue[] {
  const blocks = blocksOf(written);
  const resolvedBlocks = blocksOf(resolved);
  return Object.entries(blocks).flatMap(([id, block]) => {
    const settings = resolvedBlocks[id];
    const local = isPlain(settings) && isLoopback(settings['baseUrl']);
    return local ? [] : literalSecrets(block, `providers.${id}`);
  });
}

function blocksOf(content: unknown): Record<string, unknown> {
  const providers = isPlain(content) ? content['providers'] : undefined;
  return isPlain(providers) ? providers : {};
}

interface Made {
  readonly id: ProviderId;
  readonly factory: ProviderFactory;
  readonly facts: ProviderFacts;
}

async function makeFactory(
  id: ProviderId,
  block: unknown,
  folder: string,
  options: FleetOptions,
): Promise<Made | { readonly issues: readonly Issue[] }> {
  if (typeof block === 'function')
    return { id, factory: block as ProviderFactory, facts: { adapter: null, billingCycleDay: 1 } };
  const path = `providers.${id}`;
  const { adapter: wanted, ...settings } = block as Record<string, unknown>;
  const problem = adapterProblem(wanted, settings) ?? cycleProblem(settings['billingCycleDay']);
  if (problem) return { issues: [{ path: `${path}.${problem.path}`, message: problem.message }] };
  try {
    const adapter = await resolveAdapter(wanted as string, folder, options.adapters ?? [], `${path}.adapter`);
    const billingCycleDay = (settings['billingCycleDay'] as number | undefined) ?? 1;
    return {
      id,
      factory: configured(() => adapter.fromConfig(settings), path, settings),
      facts: { adapter: adapter.name, billingCycleDay },
    };
  } catch (error) {
    if (!ConnectivityError.is(error, 'input')) throw error;
    return { issues: error.details?.issues ?? [{ path, message: error.message }] };
  }
}

function adapterProblem(wanted: unknown, settings: Record<string, unknown>): Issue | undefined {
  if (typeof wanted === 'string' && wanted !== '') return undefined;
  const near = Object.keys(settings).find((key) => suggest(key, ['adapter']) !== '');
  const remedy = near === undefined ? 'write adapter: truphone, for example' : `write adapter instead of ${near}`;
  return { path: 'adapter', message: `is missing; ${remedy}` };
}

function cycleProblem(day: unknown): Issue | undefined {
  if (day === undefined || (Number.isInteger(day) && (day as number) >= 1 && (day as number) <= 31)) return undefined;
  return { path: 'billingCycleDay', message: 'has to be a day of the month, 1 to 31' };
}

/** What an adapter finds wrong, with the place in the config and without any credential; other validators' errors become ours. */
function configured(make: () => ProviderFactory, path: string, settings: unknown): ProviderFactory {
  const secrets = secretsIn(settings, path).map(({ value }) => value);
  const under = (inner: string) => (inner === '' ? path : `${path}.${inner}`);
  try {
    return make();
  } catch (error) {
    const found = issuesOf(error);
    throw inputErrors(
      found.map((issue) => ({ path: under(issue.path), message: withoutSecrets(issue.message, secrets) })),
    );
  }
}

function issuesOf(error: unknown): readonly Issue[] {
  if (ConnectivityError.is(error, 'input') && error.details) return error.details.issues;
  if (error instanceof Error && 'issues' in error && Array.isArray(error.issues)) {
    return error.issues.map((issue: { readonly path?: readonly unknown[]; readonly message?: unknown }) => ({
      path: (issue.path ?? []).map(String).join('.'),
      message: typeof issue.message === 'string' ? issue.message : 'is not valid',
    }));
  }
  return [{ path: '', message: error instanceof Error ? error.message : 'the adapter refused these settings' }];
}

function configError(file: string | null, issues: readonly Issue[]): ConnectivityError<'input'> {
  const { message } = inputErrors(issues);
  return new ConnectivityError('input', file === null ? message : `${file}: ${message}`, { details: { issues } });
}

import { z } from 'zod';
import { suggest } from '../suggest.js';
import type { Issue } from './issue.js';

const name = z.string().min(1);
const isTimezone = (text: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false;
  }
};

const PREFIX = /^[0-9a-f]{1,22}$/i;
const PROVIDER_ID = /^[a-z0-9][\w-]{0,63}$/i;

const configSchema = z.strictObject({
  providers: z.record(
    z.string(),
    z.union([z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function'), z.looseObject({})]),
  ),
  routing: z.strictObject({ iccidPrefixes: z.record(z.string(), name).default({}) }).default({ iccidPrefixes: {} }),
  stateDir: name.nullish(),
  usage: z
    .strictObject({
      ledger: name.default('carrierkit.duckdb'),
      timezone: name.refine(isTimezone, 'is not the name of a time zone, such as Europe/Berlin').default('UTC'),
    })
    .default({ ledger: 'carrierkit.duckdb', timezone: 'UTC' }),
});

export type CheckedConfig = z.output<typeof configSchema>;

const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(configSchema.shape),
  routing: ['iccidPrefixes'],
  usage: ['ledger', 'timezone'],
};

/** The fleet's own part of a config; what is inside a provider's block is its adapter's. */
export function checkConfig(content: unknown): {
  readonly config: CheckedConfig | null;
  readonly issues: readonly Issue[];
} {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return { config: null, issues: [{ path: 'config', message: "has to be a map with the key 'providers'" }] };
  }
  const result = configSchema.safeParse(content);
  if (!result.success) return { config: null, issues: result.error.issues.flatMap(explain) };
  const issues = crossChecks(result.data);
  return { config: issues.length > 0 ? null : result.data, issues };
}

function crossChecks({ providers, routing }: CheckedConfig): Issue[] {
  const ids = Object.keys(providers);
  if (ids.length === 0)
    return [{ path: 'providers', message: 'names no provider; add one, for example emea: { adapter: truphone, … }' }];
  const badIds = ids.filter((id) => !PROVIDER_ID.test(id));
  const badPrefixes = Object.entries(routing.iccidPrefixes);
  return [
    ...badIds.map((id) => ({ path: `providers.${id}`, message: 'a provider id has letters, digits, - and _ only' })),
    ...badPrefixes.flatMap(([prefix, provider]) => {
      const path = `routing.iccidPrefixes.${prefix}`;
      if (!PREFIX.test(prefix)) return [{ path, message: 'is no beginning of an ICCID: 1 to 22 digits, in quotes' }];
      return ids.includes(provider)
        ? []
        : [{ path, message: `names no provider of this config.${suggest(provider, ids)}` }];
    }),
  ];
}

function explain(issue: z.core.$ZodIssue): Issue[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = KEYS[path] ?? [];
    return issue.keys.map((key) => ({
      path: path === '' ? key : `${path}.${key}`,
      message: `is not a known key.${suggest(key, known) || ` Known: ${known.join(', ')}.`}`,
    }));
  }
  if (issue.code === 'invalid_union') return [{ path, message: "has to be a map with the key 'adapter'" }];
  if (issue.code === 'invalid_type') return [{ path, message: `has to be ${NAMED[issue.expected] ?? issue.expected}` }];
  if (issue.code === 'too_small') return [{ path, message: 'is empty' }];
  return [{ path, message: issue.message }];
}

const NAMED: Readonly<Record<string, string>> = { string: 'a text', object: 'a map', record: 'a map' };

import {
  type AnyConnectivityError,
  type CallOptions,
  type ErrorInfo,
  type Provider,
  type ProviderId,
  toErrorInfo,
} from '@carrierkit/core';
import { limited } from './limited.js';

/** SIMs whose provider is being found out at the same time. */
const ROUTED_AT_ONCE = 16;

/** How one kind of write is spread over providers. */
export interface Spread<I, O> {
  readonly items: readonly I[];
  route(item: I, options: CallOptions): Promise<Provider>;
  /** One outcome per item, in order. */
  call(provider: Provider, items: readonly I[]): Promise<readonly O[]>;
  /** The outcome of an item that could not be routed, or whose provider threw. */
  broken(item: I, provider: ProviderId | null, error: ErrorInfo): O;
}

/** One write over all providers it concerns, side by side: one outcome per item in input order, and no throw for a single item. */
export async function spread<I, O>(work: Spread<I, O>, options: CallOptions = {}): Promise<readonly O[]> {
  const { items } = work;
  const outcomes = new Array<O>(items.length);
  const groups = new Map<Provider, number[]>();
  const routes = await limited(items, ROUTED_AT_ONCE, (item) =>
    work.route(item, options).catch((thrown: unknown): ErrorInfo => ({ ...toErrorInfo(thrown), effect: 'none' })),
  );
  for (const [index, route] of routes.entries()) {
    if ('kind' in route) outcomes[index] = work.broken(items[index]!, route.provider, route);
    else push(groups, route, index);
  }
  await Promise.all(
    [...groups].map(async ([provider, indexes]) => {
      const answers = await callOne(
        work,
        provider,
        indexes.map((index) => items[index]!),
      );
      for (const [position, index] of indexes.entries()) outcomes[index] = answers[position]!;
    }),
  );
  return outcomes;
}

/** A provider that throws as a whole, or breaks the contract of one outcome per item, still accounts for every item. */
export async function callOne<I, O>(
  work: Pick<Spread<I, O>, 'call' | 'broken'>,
  provider: Provider,
  items: readonly I[],
): Promise<readonly O[]> {
  try {
    const answers = await work.call(provider, items);
    if (answers.length === items.length) return answers;
    const error = miscounted(provider, items.length, answers.length);
    return items.map((item) => work.broken(item, provider.id, error));
  } catch (thrown) {
    const error = toErrorInfo(thrown, { provider: provider.id });
    return items.map((item) => work.broken(item, provider.id, error));
  }
}

function miscounted(provider: Provider, expected: number, got: number): ErrorInfo {
  const message = `the adapter '${provider.adapter}' gave ${got} outcomes for ${expected} items`;
  return { ...toErrorInfo(null, { provider: provider.id, effect: 'unknown' }), message };
}

/** Whether an error leaves open that something happened. */
export function statusOf(error: ErrorInfo | AnyConnectivityError): 'failed' | 'unknown' {
  return error.effect === 'unknown' ? 'unknown' : 'failed';
}

function push<K>(groups: Map<K, number[]>, key: K, value: number): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}

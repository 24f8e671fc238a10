import { mapConcurrent } from '@carrierkit/adapter-kit';
import { type CallOptions, ConnectivityError } from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import type { SubscriptionEntry } from '../operations/subscriptions.js';

/** The same subscriptions, with SIM profile, numbers and services read from their own resources where they are not embedded: a server may ignore the wish, or part of it. */
export async function completed(
  account: Account,
  entries: readonly SubscriptionEntry[],
  options: CallOptions,
): Promise<readonly SubscriptionEntry[]> {
  if (entries.every(isWhole)) return entries;
  return mapConcurrent(entries, parallelCalls, (entry) =>
    isWhole(entry) ? Promise.resolve(entry) : withParts(account, entry, options),
  );
}

/** A part that is embedded as `null` is told: there is none. */
function isWhole({ _embedded: told }: SubscriptionEntry): boolean {
  return told?.sim_profile !== undefined && told.phone_numbers !== undefined && told.services !== undefined;
}

async function withParts(
  { client }: Account,
  entry: SubscriptionEntry,
  options: CallOptions,
): Promise<SubscriptionEntry> {
  const { id, _embedded: told } = entry;
  const [sim_profile, phone_numbers, services] = await Promise.all([
    part(told?.sim_profile, () => client.getSubscriptionSimProfile({ id }, options)),
    part(told?.phone_numbers, () => client.listSubscriptionPhoneNumbers({ id }, options)),
    part(told?.services, () => client.listSubscriptionServices({ id }, options)),
  ]);
  return { ...entry, _embedded: { ...told, sim_profile, phone_numbers, services } };
}

/** What is embedded, else read; a part that is not there is not told, any other failure is one. */
async function part<T>(embedded: T | null | undefined, read: () => Promise<{ readonly data: T }>): Promise<T | null> {
  if (embedded !== undefined) return embedded;
  try {
    return (await read()).data;
  } catch (error) {
    if (ConnectivityError.is(error, 'not-found')) return null;
    throw error;
  }
}

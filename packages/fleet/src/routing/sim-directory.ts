import { type Iccid, type KeyValueStore, type ProviderId, spellingsOf } from '@carrierkit/core';

/** Where a SIM was last seen. */
export interface Place {
  readonly provider: ProviderId;
  readonly ref: string;
}

export interface Seen extends Place {
  readonly iccid: Iccid;
  readonly account?: string | null;
}

/**
 * What lists and reads have shown so far: which provider a SIM is at, and which providers hold an account. A memory aid only: it is
 * asked before the vendors are, and a store that fails costs questions, never an answer.
 */
export interface SimDirectory {
  find(iccid: Iccid): Promise<readonly Place[]>;
  providersOf(account: string): Promise<readonly ProviderId[]>;
  learn(sims: readonly Seen[]): Promise<void>;
  forget(iccid: Iccid, provider: ProviderId): Promise<void>;
}

type Bucket = Record<string, Place[]>;

/** SIMs of one thousand numbers share an entry, so a million SIMs are a thousand small writes. */
const DIGITS_IN_BUCKET = 4;
const BUCKETS_IN_MEMORY = 64;

/** A SimDirectory in a KeyValueStore. */
export function storedDirectory(store: KeyValueStore): SimDirectory {
  const recent = new Map<string, Bucket>();
  let lastWrite: Promise<void> = Promise.resolve();

  async function load(key: string): Promise<Bucket> {
    const bucket = recent.get(key) ?? parseBucket(await store.get(key).catch(() => null));
    recent.delete(key);
    recent.set(key, bucket);
    if (recent.size > BUCKETS_IN_MEMORY) recent.delete(recent.keys().next().value as string);
    return bucket;
  }

  /** One change after the other: a change reads what it rewrites. */
  function change(apply: () => Promise<void>): Promise<void> {
    lastWrite = lastWrite.then(apply).catch(() => recent.clear());
    return lastWrite;
  }

  async function update(key: string, edit: (bucket: Bucket) => boolean): Promise<void> {
    const bucket = await load(key);
    if (edit(bucket)) await store.set(key, JSON.stringify(bucket));
  }

  return {
    async find(iccid) {
      for (const spelling of spellingsOf(iccid)) {
        const [key, slot] = address(spelling);
        const places = (await load(key))[slot];
        if (places) return places;
      }
      return [];
    },

    async providersOf(account) {
      return ((await load(ACCOUNTS))[account] ?? []).map((place) => place.provider);
    },

    learn: (sims) =>
      change(async () => {
        const byKey = new Map<string, { readonly slot: string; readonly place: Place }[]>();
        const note = (key: string, slot: string, place: Place) => {
          const notes = byKey.get(key);
          if (notes) notes.push({ slot, place });
          else byKey.set(key, [{ slot, place }]);
        };
        for (const { iccid, provider, ref } of sims) note(...address(iccid), { provider, ref });
        const accounts = new Set<string>();
        for (const { account, provider } of sims) {
          if (!account || accounts.has(`${provider} ${account}`)) continue;
          accounts.add(`${provider} ${account}`);
          note(ACCOUNTS, account, { provider, ref: account });
        }
        for (const [key, notes] of byKey)
          await update(key, (bucket) => notes.map(({ slot, place }) => put(bucket, slot, place)).includes(true));
      }),

    forget: (iccid, provider) =>
      change(async () => {
        for (const spelling of spellingsOf(iccid)) {
          const [key, slot] = address(spelling);
          await update(key, (bucket) => remove(bucket, slot, provider));
        }
      }),
  };
}

const ACCOUNTS = 'accounts';

function address(iccid: string): [key: string, slot: string] {
  return [`sims/${iccid.slice(0, -DIGITS_IN_BUCKET)}`, iccid.slice(-DIGITS_IN_BUCKET)];
}

function put(bucket: Bucket, slot: string, place: Place): boolean {
  const places = bucket[slot] ?? [];
  if (places.some(({ provider, ref }) => provider === place.provider && ref === place.ref)) return false;
  bucket[slot] = [...places.filter(({ provider }) => provider !== place.provider), place];
  return true;
}

function remove(bucket: Bucket, slot: string, provider: ProviderId): boolean {
  const places = bucket[slot] ?? [];
  const left = places.filter((place) => place.provider !== provider);
  if (left.length === places.length) return false;
  if (left.length > 0) bucket[slot] = left;
  else delete bucket[slot];
  return true;
}

function parseBucket(text: string | null): Bucket {
  try {
    return Object.assign(Object.create(null), text === null ? {} : (JSON.parse(text) as Bucket)) as Bucket;
  } catch {
    return Object.create(null) as Bucket;
  }
}

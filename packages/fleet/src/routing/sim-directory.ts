import { type Iccid, type KeyValueStore, type ProviderId, spellingsOf } from '@carrierkit/core';
import { limited } from './limited.js';

/** Where a SIM was last seen. */
export interface Place {
  readonly provider: ProviderId;
  readonly ref: string;
}

/**
 * What lists and reads have shown so far: which provider a SIM is at, and which providers hold an account. A memory aid only: it is
 * asked before the vendors are, and a store that fails costs questions, never an answer.
 */
export interface SimDirectory {
  find(iccid: Iccid): Promise<readonly Place[]>;
  providersOf(account: string): Promise<readonly ProviderId[]>;
  /** Known at once, stored a little later. */
  learn(sim: Place & { readonly iccid: Iccid }): void;
  learnAccount(account: string, provider: ProviderId): void;
  forget(iccid: Iccid, provider: ProviderId): void;
  /** How much of what is known is not stored yet. */
  readonly backlog: number;
  /** Resolves when all that is known is stored. */
  stored(): Promise<void>;
}

type Bucket = Record<string, readonly Place[]>;
type Edit = (places: readonly Place[]) => readonly Place[];
/** By bucket, then by slot in it. */
type Edits = Map<string, Map<string, Edit[]>>;

/** SIMs of one thousand numbers share an entry, so a million SIMs are a thousand small writes. */
const DIGITS_IN_BUCKET = 4;
const BUCKETS_IN_MEMORY = 64;
const STORED_AT_ONCE = 8;

/**
 * A SimDirectory in a KeyValueStore. What is learned while the store is busy waits for its next round, so that a list in any order writes
 * each entry a few times and not once for every page.
 */
export function storedDirectory(store: KeyValueStore): SimDirectory {
  const recent = new Map<string, Promise<Bucket>>();
  let waiting: Edits = new Map();
  let storing: Edits = new Map();
  let backlog = 0;
  let rounds: Promise<void> | null = null;

  function remember(key: string, bucket: Promise<Bucket>): Promise<Bucket> {
    recent.delete(key);
    recent.set(key, bucket);
    if (recent.size > BUCKETS_IN_MEMORY) recent.delete(recent.keys().next().value as string);
    return bucket;
  }

  const read = async (key: string): Promise<Bucket> => parseBucket(await store.get(key).catch(() => null));

  async function placesAt(key: string, slot: string): Promise<readonly Place[]> {
    const edited = (bucket: Bucket) =>
      [storing, waiting]
        .flatMap((edits) => edits.get(key)?.get(slot) ?? [])
        .reduce((places, edit) => edit(places), bucket[slot] ?? []);
    const known = recent.get(key);
    const places = known ? edited(await known) : [];
    // Another process may have learned it since.
    return places.length > 0 ? places : edited(await remember(key, read(key)));
  }

  async function storeEdits(key: string, edits: ReadonlyMap<string, readonly Edit[]>): Promise<void> {
    // Read anew: what another process wrote in the meantime is kept.
    const bucket = await read(key);
    let changed = false;
    for (const [slot, own] of edits) {
      const before = bucket[slot] ?? [];
      const after = own.reduce((places, edit) => edit(places), before);
      if (after === before) continue;
      changed = true;
      if (after.length > 0) bucket[slot] = after;
      else delete bucket[slot];
    }
    if (changed) await store.set(key, JSON.stringify(bucket)).catch(() => {});
    await remember(key, Promise.resolve(bucket));
  }

  async function storeAll(): Promise<void> {
    while (waiting.size > 0) {
      [storing, waiting] = [waiting, new Map()];
      backlog = 0;
      await limited([...storing], STORED_AT_ONCE, ([key, edits]) => storeEdits(key, edits));
      storing = new Map();
    }
    rounds = null;
  }

  function note(key: string, slot: string, edit: Edit): void {
    const slots = waiting.get(key) ?? new Map<string, Edit[]>();
    waiting.set(key, slots);
    slots.set(slot, [...(slots.get(slot) ?? []), edit]);
    backlog += 1;
    rounds ??= Promise.resolve().then(storeAll);
  }

  return {
    async find(iccid) {
      for (const spelling of spellingsOf(iccid)) {
        const places = await placesAt(...address(spelling));
        if (places.length > 0) return places;
      }
      return [];
    },

    async providersOf(account) {
      return (await placesAt(ACCOUNTS, account)).map(({ provider }) => provider);
    },

    learn({ iccid, provider, ref }) {
      note(...address(spellingsOf(iccid)[0]!), put({ provider, ref }));
    },

    learnAccount(account, provider) {
      note(ACCOUNTS, account, put({ provider, ref: account }));
    },

    forget(iccid, provider) {
      for (const spelling of spellingsOf(iccid)) note(...address(spelling), without(provider));
    },

    get backlog() {
      return backlog;
    },

    async stored() {
      await rounds;
    },
  };
}

const ACCOUNTS = 'accounts';

function address(spelling: string): [key: string, slot: string] {
  return [`sims/${spelling.slice(0, -DIGITS_IN_BUCKET)}`, spelling.slice(-DIGITS_IN_BUCKET)];
}

function put(place: Place): Edit {
  return (places) =>
    places.some(({ provider, ref }) => provider === place.provider && ref === place.ref)
      ? places
      : [...places.filter(({ provider }) => provider !== place.provider), place];
}

function without(gone: ProviderId): Edit {
  return (places) =>
    places.some(({ provider }) => provider === gone) ? places.filter(({ provider }) => provider !== gone) : places;
}

function parseBucket(text: string | null): Bucket {
  try {
    return Object.assign(Object.create(null), text === null ? {} : (JSON.parse(text) as Bucket)) as Bucket;
  } catch {
    return Object.create(null) as Bucket;
  }
}

import { emptyList, type SimResult, selectedList, writeEach } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  formatMsisdn,
  type SimChanges,
  type SimFilter,
  type SimInventory,
  simMatcher,
  unsupportedError,
  type WriteOptions,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { toSim } from '../mapping/sim.js';
import { hasState } from '../mapping/state.js';
import { readById, readSim } from '../sims/read-sim.js';
import { type SimCriteria, simPages } from '../sims/sim-pages.js';
import { notFound, type WantedSim, wantedSim } from '../sims/wanted-sim.js';

/** SIMs listed and read, with what the vendor can filter pushed down; tags are what can be changed. */
export function inventory(account: Account): SimInventory {
  const { provider } = account;
  return {
    list(filter = {}, options = {}) {
      if (isEmpty(account, filter)) return emptyList(options);
      const isWanted = simMatcher(filter);
      return selectedList(simPages(account, criteria(filter), options), (card) => {
        const sim = toSim(provider, card);
        return isWanted(sim) ? sim : null;
      });
    },
    async get(target, options = {}) {
      return toSim(provider, await wholeSim(account, wantedSim(target), options));
    },
    update({ sims, changes }, options = {}) {
      return writeEach(provider, sims, parallelCalls, (sim) => updated(account, wantedSim(sim), changes, options));
    },
    async secrets(target, options = {}) {
      const { id } = await readSim(account, wantedSim(target), options);
      const { data } = await account.client.GetSimCard({ id, include_pin_puk_codes: true }, options);
      const { pin1 = null, pin2 = null, puk1 = null, puk2 = null } = data.data.pin_puk_codes ?? {};
      return { pin1, pin2, puk1, puk2 };
    },
  };
}

/** Filters that no SIM of this account can meet need no call. */
function isEmpty({ provider }: Account, { providers, states, iccids }: SimFilter): boolean {
  if (providers && !providers.includes(provider)) return true;
  if (states && !states.some(hasState)) return true;
  return iccids?.length === 0;
}

/** What narrows the vendor's list; whether a SIM is wanted is decided here. How the vendor takes several values is not told, so it is given one. */
function criteria({ iccids, msisdn, tags }: SimFilter): SimCriteria {
  const [iccid] = iccids?.length === 1 ? iccids : [];
  const [tag] = tags ?? [];
  return {
    // A SIM is also meant by its ICCID without the check digit, and the vendor looks for the text anywhere.
    ...(iccid !== undefined && { 'filter[iccid]': iccid }),
    ...(msisdn !== undefined && { 'filter[msisdn]': formatMsisdn(msisdn) }),
    ...(tag !== undefined && { 'filter[tags]': tag }),
  };
}

/** The list leaves members out (the device among them), so a SIM that was found there is read once more. */
async function wholeSim(account: Account, wanted: WantedSim, options: CallOptions) {
  const card = await readSim(account, wanted, options);
  const whole = wanted.id === null ? await readById(account, card.id, options) : card;
  if (whole === null) throw notFound(account.provider, wanted);
  return whole;
}

async function updated(
  account: Account,
  wanted: WantedSim,
  { label, tags, attributes }: SimChanges,
  options: WriteOptions,
): Promise<SimResult> {
  if (label !== undefined || attributes !== undefined)
    throw unsupportedError('a SIM of this vendor has tags, but no label and no attributes', {
      provider: account.provider,
      effect: 'none',
    });
  const card = await readSim(account, wanted, options);
  if (tags === undefined || isSame(tags, card.tags ?? [])) return { status: 'unchanged' };
  await account.client.UpdateSimCard({ id: card.id, body: { tags: [...tags] } }, options);
  return { status: 'applied' };
}

function isSame(wanted: readonly string[], present: readonly string[]): boolean {
  const set = new Set(present);
  return new Set(wanted).size === set.size && wanted.every((tag) => set.has(tag));
}

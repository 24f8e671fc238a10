import { writeAndSettle } from '@carrierkit/adapter-kit';
import {
  type BatchCheck,
  type CallOptions,
  ConnectivityError,
  type Iccid,
  type SimBatches,
  type SimOutcome,
  toInstant,
  type WriteOptions,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { requiredIccid } from '../mapping/iccid.js';
import { stateOf, statusIdOf } from '../mapping/state.js';
import { findSims } from '../sims/find-sims.js';

type Reason = NonNullable<BatchCheck['reason']>;

/** The validation tells by status alone why a batch cannot be registered; the bodies are empty. */
const reasons: ReadonlyMap<number, Reason> = new Map([
  [400, 'already-registered'],
  [404, 'unknown-code'],
  [422, 'foreign-sims'],
]);

/** SIMs claimed by the code of their batch (BIC). */
export function batches(account: Account): SimBatches {
  return {
    validate: ({ code }, options = {}) => validate(account, code, options),
    async register({ code, state }, options = {}) {
      const sims = await registered(account, code, state, options);
      return { code, outcomes: await readBack(account, sims, state, options) };
    },
  };
}

async function validate({ provider, client }: Account, code: string, options: CallOptions): Promise<BatchCheck> {
  try {
    const { data } = await client.validateSimBatchByBic({ bic: code }, options);
    const quantity = Number(data.quantity ?? Number.NaN);
    return {
      provider,
      code,
      registrable: true,
      quantity: Number.isSafeInteger(quantity) ? quantity : null,
      reason: null,
    };
  } catch (error) {
    const reason = ConnectivityError.is(error) && error.status !== null ? reasons.get(error.status) : undefined;
    if (reason === undefined) throw error;
    return { provider, code, registrable: false, quantity: null, reason };
  }
}

interface RegisteredSim {
  readonly id: string | number;
  readonly iccid: Iccid;
}

/** Registers once. A refusal is one bare 422, so the validation is asked for the reason; a lost answer is never sent again, and one refused by the limit only while the code is still free. */
async function registered(
  account: Account,
  code: string,
  state: 'inventory' | 'active' | 'test',
  options: WriteOptions,
): Promise<readonly RegisteredSim[]> {
  const { provider, client } = account;
  const body = { sim_status: { id: statusIdOf(state)! } };
  try {
    const { data } = await writeAndSettle({
      write: () => client.registerSimBatchByBic({ bic: code, body }, options),
      async find() {
        const { registrable } = await validate(account, code, options);
        if (registrable) return null;
        // Taken, but by whom cannot be told.
        throw new ConnectivityError('conflict', `batch ${code} is not free any more`, { provider });
      },
      // Refused by the limit and still free: two witnesses that nothing was registered.
      absenceProves: ({ kind }) => kind === 'rate-limited',
    });
    return (data.sim ?? []).map((sim) => ({ id: sim.id, iccid: requiredIccid(provider, sim) }));
  } catch (error) {
    if (!ConnectivityError.is(error)) throw error;
    if (error.effect === 'none' && error.status !== 422) throw error;
    throw await explained(account, code, state, error, options);
  }
}

async function explained(
  account: Account,
  code: string,
  state: string,
  error: ConnectivityError,
  options: CallOptions,
): Promise<ConnectivityError> {
  const check = await validate(account, code, options).catch(() => null);
  if (check === null) return error;
  if (error.effect === 'unknown') return afterLostAnswer(check, code, error);
  const context = { ...error.toJSON(), details: null };
  switch (check.reason) {
    case 'already-registered':
      return new ConnectivityError('conflict', `batch ${code} is registered already`, context);
    case 'unknown-code':
      return new ConnectivityError('not-found', `no batch has the code ${code}`, context);
    case 'foreign-sims':
      return new ConnectivityError('conflict', `batch ${code} holds SIMs of another organisation`, context);
    case null: {
      const hint = state === 'test' ? "; 'test' needs Factory Test mode in the tariff" : '';
      return new ConnectivityError('conflict', `batch ${code} was refused although it is valid${hint}`, context);
    }
  }
}

/** A batch that is still registrable was not registered. One that is registered now may have been before: who did it cannot be told, nor which SIMs it holds. */
function afterLostAnswer(check: BatchCheck, code: string, error: ConnectivityError): ConnectivityError {
  const { kind } = error;
  if (check.registrable)
    return new ConnectivityError(kind, `batch ${code} was not registered: its answer was lost and it is still free`, {
      ...error.toJSON(),
      effect: 'none',
    });
  const message = `the answer to registering batch ${code} was lost; the vendor now says: ${check.reason}. List the SIMs to see them`;
  return new ConnectivityError(kind, message, error.toJSON());
}

/** The answer carries ids and ICCIDs only, and the wanted state may come later or not at all: the SIMs are read. */
async function readBack(
  account: Account,
  sims: readonly RegisteredSim[],
  to: 'inventory' | 'active' | 'test',
  options: CallOptions,
): Promise<readonly SimOutcome[]> {
  const { provider, timing } = account;
  const wanted = sims.map(({ id, iccid }) => ({ by: 'id', id: String(id), iccid }) as const);
  const found = await findSims(account, wanted, options);
  const since = toInstant(timing.now());
  return sims.map(({ id, iccid }, index): SimOutcome => {
    const read = found[index];
    if (read && 'sim' in read && stateOf(read.sim.status).value === to) return { provider, iccid, status: 'applied' };
    const pending = { provider, iccid, to, ref: String(id), since };
    return { provider, iccid, status: 'accepted', pending };
  });
}

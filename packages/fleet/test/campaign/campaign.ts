import { setTimeout as pause } from 'node:timers/promises';
import { createFleet, type Fleet, type FleetConfig } from '../../src/index.js';
import type { ControlSim, Effect, Vendors } from '../support/vendors.js';
import { LATE_MS, randomFault, TIMEOUT_MS } from './faults.js';
import { type Account, type Move, randomMove } from './moves.js';
import { Random } from './random.js';

export interface CampaignResult {
  readonly items: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** What the library said and what the vendor did, where they do not agree. */
  readonly untruths: readonly string[];
}

/** Time for the vendors to finish what they have accepted. */
const SETTLED_MS = 20_000;
/** Then the vendors begin anew: SIMs run out otherwise, and with them what can be tried. */
const MOVES_PER_LIFE = 150;

/** Random writes on random faults; after each the library's account is held against the vendors' effects. */
export async function campaign(vendors: Vendors, seed: number, moves: number): Promise<CampaignResult> {
  const random = new Random(seed);
  const byStatus: Record<string, number> = {};
  const untruths: string[] = [];
  let items = 0;
  for (let number = 0; number < moves; ) {
    vendors.reset();
    const fleet = await createFleet(
      { providers: vendors.blocks({ timeoutMs: TIMEOUT_MS }) } as FleetConfig,
      vendors.options,
    );
    for (const end = Math.min(number + MOVES_PER_LIFE, moves); number < end; number++) {
      const move = randomMove(random, number, await vendors.sims());
      const before = await vendors.effects();
      await move.prepare?.(fleet);
      const faults = random.chance(0.7) ? Array.from({ length: 1 + random.below(2) }, () => randomFault(random)) : [];
      for (const fault of faults) await vendors.control('faults', fault);
      const accounts = await made(move, fleet);
      await vendors.clearFaults();
      // A request that is held up is carried out when its sender has long given up.
      if (faults.some(({ kind }) => kind === 'delay')) await pause(LATE_MS);
      await vendors.options.sleep?.(SETTLED_MS);
      const effects = await vendors.effects();
      const sims = new Map((await vendors.sims()).map((sim) => [sim.iccid, sim]));
      items += accounts.length;
      for (const { status } of accounts) byStatus[status] = (byStatus[status] ?? 0) + 1;
      untruths.push(
        ...accounts.flatMap((account) =>
          compared(move, account, { effects, before: before.length, sim: sims.get(account.subject), faults }),
        ),
      );
    }
    await fleet.close();
  }
  return { items, byStatus, untruths };
}

async function made(move: Move, fleet: Fleet): Promise<readonly Account[]> {
  try {
    return await move.make(fleet);
  } catch (error) {
    throw new Error(`${move.name} threw instead of telling an outcome`, { cause: error });
  }
}

/** What the vendors say afterwards. */
interface Scene {
  readonly effects: readonly Effect[];
  /** So many of them were there before the move. */
  readonly before: number;
  readonly sim: ControlSim | undefined;
  readonly faults: readonly unknown[];
}

function names(effect: Effect, subject: string): boolean {
  return effect.subject.includes(subject);
}

function compared(
  { name, operations, shows, belongs = names }: Move,
  { subject, status, message }: Account,
  { effects, before, sim, faults }: Scene,
): readonly string[] {
  const made = effects
    .slice(before)
    .filter((effect) => operations.includes(effect.operationId) && belongs(effect, subject));
  const tell = (what: string) => [
    `${name}, ${subject}: ${what}; told '${status}' ${message}; effects ${JSON.stringify(made)}; now ${JSON.stringify(sim)}; faults ${JSON.stringify(faults)}`,
  ];
  if (made.length > 1) return tell('done twice');
  switch (status) {
    case 'unchanged':
      return made.length === 0 ? [] : tell('called unchanged, and changed');
    case 'failed':
      return made.length === 0 ? [] : tell('denied, and done');
    case 'accepted':
    case 'applied':
      // What was so before needs no effect.
      return made.length === 1 || (sim !== undefined && shows(sim, effects)) ? [] : tell('claimed, and not done');
    case 'unknown':
      return [];
  }
}

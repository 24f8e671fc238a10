import { createFleet, type Fleet, type FleetConfig } from '../../src/index.js';
import type { ControlSim, Effect, Vendors } from '../support/vendors.js';
import { randomFault } from './faults.js';
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
    const fleet = await createFleet({ providers: vendors.blocks() } as FleetConfig, vendors.options);
    for (const end = Math.min(number + MOVES_PER_LIFE, moves); number < end; number++) {
      const move = randomMove(random, number, await vendors.sims());
      const before = (await vendors.effects()).length;
      const faults = random.chance(0.7) ? Array.from({ length: 1 + random.below(2) }, () => randomFault(random)) : [];
      for (const fault of faults) await vendors.control('faults', fault);
      const accounts = await made(move, fleet);
      await vendors.clearFaults();
      await vendors.options.sleep?.(SETTLED_MS);
      const effects = (await vendors.effects()).slice(before);
      const sims = new Map((await vendors.sims()).map((sim) => [sim.iccid, sim]));
      items += accounts.length;
      for (const { status } of accounts) byStatus[status] = (byStatus[status] ?? 0) + 1;
      untruths.push(
        ...accounts.flatMap((account) => compared(move, account, effects, sims.get(account.subject), faults)),
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

function compared(
  { name, operations, shows }: Move,
  { subject, status, message }: Account,
  effects: readonly Effect[],
  sim: ControlSim | undefined,
  faults: readonly unknown[],
): readonly string[] {
  const made = effects.filter((effect) => operations.includes(effect.operationId) && effect.subject.includes(subject));
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
      return made.length === 1 || (sim !== undefined && shows(sim)) ? [] : tell('claimed, and not done');
    case 'unknown':
      return [];
  }
}

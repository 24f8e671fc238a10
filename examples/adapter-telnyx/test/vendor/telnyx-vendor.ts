import { type PlayedAction, type PlayedSession, type PlayedSim, playedSessions, playedSims, uuid } from './fleet.js';

/** A refusal in the vendor's words. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

/** How long the vendor takes for a move. */
const moveMs = 30_000;

interface Move {
  readonly from: readonly string[];
  readonly by: string;
  readonly to: string;
}

/** What the vendor's page on the life of a SIM tells. */
const moves: Readonly<Record<string, Move>> = {
  enable: { from: ['registered', 'disabled', 'standby', 'unauthorized_imei'], by: 'enabling', to: 'enabled' },
  disable: { from: ['enabled'], by: 'disabling', to: 'disabled' },
  set_standby: { from: ['enabled'], by: 'setting_standby', to: 'standby' },
};

/** The vendor's side without HTTP: SIMs that move after a while, actions that tell how far they are, sessions. */
export class TelnyxVendor {
  #now: number;
  #sims: PlayedSim[];
  #actions: PlayedAction[] = [];
  readonly #deletions = new Map<string, number>();
  readonly sessions: readonly PlayedSession[];
  /** How many writes changed something. */
  effects = 0;
  /** The next move is accepted and then fails, with this reason. */
  nextMoveFails: string | null = null;

  constructor(now: number, count = 40, days = 20) {
    this.#now = now;
    this.#sims = playedSims(count);
    this.sessions = playedSessions(this.#sims, now, days);
  }

  get now(): number {
    return this.#now;
  }

  /** Lets time pass; what is due happens. */
  advance(ms: number): void {
    this.#now += ms;
    for (const action of this.#actions) if (action.status.value === 'in-progress') this.#end(action);
    this.#sims = this.#sims.filter(({ id }) => (this.#deletions.get(id) ?? Infinity) > this.#now);
  }

  #end(action: PlayedAction): void {
    if (action.endsAt > this.#now) return;
    const sim = this.sim(action.sim_card_id);
    const move = moves[action.action_type] as Move;
    const failed = action.status.reason !== '';
    action.status = { value: failed ? 'failed' : 'completed', reason: action.status.reason };
    sim.status = { value: failed ? (move.from[0] as string) : move.to, reason: '' };
  }

  get sims(): readonly PlayedSim[] {
    return this.#sims;
  }

  get actions(): readonly PlayedAction[] {
    return this.#actions;
  }

  sim(id: string): PlayedSim {
    const sim = this.#sims.find((candidate) => candidate.id === id);
    if (sim === undefined) throw new Refused(404, '10005', 'The requested resource or URL could not be found.');
    return sim;
  }

  move(id: string, type: keyof typeof moves): PlayedAction {
    const sim = this.sim(id);
    const move = moves[type] as Move;
    if (!move.from.includes(sim.status.value))
      throw new Refused(422, '10015', `The SIM card is ${sim.status.value} and cannot be changed by ${type}.`);
    sim.status = { value: move.by, reason: '' };
    const action: PlayedAction = {
      id: uuid(3, this.#actions.length + 1),
      record_type: 'sim_card_action',
      sim_card_id: id,
      action_type: type,
      status: { value: 'in-progress', reason: this.nextMoveFails ?? '' },
      created_at: new Date(this.#now).toISOString(),
      endsAt: this.#now + moveMs,
    };
    this.nextMoveFails = null;
    this.#actions.push(action);
    this.effects++;
    return action;
  }

  delete(id: string): PlayedSim {
    const sim = this.sim(id);
    sim.status = { value: 'disabling', reason: '' };
    this.#deletions.set(id, this.#now + moveMs);
    this.effects++;
    return sim;
  }

  tag(id: string, tags: readonly string[]): PlayedSim {
    const sim = this.sim(id);
    sim.tags = tags;
    this.effects++;
    return sim;
  }
}

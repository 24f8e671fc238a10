import {
  type Ability,
  ConnectivityError,
  cancelledError,
  type Iccid,
  type Instant,
  type OrderRequest,
  type ServiceName,
  toInstant,
  withCheckDigit,
} from '@carrierkit/core';

/** A vendor in memory: what a network would do, with the faults that a network has. */
export interface VendorSim {
  readonly iccid: Iccid;
  readonly id: string;
  word: string;
  /** Asked for and not yet done. */
  target: string | null;
  label: string;
  tags: readonly string[];
  attributes: Readonly<Record<string, string>>;
  services: Record<ServiceName, 'enabled' | 'disabled'>;
  plan: string;
  readonly msisdn: string;
  readonly pin: string;
}
export interface VendorOrder {
  readonly id: string;
  readonly type: OrderRequest['type'];
  state: string;
  readonly at: Instant;
}
export interface VendorMessage {
  readonly id: string;
  readonly iccid: Iccid;
  readonly msisdn: string;
  readonly text: string;
  state: string;
  readonly at: Instant;
}

const START = Date.UTC(2026, 9, 10);
const SMALL_FLEET = [
  'ACTIVE',
  'ACTIVE',
  'ACTIVE',
  'ACTIVE',
  'ACTIVE',
  'ACTIVE',
  'ISSUED',
  'ISSUED',
  'SUSPENDED',
  'SUSPENDED',
  'RETIRED',
  'HIBERNATED',
];

export class Vendor {
  readonly sims: VendorSim[];
  readonly batches = new Map<string, { readonly size: number; state: 'new' | 'registered' | 'foreign' }>([
    ['BATCH-NEW', { size: 2, state: 'new' }],
    ['BATCH-OLD', { size: 1, state: 'registered' }],
    ['BATCH-FOREIGN', { size: 1, state: 'foreign' }],
  ]);
  readonly orders: VendorOrder[] = [];
  readonly messages: VendorMessage[] = [];
  readonly plans = ['plan-basic', 'plan-roam', 'plan-bulk', 'plan-test', 'plan-a', 'plan-b', 'plan-c'];
  readonly templates = ['template-1', 'template-2', 'template-3', 'template-4', 'template-5', 'template-6'];
  readonly keys = new Map<string, unknown>();
  readonly delayMs: number;
  now = START;
  effects = 0;
  calls = 0;
  private readonly lost = new Set<Ability>();
  private readonly failing = new Map<Ability, number>();
  private due: { readonly at: number; readonly run: () => void }[] = [];

  constructor(delayMs: number) {
    this.delayMs = delayMs;
    this.sims = SMALL_FLEET.map((word, index) => this.newSim(word, index));
  }

  newSim(word: string, index: number): VendorSim {
    return {
      iccid: withCheckDigit(`894400000000000${String(index).padStart(3, '0')}`) as Iccid,
      id: `sim-${index}`,
      word,
      target: null,
      label: index % 2 === 0 ? `meter ${index}` : '',
      tags: index < 4 ? ['north', `shelf-${index % 2}`] : [],
      attributes: index < 3 ? { site: `plant-${index}` } : {},
      services: { data: 'enabled', smsMo: 'enabled', smsMt: 'enabled', voiceMo: 'disabled', voiceMt: 'disabled' },
      plan: 'plan-basic',
      msisdn: `882360000${String(index).padStart(3, '0')}`,
      pin: `7${String(index).padStart(3, '0')}`,
    };
  }

  /** One vendor call. `write` names the ability behind a write, which faults can hit. */
  async call<T>(signal: AbortSignal | undefined, run: () => T, write: Ability | null = null): Promise<T> {
    if (signal?.aborted) throw cancelledError();
    this.calls += 1;
    await Promise.resolve();
    const status = write && this.failing.get(write);
    if (write && status) {
      this.failing.delete(write);
      throw new ConnectivityError('unavailable', `the vendor answered ${status}`, {
        status,
        operation: write,
        provider: 'ref',
      });
    }
    const answer = run();
    if (write && this.lost.delete(write))
      throw new ConnectivityError('timeout', 'no answer came', {
        effect: 'unknown',
        operation: write,
        provider: 'ref',
      });
    if (signal?.aborted) throw cancelledError();
    return answer;
  }

  /** Something changes now, and is done after the vendor's delay. */
  accept(done: () => void): void {
    this.effects += 1;
    if (this.delayMs === 0) done();
    else this.due.push({ at: this.now + this.delayMs, run: done });
  }

  advance(ms: number): void {
    this.now += ms;
    const ready = this.due.filter(({ at }) => at <= this.now);
    this.due = this.due.filter(({ at }) => at > this.now);
    for (const { run } of ready) run();
  }

  find(iccid: Iccid): VendorSim {
    const sim = this.sims.find((one) => one.iccid === iccid);
    if (!sim) throw new ConnectivityError('not-found', `no SIM has the ICCID ${iccid}`, { provider: 'ref' });
    return sim;
  }

  instant(): Instant {
    return toInstant(this.now);
  }

  lose(ability: Ability): void {
    this.lost.add(ability);
  }

  fail(ability: Ability, status: number): void {
    this.failing.set(ability, status);
  }
}

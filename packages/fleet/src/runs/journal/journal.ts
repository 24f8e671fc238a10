import {
  addCounts,
  ConnectivityError,
  inputError,
  noOutcomes,
  type OutcomeCounts,
  outcomeCounts,
  type ProviderId,
} from '@carrierkit/core';
import type { Job, RunOutcome } from '../runs.js';
import { readRanges, writeRanges } from './item-ranges.js';

const VERSION = 1;

/** The lines of a journal. None holds a credential, a message's text, a number or a subscriber. */
type Line =
  /** The inputs are complete: from here on the run can be resumed. */
  | {
      readonly kind: 'run';
      readonly version: number;
      readonly type: Job['type'];
      readonly items: number;
      readonly providers: Readonly<Record<ProviderId, number>>;
      readonly at: string;
    }
  /** A vendor call is about to be made for these items. */
  | {
      readonly kind: 'call';
      readonly call: number;
      readonly provider: ProviderId;
      readonly items: string;
      readonly at: string;
    }
  /** What became of items of a call, or (`call: null`) of items for which none was made; `again` did not happen and are to be done anew. */
  | {
      readonly kind: 'outcomes';
      readonly call: number | null;
      readonly outcomes: readonly RunOutcome[];
      readonly again?: string;
    }
  | { readonly kind: 'end'; readonly at: string }
  /** What became of items that the vendors had only accepted; it stands in for their earlier outcomes. */
  | { readonly kind: 'confirmed'; readonly outcomes: readonly RunOutcome[]; readonly at: string };

/** A vendor call whose answer is not known. */
export interface OpenCall {
  readonly provider: ProviderId;
  /** In the order in which they were sent. */
  readonly items: readonly number[];
  /** Epoch milliseconds. */
  readonly at: number;
  /** Of these nothing is known yet. */
  readonly unsettled: Set<number>;
}

/** What a journal says so far. `null` before the inputs were complete. */
export interface RunState {
  readonly type: Job['type'];
  readonly items: number;
  readonly providers: Readonly<Record<ProviderId, number>>;
  /** 1 at the position of each item that has its outcome. */
  readonly done: Uint8Array;
  readonly open: Map<number, OpenCall>;
  counts: OutcomeCounts;
  lastCall: number;
  ended: boolean;
}

export async function readJournal(runId: string, lines: AsyncIterable<string>): Promise<RunState | null> {
  let state: RunState | null = null;
  for await (const line of parsed(runId, lines)) {
    if (line.kind === 'run') state = begun(runId, line);
    else if (state) apply(state, line);
  }
  return state;
}

/** For a survey of all runs: one that is damaged, or of a later version, is told as far as it can be read. `null` before its inputs were complete. */
export async function surveyJournal(
  runId: string,
  lines: AsyncIterable<string>,
): Promise<Pick<RunState, 'counts' | 'ended'> | null> {
  let state: RunState | null = null;
  try {
    for await (const line of parsed(runId, lines)) {
      if (line.kind === 'run') state = begun(runId, line);
      else if (state) apply(state, line);
    }
    return state;
  } catch (error) {
    if (!ConnectivityError.is(error)) throw error;
    return { counts: state?.counts ?? noOutcomes, ended: false };
  }
}

/** The outcomes alone, one by one, each as it was last found. Reads the journal twice. */
export async function* journalledOutcomes(
  runId: string,
  lines: () => AsyncIterable<string>,
): AsyncGenerator<RunOutcome, void, undefined> {
  const confirmed = new Map<number, RunOutcome>();
  for await (const line of parsed(runId, lines()))
    if (line.kind === 'confirmed') for (const outcome of line.outcomes) confirmed.set(outcome.item, outcome);
  for await (const line of parsed(runId, lines()))
    if (line.kind === 'outcomes') for (const outcome of line.outcomes) yield confirmed.get(outcome.item) ?? outcome;
}

async function* parsed(runId: string, lines: AsyncIterable<string>): AsyncGenerator<Line, void, undefined> {
  let number = 0;
  for await (const text of lines) {
    number += 1;
    try {
      yield JSON.parse(text) as Line;
    } catch {
      throw new ConnectivityError(
        'contract',
        `the journal of run '${runId}' is damaged in line ${number}; nothing more is done with it`,
      );
    }
  }
}

function begun(runId: string, line: Extract<Line, { kind: 'run' }>): RunState {
  if (line.version > VERSION) {
    throw inputError(
      'runId',
      `run '${runId}' was written by a later version of @carrierkit/fleet; update it to resume`,
    );
  }
  const { type, items, providers } = line;
  return {
    type,
    items,
    providers,
    done: new Uint8Array(items),
    open: new Map(),
    counts: noOutcomes,
    lastCall: 0,
    ended: false,
  };
}

function apply(state: RunState, line: Exclude<Line, { kind: 'run' }>): void {
  switch (line.kind) {
    case 'call': {
      const items = readRanges(line.items);
      state.open.set(line.call, { provider: line.provider, items, at: Date.parse(line.at), unsettled: new Set(items) });
      state.lastCall = Math.max(state.lastCall, line.call);
      break;
    }
    case 'outcomes': {
      for (const { item } of line.outcomes) state.done[item] = 1;
      state.counts = addCounts(state.counts, outcomeCounts(line.outcomes));
      const call = line.call === null ? undefined : state.open.get(line.call);
      for (const { item } of line.outcomes) call?.unsettled.delete(item);
      for (const item of readRanges(line.again ?? '')) call?.unsettled.delete(item);
      if (line.call !== null && call?.unsettled.size === 0) state.open.delete(line.call);
      break;
    }
    case 'end':
      state.ended = true;
      break;
    case 'confirmed': {
      const { accepted, ...others } = addCounts(state.counts, outcomeCounts(line.outcomes));
      state.counts = { ...others, accepted: accepted - line.outcomes.length };
    }
  }
}

/** Whether every item has its outcome. */
export function isComplete({ done }: RunState): boolean {
  return done.every((one) => one === 1);
}

/** Writes the journal and keeps the state in step with it. Each promise resolves when the line is durable. */
export interface Journal {
  readonly state: RunState;
  /** Returns the call's number. */
  begin(provider: ProviderId, items: readonly number[]): Promise<number>;
  settle(call: number | null, outcomes: readonly RunOutcome[], again?: readonly number[]): Promise<void>;
  end(): Promise<void>;
  /** Outcomes of items that had been accepted. */
  confirm(outcomes: readonly RunOutcome[]): Promise<void>;
}

export function journalOn(state: RunState, append: (line: string) => Promise<void>, clock: () => number): Journal {
  const now = () => new Date(clock()).toISOString();
  async function write(line: Exclude<Line, { kind: 'run' }>): Promise<void> {
    await append(JSON.stringify(line));
    apply(state, line);
  }
  return {
    state,
    async begin(provider, items) {
      const call = ++state.lastCall;
      await write({ kind: 'call', call, provider, items: writeRanges(items), at: now() });
      return call;
    },
    settle: (call, outcomes, again = []) =>
      write({ kind: 'outcomes', call, outcomes, ...(again.length > 0 && { again: writeRanges(again) }) }),
    end: () => write({ kind: 'end', at: now() }),
    confirm: (outcomes) => write({ kind: 'confirmed', outcomes, at: now() }),
  };
}

/** The line that makes a run of complete inputs. */
export function firstLine(
  type: Job['type'],
  items: number,
  providers: Readonly<Record<ProviderId, number>>,
  now: number,
): string {
  return JSON.stringify({
    kind: 'run',
    version: VERSION,
    type,
    items,
    providers,
    at: new Date(now).toISOString(),
  } satisfies Line);
}

import { heldElsewhere, noSuchRun } from '../run-errors.js';
import type { HeldRun, RunStore } from './run-store.js';

interface Memory {
  inputs: string[];
  readonly journal: string[];
  held: boolean;
}

/** Runs that are forgotten with the process. */
export function memoryRunStore(): RunStore {
  const runs = new Map<string, Memory>();
  return {
    async hold(runId, { create }): Promise<HeldRun> {
      const run = runs.get(runId) ?? (create ? { inputs: [], journal: [], held: false } : undefined);
      if (!run) throw noSuchRun(runId, [...runs.keys()]);
      if (run.held) throw heldElsewhere(runId, 'another call of this process');
      run.held = true;
      runs.set(runId, run);
      return {
        async writeInputs(lines) {
          run.inputs = [];
          for await (const line of lines) run.inputs.push(line);
        },
        async *inputs() {
          yield* run.inputs;
        },
        async deleteInputs() {
          run.inputs = [];
        },
        async *journal() {
          yield* [...run.journal];
        },
        async append(line) {
          run.journal.push(line);
        },
        async release() {
          run.held = false;
        },
      };
    },
    async *journal(runId) {
      const run = runs.get(runId);
      if (!run) throw noSuchRun(runId, [...runs.keys()]);
      yield* [...run.journal];
    },
    async ids() {
      return [...runs.keys()];
    },
  };
}

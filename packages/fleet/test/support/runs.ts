import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { memoryRunStore, type RunOutcome, type RunStore, type Runs } from '../../src/index.js';

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'carrierkit-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The text of every file in a folder, locks aside. */
export async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index]!]));
}

export async function outcomesOf(runs: Runs, runId: string): Promise<readonly RunOutcome[]> {
  const all: RunOutcome[] = [];
  for await (const outcome of runs.outcomes(runId)) all.push(outcome);
  return all.sort((a, b) => a.item - b.item);
}

class Killed extends Error {
  override readonly name = 'Killed';
}

/** A store whose process is killed at its nth step: from then on nothing is written any more. What was written stays. */
export class MortalStore implements RunStore {
  readonly #kept = memoryRunStore();
  /** The current process' holds end with it. */
  #letGo: (() => Promise<void>)[] = [];
  #stepsLeft = Number.POSITIVE_INFINITY;
  steps = 0;
  dead = false;

  /** The next process, which may be killed again. */
  async live(steps = Number.POSITIVE_INFINITY): Promise<void> {
    await Promise.all(this.#letGo.map((letGo) => letGo()));
    this.#letGo = [];
    this.#stepsLeft = steps;
    this.steps = 0;
    this.dead = false;
  }

  ids: RunStore['ids'] = () => this.#kept.ids();
  journal: RunStore['journal'] = (runId) => this.#kept.journal(runId);

  hold: RunStore['hold'] = async (runId, options) => {
    const held = await this.#kept.hold(runId, options);
    this.#letGo.push(() => held.release());
    return {
      writeInputs: (lines) => this.#step(() => held.writeInputs(lines)),
      inputs: () => held.inputs(),
      deleteInputs: () => this.#step(() => held.deleteInputs()),
      journal: () => held.journal(),
      append: (line) => this.#step(() => held.append(line)),
      release: async () => {
        if (!this.dead) await held.release();
      },
    };
  };

  /** A dead process neither writes nor calls a vendor. */
  assertAlive(): void {
    if (this.dead) throw new Killed('the process is gone');
  }

  async #step<R>(write: () => Promise<R>): Promise<R> {
    this.assertAlive();
    this.steps += 1;
    if (this.#stepsLeft-- > 0) return write();
    this.dead = true;
    throw new Killed('the process is gone');
  }
}

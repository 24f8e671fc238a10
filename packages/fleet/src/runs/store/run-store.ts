/**
 * Where runs are kept. A run has inputs (who and what; deleted when it is finished) and a journal (what was begun and what became of it;
 * kept). A product may bring its own, for example on its database; lines are opaque to it.
 */
export interface RunStore {
  /**
   * Takes a run for this process alone.
   * @throws `conflict` while another process holds it, `input` where there is none and `create` was not said.
   */
  hold(runId: string, options: { readonly create: boolean }): Promise<HeldRun>;
  /** The journal's complete lines, also of a run that another process holds. */
  journal(runId: string): AsyncIterable<string>;
  /** All runs, in no order. */
  ids(): Promise<readonly string[]>;
}

/** A run that this process holds. What a promise of it has resolved to survives a crash. */
export interface HeldRun {
  /** Replaces the inputs. */
  writeInputs(lines: AsyncIterable<string>): Promise<void>;
  /** The lines that were written last; none where they were deleted. */
  inputs(): AsyncIterable<string>;
  /** They tell who was meant: gone for good when this resolves. */
  deleteInputs(): Promise<void>;
  /** Complete lines; a last line that was torn by a crash is gone. */
  journal(): AsyncIterable<string>;
  /** Adds one line to the journal. */
  append(line: string): Promise<void>;
  /** Lets other processes hold the run. */
  release(): Promise<void>;
}

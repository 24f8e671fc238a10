import type { Colors } from '../output/table.js';
import type { Sink } from '../world.js';

/** One line on standard error that says how far things are; only on a terminal. */
export interface Progress {
  show(text: string): void;
  clear(): void;
}

const CLEAR = '\r\u001b[2K';

export function progressOn(err: Sink, colors: Colors): Progress {
  let shown = false;
  return {
    show(text) {
      if (!err.isTerminal) return;
      shown = true;
      void err.write(`${CLEAR}${colors.dim(text.slice(0, (err.columns ?? 80) - 1))}`);
    },
    clear() {
      if (shown) void err.write(CLEAR);
      shown = false;
    },
  };
}

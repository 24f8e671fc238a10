import type { Colors } from '../output/table.js';
import type { Sink } from '../world.js';

/** One line on standard error that says how far things are: rewritten on a terminal, elsewhere a new one from time to time. */
export interface Progress {
  show(text: string): void;
  clear(): void;
}

const CLEAR = '\r\u001b[2K';
/** Often enough for a log to show that work goes on, and seldom enough not to fill it. */
const LINE_EVERY_MS = 60_000;

export function progressOn(err: Sink, colors: Colors, now: () => number, isJson: boolean): Progress {
  return err.isTerminal ? rewritten(err, colors) : logged(err, now, isJson);
}

function rewritten(err: Sink, colors: Colors): Progress {
  let shown = false;
  return {
    show(text) {
      shown = true;
      void err.write(`${CLEAR}${colors.dim(text.slice(0, (err.columns ?? 80) - 1))}`);
    },
    clear() {
      if (shown) void err.write(CLEAR);
      shown = false;
    },
  };
}

function logged(err: Sink, now: () => number, isJson: boolean): Progress {
  let last = now();
  return {
    show(text) {
      const at = now();
      if (at - last < LINE_EVERY_MS) return;
      last = at;
      void err.write(isJson ? `${JSON.stringify({ progress: { message: text } })}\n` : `${text}\n`);
    },
    clear() {},
  };
}

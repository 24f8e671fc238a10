import type { Sink, World } from './world.js';

/** The process we run in. A second interrupt ends it at once; a reader that goes away (`| head`) ends it quietly. */
export function nodeWorld(): World {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (interrupted.signal.aborted) process.exit(130);
      interrupted.abort();
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
  const canAsk = process.stdin.isTTY && process.stderr.isTTY;
  return {
    out: sinkOf(process.stdout),
    err: sinkOf(process.stderr),
    input: process.stdin,
    env: process.env,
    folder: process.cwd(),
    now: Date.now,
    signal: interrupted.signal,
    confirm: canAsk ? ask : null,
  };
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  return {
    write(text) {
      if (stream.write(text)) return Promise.resolve();
      return new Promise((resolve) => stream.once('drain', resolve));
    },
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.isTTY ? stream.columns : null;
    },
  };
}

/** On standard error: standard output belongs to the answer. */
async function ask(question: string): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr });
  return !isCancel(answer) && answer;
}

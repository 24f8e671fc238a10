import { resolve } from 'node:path';
import { type Output, outputFor } from '../output/output.js';
import { type Colors, colorsFor } from '../output/table.js';
import type { ExitCode } from '../shell/exit-code.js';
import type { RunCli } from '../shell/shell.js';
import type { Sink, World } from '../world.js';

/** A step of the demo did not come out as it should. */
export class DemoFailed extends Error {
  readonly code: ExitCode;

  constructor(command: string, code: ExitCode) {
    super(`'carrierkit ${command}' ended with ${code}`);
    this.code = code;
  }
}

/** Where the demo plays: it types commands into a folder with a config, and shows what they print. */
export class Stage {
  readonly output: Output;
  readonly #world: World;
  readonly #run: RunCli;
  readonly #colors: Colors;
  #chapter = 0;

  /** `world.folder` has the config. */
  constructor(world: World, run: RunCli) {
    this.#world = { ...world, confirm: null };
    this.output = outputFor(world, 'table', false);
    this.#run = run;
    this.#colors = colorsFor(world.out.isTerminal, world.env);
  }

  path(name: string): string {
    return resolve(this.#world.folder, name);
  }

  now(): Date {
    return new Date(this.#world.now());
  }

  async title(text: string): Promise<void> {
    this.#chapter += 1;
    await this.say(`\n${this.#colors.bold(`${this.#chapter}. ${text}`)}`);
  }

  async say(text: string): Promise<void> {
    await this.output.text(`${text}\n`);
  }

  /** Types the command and shows its table, or what it says in a format of its own. @throws DemoFailed */
  async command(words: readonly string[]): Promise<void> {
    await this.typed(words);
    await this.#checked(words.includes('--format') ? words : [...words, '--format', 'table'], this.#world);
  }

  /** The command as somebody would type it. */
  async typed(words: readonly string[]): Promise<void> {
    await this.say(this.#colors.cyan(`$ carrierkit ${words.map(quoted).join(' ')}`));
  }

  /** What the command answers, as data. @throws DemoFailed */
  async ask<T>(words: readonly string[]): Promise<T> {
    let text = '';
    const sink: Sink = {
      async write(piece) {
        text += piece;
      },
      isTerminal: false,
      columns: null,
    };
    await this.#checked([...words, '--format', 'json'], { ...this.#world, out: sink });
    return JSON.parse(text) as T;
  }

  async #checked(words: readonly string[], world: World): Promise<void> {
    const code = await this.#run(words, world);
    if (code !== 0) throw new DemoFailed(words.join(' '), code);
  }
}

function quoted(word: string): string {
  return /^[\w:.,+=/-]+$/.test(word) ? word : `'${word}'`;
}

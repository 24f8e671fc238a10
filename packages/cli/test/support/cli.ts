import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '@carrierkit/sandbox';
import { runCli, type Sink, type World } from '../../src/index.js';

/** What one call of the command came to. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  json<T = unknown>(): T;
  /** The one line on standard error, as data. */
  error(): {
    readonly kind: string;
    readonly message: string;
    readonly details: unknown;
    readonly provider: string | null;
  };
}

export interface RunWorld {
  /** Width of a terminal; left out, there is none. */
  readonly terminal?: number;
  readonly input?: string;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  readonly answer?: boolean;
  /** How far the clock of this machine is off, in milliseconds. */
  readonly clockOff?: number;
  /** Called with all that was written so far. */
  readonly onOut?: (text: string) => void;
}

/** A folder with a config, and the command run in it. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'carrierkit-cli-'));
  readonly questions: string[] = [];

  write(name: string, content: string): string {
    writeFileSync(join(this.folder, name), content);
    return join(this.folder, name);
  }

  async run(args: readonly string[], world: RunWorld = {}): Promise<Run> {
    const written = { out: '', err: '' };
    const sink = (name: 'out' | 'err'): Sink => ({
      async write(text) {
        written[name] += text;
        if (name === 'out') world.onOut?.(written.out);
      },
      isTerminal: world.terminal !== undefined,
      columns: world.terminal ?? null,
    });
    const { answer } = world;
    const full: World = {
      out: sink('out'),
      err: sink('err'),
      input: (async function* () {
        if (world.input !== undefined) yield world.input;
      })(),
      env: { NO_COLOR: '1', ...world.env },
      folder: this.folder,
      // A clock of its own: what vendors count per address begins anew, as it does in a process of its own.
      now: () => Date.now() + (world.clockOff ?? 0),
      signal: world.signal ?? new AbortController().signal,
      confirm:
        answer === undefined
          ? null
          : async (question) => {
              this.questions.push(question);
              return answer;
            },
    };
    const code = await runCli(args, full);
    return {
      code,
      ...written,
      json: () => JSON.parse(written.out) as never,
      error: () => (JSON.parse(written.err) as { error: ReturnType<Run['error']> }).error,
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A config of the providers of a sandbox whose adapters stand. */
export function emnifyConfig({ baseUrl }: Pick<Sandbox, 'baseUrl'>, token = 'sandbox-application-token'): string {
  return `providers:
  iot:
    adapter: emnify
    baseUrl: ${baseUrl}/emnify
    applicationToken: ${token}
`;
}

/** A config of both: emnify as `iot`, subscriptions as `staff`. */
export function pairConfig(sandbox: Pick<Sandbox, 'baseUrl' | 'info'>): string {
  return `${emnifyConfig(sandbox)}  staff:
    adapter: subscriptions
    baseUrl: ${sandbox.baseUrl}/subscriptions
    clientId: sandbox-client
    clientSecret: sandbox-secret
    sender: "${sandbox.info.senders[0]}"
`;
}

/** A config of all three: Truphone as `emea`, beside the others. */
export function fleetConfig(sandbox: Pick<Sandbox, 'baseUrl' | 'info'>): string {
  return `${pairConfig(sandbox)}  emea:
    adapter: truphone
    baseUrl: ${sandbox.baseUrl}/truphone
    token: ${sandbox.info.credentials.truphone?.['token'] ?? ''}
`;
}

export async function startSandbox(sims = 60): Promise<Sandbox> {
  return createSandbox({ sims, days: 40, limits: false });
}

import { type Sandbox, startSandbox } from '../src/start-sandbox.js';
import { READ_ONLY_TOKEN, TOKEN } from '../src/vendors/truphone/admission.js';
import { type TruphoneSwitches, truphone } from '../src/vendors/truphone/index.js';

export const NOW = '2026-11-02T09:30:00.000Z';
export { READ_ONLY_TOKEN, TOKEN };

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

export interface CallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** `null`: no credentials. */
  readonly token?: string | null;
}

export interface SandboxSimView {
  readonly iccid: string;
  readonly state: string;
  readonly services: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}

export interface EffectView {
  readonly operationId: string;
  readonly subject: readonly string[];
  readonly detail: unknown;
  readonly key: string | null;
  readonly state: string;
}

/** A sandbox with this vendor alone and a standing clock. */
export interface Client {
  readonly sandbox: Sandbox;
  call(path: string, options?: CallOptions): Promise<Reply>;
  get(path: string): Promise<unknown>;
  list(path: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  control(path: string, options?: { readonly method?: string; readonly body?: unknown }): Promise<unknown>;
  sims(): Promise<readonly SandboxSimView[]>;
  /** The first SIM in that state whose services are all on. */
  inState(state: string): Promise<string>;
  effects(): Promise<readonly EffectView[]>;
  /** How many answers broke the vendor's description. */
  violations(): Promise<number>;
}

export interface StartOptions {
  /** Of this vendor. */
  readonly sims?: number;
  readonly days?: number;
  readonly seed?: number;
  readonly limits?: boolean;
  readonly switches?: Partial<TruphoneSwitches>;
}

export async function startClient(options: StartOptions = {}): Promise<Client> {
  const sandbox = await startSandbox(
    0,
    {
      sims: (options.sims ?? 60) * 3,
      days: options.days ?? 10,
      seed: options.seed ?? 7,
      limits: options.limits ?? false,
      now: Date.parse(NOW),
      ticking: false,
      switches: { truphone: options.switches ?? {} },
    },
    [truphone],
  );
  const call: Client['call'] = async (path, { method = 'GET', headers = {}, body, token = TOKEN } = {}) => {
    const url = path.startsWith('http') ? path : `${sandbox.baseUrl}/truphone${path}`;
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === null ? {} : { Authorization: `Token ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text, text };
  };
  const control: Client['control'] = async (path, { method = 'GET', body } = {}) => {
    const response = await fetch(`${sandbox.baseUrl}/_sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return response.json();
  };
  const sims = async () => (await control('/sims')) as readonly SandboxSimView[];
  const get = async (path: string) => (await call(path)).body;
  return {
    sandbox,
    call,
    get,
    list: async (path) => (await get(path)) as readonly Readonly<Record<string, unknown>>[],
    post: (path, body, headers = {}) => call(path, { method: 'POST', body, headers }),
    control,
    sims,
    inState: async (state) => {
      const found = (await sims()).find(
        (sim) => sim.state === state && Object.values(sim.services).every((word) => word === 'ACTIVE'),
      );
      if (found === undefined) throw new Error(`No SIM is in state ${state}`);
      return found.iccid;
    },
    effects: async () => (await control('/effects')) as readonly EffectView[],
    violations: async () => {
      const { rows } = (await control('/stats')) as { rows: readonly { status: number | null; count: number }[] };
      return rows.filter(({ status }) => status === 500).reduce((sum, { count }) => sum + count, 0);
    },
  };
}

import type { Sandbox } from '@carrierkit/sandbox';

export async function control<T>({ baseUrl }: Pick<Sandbox, 'baseUrl'>, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${baseUrl}/_sandbox/${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  return (await answer.json()) as T;
}

export interface SandboxSim {
  readonly adapter: string;
  readonly iccid: string;
  readonly vendorId: string;
  readonly state: string;
}

export async function simsOf(
  sandbox: Pick<Sandbox, 'baseUrl'>,
  adapter: string,
  state: string,
): Promise<readonly SandboxSim[]> {
  const sims = await control<readonly SandboxSim[]>(sandbox, `sims?adapter=${adapter}`);
  return sims.filter((sim) => sim.state === state);
}

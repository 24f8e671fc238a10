import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withLuhn } from './luhn.js';

export const apiKey = 'played-vendor-key-0123456789';

interface PlayedSim {
  readonly id: string;
  readonly iccid: string;
  readonly imsi: string;
  readonly msisdn: string;
  status: string;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** What goes wrong with the next write: its answer is lost after it took effect, or it is refused before. */
export type Fault = { readonly kind: 'lost-reply' } | { readonly kind: 'refused'; readonly status: number };

const statuses = ['enabled', 'enabled', 'in_stock', 'paused', 'enabled', 'enabled', 'misplaced', 'closed'];
const unknownSim: Answer = { status: 404, body: { code: 'not_found', message: 'There is no such SIM.' } };

function playedSims(count: number): PlayedSim[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `sim-${index + 1}`,
    iccid: withLuhn(`8999900000000${String(index + 1).padStart(6, '0')}`),
    imsi: `9997000000${String(index + 1).padStart(5, '0')}`,
    msisdn: `8821000${String(index + 1).padStart(5, '0')}`,
    status: statuses[index % statuses.length] as string,
  }));
}

// REPLACE: play your vendor by its description, on 127.0.0.1. It imports nothing of CarrierKit: a mistake shared with the adapter must not hide.
/** The vendor over real HTTP, with a fleet that is always the same. */
export class VendorServer {
  sims = playedSims(40);
  /** How many requests arrived, and how many writes changed something. */
  calls = 0;
  effects = 0;
  fault: Fault | null = null;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<VendorServer> {
    const played = new VendorServer();
    await new Promise<void>((resolve) => played.#server.listen(0, '127.0.0.1', resolve));
    return played;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Everything as in the beginning. */
  reset(): void {
    this.sims = playedSims(40);
    this.calls = 0;
    this.effects = 0;
    this.fault = null;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.calls++;
    const fault = request.method === 'GET' ? null : this.fault;
    if (fault !== null) this.fault = null;
    const answer = fault?.kind === 'refused' ? { status: fault.status } : await this.#answer(request);
    if (fault?.kind === 'lost-reply') return void request.socket.destroy();
    response.writeHead(answer.status, { 'Content-Type': 'application/json' });
    return void response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    if (request.headers.authorization !== `Bearer ${apiKey}`)
      return { status: 401, body: { code: 'unauthorized', message: 'This key is not valid.' } };
    const { pathname, searchParams } = new URL(request.url ?? '/', this.baseUrl);
    const [, id, part] = /^\/v1\/sims(?:\/([^/]+))?(\/status)?$/.exec(pathname) ?? [];
    if (id === undefined) return this.#list(searchParams);
    const sim = this.sims.find((candidate) => candidate.id === id);
    if (sim === undefined) return unknownSim;
    return part === undefined ? { status: 200, body: sim } : this.#set(sim, await bodyOf(request));
  }

  #list(query: URLSearchParams): Answer {
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 20)];
    const iccid = query.get('iccid');
    const wanted = this.sims.filter((sim) => iccid === null || sim.iccid === iccid);
    return { status: 200, body: { sims: wanted.slice((page - 1) * size, page * size), total: wanted.length } };
  }

  #set(sim: PlayedSim, { status = '' }: { readonly status?: string }): Answer {
    if (sim.status !== status) this.effects++;
    sim.status = status;
    return { status: 204 };
  }
}

async function bodyOf(request: IncomingMessage): Promise<{ readonly status?: string }> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as { readonly status?: string };
}

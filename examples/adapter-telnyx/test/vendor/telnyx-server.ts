import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { PlayedAction, PlayedSim } from './fleet.js';
import { Refused, TelnyxVendor } from './telnyx-vendor.js';

export const apiKey = 'KEY0123456789ABCDEF_sandbox';

/** What goes wrong with the next call of an operation: its answer is lost after it took effect, or it is refused before. */
export interface Fault {
  readonly operation: string;
  readonly kind: 'lost-reply' | 'refused';
  readonly status?: number;
}

type Query = Readonly<Record<string, string | undefined>>;
type Handler = (request: { readonly id: string; readonly query: Query; readonly body: unknown }) => unknown;

/** Telnyx's SIM API over real HTTP, as far as the adapter needs it, on 127.0.0.1 only. It knows nothing of CarrierKit. */
export class TelnyxServer {
  vendor: TelnyxVendor;
  calls = 0;
  /** Operations in the order in which they arrived. */
  readonly seen: string[] = [];
  readonly #startedAt: number;
  readonly #app: FastifyInstance = fastify();
  #faults: Fault[] = [];
  #baseUrl = '';

  private constructor(startedAt: number) {
    this.#startedAt = startedAt;
    this.vendor = new TelnyxVendor(startedAt);
  }

  static async start(now: string): Promise<TelnyxServer> {
    const server = new TelnyxServer(Date.parse(now));
    server.#route();
    server.#baseUrl = await server.#app.listen({ port: 0, host: '127.0.0.1' });
    return server;
  }

  get baseUrl(): string {
    return this.#baseUrl;
  }

  /** Everything as in the beginning. */
  reset(): void {
    this.vendor = new TelnyxVendor(this.#startedAt);
    this.#faults = [];
    this.calls = 0;
    this.seen.length = 0;
  }

  fault(fault: Fault): void {
    this.#faults.push(fault);
  }

  async close(): Promise<void> {
    await this.#app.close();
  }

  #route(): void {
    const app = this.#app;
    app.addHook('onRequest', async (request, reply) => {
      this.calls++;
      if (request.headers.authorization === `Bearer ${apiKey}`) return;
      const detail = 'The required authentication headers were either invalid or not included in the request.';
      await reply.code(401).send(errors(new Refused(401, '10009', detail)));
    });
    app.setErrorHandler((error, _, reply) => {
      if (!(error instanceof Refused)) throw error;
      return reply.code(error.status).send(errors(error));
    });
    this.#on('GET', '/sim_cards', 'GetSimCards', ({ query }) => page(this.#filtered(query).map(simple), query, 250));
    this.#on('GET', '/sim_cards/:id', 'GetSimCard', ({ id, query }) => {
      const { pin_puk_codes, ...sim } = this.vendor.sim(id);
      return { data: query['include_pin_puk_codes'] === 'true' ? { ...sim, pin_puk_codes } : sim };
    });
    this.#on('PATCH', '/sim_cards/:id', 'UpdateSimCard', ({ id, body }) => {
      const { tags } = body as { readonly tags?: readonly string[] };
      return { data: whole(tags === undefined ? this.vendor.sim(id) : this.vendor.tag(id, tags)) };
    });
    this.#on('DELETE', '/sim_cards/:id', 'DeleteSimCard', ({ id }) => ({ data: whole(this.vendor.delete(id)) }));
    for (const [type, operation] of [
      ['enable', 'EnableSimCard'],
      ['disable', 'DisableSimCard'],
      ['set_standby', 'SetSimCardStandby'],
    ] as const)
      this.#on('POST', `/sim_cards/:id/actions/${type}`, operation, ({ id }) => told(this.vendor.move(id, type)), 202);
    this.#on('GET', '/sim_card_actions', 'ListSimCardActions', ({ query }) => {
      const { 'filter[sim_card_id]': sim, 'filter[status]': status, 'filter[action_type]': type } = query;
      const wanted = this.vendor.actions.filter(
        (action) =>
          (sim === undefined || action.sim_card_id === sim) &&
          (status === undefined || action.status.value === status) &&
          (type === undefined || action.action_type === type),
      );
      return page(
        wanted.map((action) => told(action).data),
        query,
        250,
      );
    });
    this.#on('GET', '/sim_card_actions/:id', 'GetSimCardAction', ({ id }) => {
      const action = this.vendor.actions.find((candidate) => candidate.id === id);
      if (action === undefined) throw new Refused(404, '10005', 'The requested resource or URL could not be found.');
      return told(action);
    });
    this.#on('GET', '/detail_records', 'SearchDetailRecords', ({ query }) => {
      if (query['filter[record_type]'] !== 'sim_card_usage')
        throw new Refused(400, '10004', 'A required parameter was missing.');
      const {
        'filter[created_at][gte]': from = '',
        'filter[created_at][lt]': to = '9',
        'filter[sim_card_id]': sim,
      } = query;
      const wanted = this.vendor.sessions.filter(
        ({ created_at, sim_card_id }) =>
          created_at >= from && created_at < to && (sim === undefined || sim_card_id === sim),
      );
      return page(wanted, query, 50);
    });
  }

  #on(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    operation: string,
    handle: Handler,
    status = 200,
  ): void {
    this.#app.route({
      method,
      url: `/v2${url}`,
      handler: async (request: FastifyRequest, reply: FastifyReply) => {
        this.seen.push(operation);
        const fault = this.#faultOf(operation);
        if (fault?.kind === 'refused') throw new Refused(fault.status ?? 503, '10007', 'An unexpected error occurred.');
        const { id = '' } = request.params as { readonly id?: string };
        const answer = handle({ id, query: request.query as Query, body: request.body });
        if (fault === undefined) return reply.code(status).send(answer);
        reply.hijack();
        request.raw.socket.destroy();
        return reply;
      },
    });
  }

  #faultOf(operation: string): Fault | undefined {
    const index = this.#faults.findIndex((fault) => fault.operation === operation);
    return index < 0 ? undefined : this.#faults.splice(index, 1)[0];
  }

  #filtered(query: Query): readonly PlayedSim[] {
    const { 'filter[iccid]': iccid, 'filter[msisdn]': msisdn, 'filter[tags]': tag } = query;
    return this.vendor.sims.filter(
      (sim) =>
        (iccid === undefined || sim.iccid.includes(iccid)) &&
        (msisdn === undefined || sim.msisdn === msisdn) &&
        (tag === undefined || sim.tags.includes(tag)),
    );
  }
}

function page(items: readonly unknown[], query: Query, most: number): unknown {
  const number = Number(query['page[number]'] ?? 1);
  const size = Number(query['page[size]'] ?? 20);
  if (!(size >= 1 && size <= most)) throw new Refused(422, '10015', `page[size] must be from 1 to ${most}.`);
  return {
    data: items.slice((number - 1) * size, number * size),
    meta: {
      total_pages: Math.ceil(items.length / size),
      total_results: items.length,
      page_number: number,
      page_size: size,
    },
  };
}

/** Without the codes, which one operation alone tells when it is asked to. */
function whole({ pin_puk_codes: _, ...sim }: PlayedSim): unknown {
  return sim;
}

/** Lists leave the device out. */
function simple({ pin_puk_codes: _, current_imei: __, ...sim }: PlayedSim): unknown {
  return sim;
}

function told({ endsAt: _, ...action }: PlayedAction): { readonly data: unknown } {
  return { data: action };
}

function errors({ code, detail }: Refused): unknown {
  return { errors: [{ code, title: detail.split('.')[0], detail, source: { pointer: '' } }] };
}

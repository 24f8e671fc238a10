import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { VendorName } from '@carrierkit/vendor-apis';
import type { FastifyInstance } from 'fastify';
import type { SandboxSim, SimPatch } from '../framework/vendor.js';
import { adapterSchema, type ControlEnvironment, vendorOfSim } from './environment.js';

const querystring = { type: 'object', additionalProperties: false, properties: { adapter: adapterSchema } };
const body = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    state: { type: 'string', minLength: 1 },
    services: { type: 'object', additionalProperties: { type: 'string' } },
    tags: { type: 'array', items: { type: 'string' } },
  },
};

/** The fleet as it really is, and changes made by the vendor. */
export function simRoutes(scope: FastifyInstance, environment: ControlEnvironment): void {
  scope.get<{ Querystring: { adapter?: VendorName } }>('/sims', { schema: { querystring } }, (request, reply) => {
    const vendors = [...environment.engine().vendors.values()].filter(
      ({ module }) => request.query.adapter === undefined || module.name === request.query.adapter,
    );
    return reply.type('application/json').send(Readable.from(jsonArray(vendors.map(({ vendor }) => vendor.sims()))));
  });
  scope.patch<{ Params: { iccid: string }; Body: SimPatch }>('/sims/:iccid', { schema: { body } }, (request) => {
    const { iccid } = request.params;
    return vendorOfSim(environment, iccid).vendor.patchSim(iccid, request.body);
  });
}

const PIECE = 1000;

/** A JSON array in pieces, so that a large fleet is never one text; other requests get their turn between two of them. */
async function* jsonArray(lists: readonly Iterable<SandboxSim>[]): AsyncGenerator<string> {
  let piece: string[] = [];
  let separator = '[';
  for (const list of lists) {
    for (const sim of list) {
      piece.push(JSON.stringify(sim));
      if (piece.length < PIECE) continue;
      yield separator + piece.join(',');
      await nextTurn();
      piece = [];
      separator = ',';
    }
  }
  if (piece.length > 0) yield separator + piece.join(',');
  yield piece.length === 0 && separator === '[' ? '[]' : ']';
}

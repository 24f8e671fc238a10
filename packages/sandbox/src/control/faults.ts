import type { FastifyInstance } from 'fastify';
import { FAULT_KINDS, type FaultRule } from '../framework/faults.js';
import { ControlError } from './control-error.js';
import { adapterSchema, type ControlEnvironment } from './environment.js';

const count = { type: 'integer', minimum: 0 };
const body = {
  type: 'object',
  additionalProperties: false,
  required: ['kind'],
  properties: {
    adapter: adapterSchema,
    operationId: { type: 'string', minLength: 1 },
    kind: { type: 'string', enum: [...FAULT_KINDS] },
    when: { type: 'string', enum: ['before', 'after'], default: 'before' },
    status: { type: 'integer', minimum: 200, maximum: 599 },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    body: {},
    delayMs: count,
    skip: count,
    times: count,
    probability: { type: 'number', minimum: 0, maximum: 1 },
  },
};

/** Misbehaviour on demand. */
export function faultRoutes(scope: FastifyInstance, environment: ControlEnvironment): void {
  scope.get('/faults', () => environment.engine().faults.list());
  scope.post<{ Body: FaultRule }>('/faults', { schema: { body } }, (request, reply) => {
    if (request.body.kind === 'delay' && request.body.delayMs === undefined) {
      throw new ControlError(400, 'delayMs: a delay needs its length in milliseconds');
    }
    checkOperation(environment, request.body);
    return reply.code(201).send({ id: environment.engine().faults.add(request.body).id });
  });
  scope.delete('/faults', (_request, reply) => {
    environment.engine().faults.clear();
    return reply.code(204).send();
  });
  scope.delete<{ Params: { id: string } }>('/faults/:id', (request, reply) => {
    if (!environment.engine().faults.remove(request.params.id)) {
      throw new ControlError(404, `No fault ${request.params.id}`);
    }
    return reply.code(204).send();
  });
}

/** A misspelt operation would never be met, and the test that set the fault would pass for the wrong reason. */
function checkOperation(environment: ControlEnvironment, { adapter, operationId }: FaultRule): void {
  if (operationId === undefined) return;
  const vendors = [...environment.engine().vendors.values()].filter(
    ({ module }) => adapter === undefined || module.name === adapter,
  );
  if (!vendors.some(({ vendor }) => operationId in vendor.handlers)) {
    throw new ControlError(
      400,
      `operationId: no operation "${operationId}"${adapter === undefined ? '' : ` of ${adapter}`}`,
    );
  }
}

import type { VendorName } from '@carrierkit/vendor-apis';
import type { FastifyInstance } from 'fastify';
import { ControlError } from './control-error.js';
import { adapterSchema, type ControlEnvironment } from './environment.js';

interface JournalQuery {
  readonly adapter?: VendorName;
  readonly since?: string;
}

const querystring = {
  type: 'object',
  additionalProperties: false,
  properties: { adapter: adapterSchema, since: { type: 'string' } },
};

/** What was received, what it changed, and what must not be seen elsewhere. */
export function journalRoutes(scope: FastifyInstance, environment: ControlEnvironment): void {
  scope.get<{ Querystring: JournalQuery }>('/effects', { schema: { querystring } }, ({ query }) => {
    const effects = environment.engine().effects.list();
    return newer(effects, query, (effect) => effect.seq);
  });
  scope.get<{ Querystring: JournalQuery }>('/requests', { schema: { querystring } }, ({ query }) => {
    const requests = environment.engine().log.list();
    return newer(requests, query, (request) => request.id);
  });
  scope.get('/stats', () => {
    const { log } = environment.engine();
    return { rows: log.stats(), violations: log.violations() };
  });
  scope.get('/secrets', () => environment.secrets.list());
}

/** Those after `since`: a sequence number (excluded) or an instant (included). */
function newer<T extends { readonly adapter: VendorName; readonly at: string }>(
  entries: readonly T[],
  query: JournalQuery,
  sequence: (entry: T) => number,
): readonly T[] {
  const { adapter, since } = query;
  const ofAdapter = adapter === undefined ? entries : entries.filter((entry) => entry.adapter === adapter);
  if (since === undefined || since === '') return ofAdapter;
  if (/^\d+$/.test(since)) return ofAdapter.filter((entry) => sequence(entry) > Number(since));
  const instant = Date.parse(since);
  if (Number.isNaN(instant)) throw new ControlError(400, `since: "${since}" is neither a number nor an instant`);
  return ofAdapter.filter((entry) => Date.parse(entry.at) >= instant);
}

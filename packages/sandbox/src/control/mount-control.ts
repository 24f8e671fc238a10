import type { FastifyInstance } from 'fastify';
import { clockRoutes } from './clock.js';
import { ControlError } from './control-error.js';
import type { ControlEnvironment } from './environment.js';
import { faultRoutes } from './faults.js';
import { sandboxInfo } from './info.js';
import { journalRoutes } from './journal.js';
import { simRoutes } from './sims.js';
import { usageRoutes } from './usage.js';

/** The `/_sandbox/*` API: what a test sees and does behind the vendors' backs. */
export async function mountControl(server: FastifyInstance, environment: ControlEnvironment): Promise<void> {
  await server.register(
    async (scope) => {
      // Unlike the usual parser, takes an empty body for none.
      scope.removeContentTypeParser('application/json');
      scope.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => {
        if (body === '') return undefined;
        try {
          return JSON.parse(body) as unknown;
        } catch {
          throw new ControlError(400, 'The body is not JSON');
        }
      });
      scope.addHook('onRequest', async () => environment.engine().clock.settle());
      scope.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
        reply.code(error.statusCode ?? 500).send({ error: error.message }),
      );
      scope.setNotFoundHandler((request, reply) =>
        reply.code(404).send({ error: `No control operation ${request.method} ${request.url}` }),
      );
      scope.get('/info', () => sandboxInfo(environment.engine(), environment.baseUrl()));
      scope.post('/reset', () => {
        environment.reset();
        return { now: environment.engine().clock.iso() };
      });
      journalRoutes(scope, environment);
      simRoutes(scope, environment);
      faultRoutes(scope, environment);
      clockRoutes(scope, environment);
      usageRoutes(scope, environment);
    },
    { prefix: '/_sandbox' },
  );
}

import type { FastifyInstance } from 'fastify';
import type { CallEnvironment } from '../framework/vendor-call.js';
import { sandboxInfo } from './info.js';

export interface ControlEnvironment extends CallEnvironment {
  readonly reset: () => void;
}

/** The `/_sandbox/*` API: what a test sees and does behind the vendors' backs. */
export async function mountControl(server: FastifyInstance, environment: ControlEnvironment): Promise<void> {
  await server.register(
    async (scope) => {
      scope.get('/info', () => sandboxInfo(environment.engine(), environment.baseUrl()));
      scope.post('/reset', () => {
        environment.reset();
        return { reset: true };
      });
    },
    { prefix: '/_sandbox' },
  );
}

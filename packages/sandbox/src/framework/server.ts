import { description } from '@carrierkit/vendor-apis';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createContract } from './contract.js';
import { describedOperations, type Operation } from './description.js';
import type { VendorModule } from './vendor.js';
import { answerVendorCall, type CallEnvironment, type MountedPath } from './vendor-call.js';

export function createServer(): FastifyInstance {
  return Fastify({
    logger: false,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    bodyLimit: 20 * 1024 * 1024,
    ajv: { customOptions: { removeAdditional: false } },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
}

/** Mounts every path of the vendor's description and of its aliases. */
export async function mountVendor(
  server: FastifyInstance,
  module: VendorModule,
  environment: CallEnvironment,
): Promise<void> {
  const document = description(module.name);
  const contract = createContract(document);
  const paths = pathsOf(describedOperations(document), module);
  await server.register(
    async (scope) => {
      // Bodies arrive as text: the vendor decides what a broken or wrongly typed one is answered with.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
      for (const [template, operations] of paths) {
        const mounted: MountedPath = { module, template, contract, operations };
        scope.all(routePattern(template), serve(environment, mounted));
      }
      const nowhere: MountedPath = { module, template: '', contract, operations: new Map() };
      scope.setNotFoundHandler(serve(environment, nowhere));
    },
    { prefix: `/${module.name}` },
  );
}

/** A mistake of the sandbox must not leave the client waiting. */
function serve(environment: CallEnvironment, mounted: MountedPath) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    try {
      await answerVendorCall(environment, mounted, request, reply);
    } catch (error) {
      if (reply.raw.headersSent) reply.raw.destroy();
      else reply.raw.writeHead(500).end(`The sandbox failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  };
}

function pathsOf(described: readonly Operation[], module: VendorModule): Map<string, Map<string, Operation>> {
  const paths = new Map<string, Map<string, Operation>>();
  const mount = (path: string, operation: Operation): void => {
    const operations = paths.get(path) ?? new Map<string, Operation>();
    paths.set(path, operations.set(operation.method, operation));
  };
  for (const operation of described) mount(operation.path, operation);
  for (const { operationId, path } of module.aliases ?? []) {
    const operation = described.find((found) => found.operationId === operationId);
    if (operation === undefined) throw new Error(`${module.name}: alias of an unknown operation ${operationId}`);
    mount(path, operation);
  }
  return paths;
}

function routePattern(template: string): string {
  return template.replaceAll(/\{([^}]+)\}/g, ':$1');
}

import { type Answer, json } from './answer.js';
import type { Operation } from './description.js';
import type { Engine } from './engine.js';
import type { Vendor, VendorRequest } from './vendor.js';
import type { MountedPath } from './vendor-call.js';

/** Admission, the description, the handler, and the description again. */
export async function produceAnswer(
  engine: Engine,
  vendor: Vendor,
  mounted: MountedPath,
  operation: Operation | undefined,
  request: VendorRequest,
  problems: Parameters<Vendor['invalid']>[1],
): Promise<Answer> {
  try {
    const admission = vendor.admit(request);
    const answer = admission.refusal ?? (await handled(vendor, mounted, operation, request, problems));
    const whole = { ...answer, headers: { ...admission.headers, ...answer.headers } };
    if (operation === undefined || whole.offContract === true) return whole;
    const problem = mounted.contract.checkAnswer(operation, whole);
    return problem === undefined ? whole : violated(engine, request, problem);
  } catch (error) {
    return violated(
      engine,
      request,
      `the handler failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

async function handled(
  vendor: Vendor,
  mounted: MountedPath,
  operation: Operation | undefined,
  request: VendorRequest,
  problems: Parameters<Vendor['invalid']>[1],
): Promise<Answer> {
  if (operation === undefined) return vendor.unmatched(request, [...mounted.operations.keys()]);
  const refusal = problems.length > 0 ? vendor.invalid(request, problems) : undefined;
  if (refusal !== undefined) return refusal;
  const handler = vendor.handlers[operation.operationId];
  if (handler === undefined) throw new Error(`${mounted.module.name} has no handler for ${operation.operationId}`);
  return handler(request);
}

/** The sandbox broke the description: said loudly, and counted. */
function violated(engine: Engine, request: VendorRequest, problem: string): Answer {
  engine.log.violation({ requestId: request.id, operationId: request.operationId, problem });
  return json(500, { sandbox: `This answer would break the vendor's description: ${problem}` });
}

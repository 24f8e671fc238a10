import { type Answer, empty } from '../../framework/answer.js';
import type { Limiter, Limits } from '../../framework/limits.js';
import type { VendorRequest } from '../../framework/vendor.js';

/** Calls a second and burst, per organisation. */
export const LANES: Readonly<
  Record<string, { readonly rate: number; readonly burst: number; readonly operations: readonly string[] }>
> = {
  simList: { rate: 10, burst: 5, operations: ['listSims'] },
  sim: { rate: 100, burst: 50, operations: ['getSim'] },
  simStats: { rate: 10, burst: 5, operations: ['getSimStats', 'getSimDailyStats'] },
  endpointList: { rate: 10, burst: 5, operations: ['listEndpoints'] },
  endpoint: { rate: 50, burst: 25, operations: ['getEndpoint'] },
};

export const WINDOWS = {
  address: { limit: 2000, periodMs: 5 * 60 * 1000 },
  signIn: { limit: 100, periodMs: 5 * 60 * 1000 },
  organisation: { limit: 10_000_000, periodMs: 30 * 24 * 60 * 60 * 1000 },
};

/** Answers 429, without body and without any rate header, to what exceeds one of the limits. */
export function createThrottle(limits: Limits): (request: VendorRequest) => Answer | undefined {
  const address = limits.fixedWindow(WINDOWS.address);
  const signIn = limits.fixedWindow(WINDOWS.signIn);
  const organisation = limits.fixedWindow(WINDOWS.organisation);
  const lanes = new Map<string, Limiter>();
  for (const lane of Object.values(LANES)) {
    const limiter = limits.tokenBucket(lane);
    for (const operationId of lane.operations) lanes.set(operationId, limiter);
  }
  return (request) => {
    const takes = [address.take(request.ip), organisation.take('own')];
    if (request.operationId === 'authenticate') takes.push(signIn.take(request.ip));
    const lane = lanes.get(request.operationId);
    if (lane !== undefined) takes.push(lane.take('own'));
    return takes.every((take) => take.allowed) ? undefined : empty(429);
  };
}

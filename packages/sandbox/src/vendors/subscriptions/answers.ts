import { type Answer, json } from '../../framework/answer.js';
import type { Problem, VendorRequest } from '../../framework/vendor.js';

/** Error bodies follow those of a sibling API of the vendor; its own are not published. */
export function failure(status: number, type: string, ...messages: readonly string[]): Answer {
  return json(status, { type, messages });
}

export const badRequest = (...messages: readonly string[]): Answer =>
  failure(400, 'INVALID_REQUEST_PARAMS', ...messages);
export const unauthorised = (): Answer => failure(401, 'UNAUTHORISED', 'token is missing or invalid');
export const forbidden = (message: string): Answer => failure(403, 'ACCESS_DENIED', message);
export const notFound = (what: string): Answer => failure(404, 'NOT_FOUND', `${what} not found`);
export const conflict = (message: string): Answer => failure(409, 'CONFLICT', message);
export const unprocessable = (message: string): Answer => failure(422, 'INVALID_REQUEST_PARAMS', message);

/** The answer to a request that breaks the description. */
export function invalidRequest(request: VendorRequest, problems: readonly Problem[]): Answer {
  // An id that breaks its pattern in a path names nothing: reads answer 404 and have no 400.
  if (problems.some(({ place }) => place === 'path')) return notFound('resource');
  const messages = problems.map(({ place, field, message }) => `${field || place} ${message}`);
  if (request.operationId === 'requestAccessToken') return oauthError(400, 'invalid_request', messages.join('; '));
  const unreadable = problems.some(({ place }) => place === 'media' || place === 'syntax');
  return unreadable ? failure(400, 'INVALID_HTTP_MESSAGE', ...messages) : badRequest(...messages);
}

export function oauthError(status: 400 | 401, error: string, description: string): Answer {
  return json(status, { error, error_description: description });
}

/** The three small HAL resources come as `application/hal+json` unless the client takes only plain JSON. */
export function hal(request: VendorRequest, value: unknown): Answer {
  const accept = request.headers.accept ?? '*/*';
  const plain = accept.includes('application/json') && !accept.includes('hal+json');
  return json(200, value, { 'Content-Type': plain ? 'application/json' : 'application/hal+json' });
}

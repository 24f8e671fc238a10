import { type Answer, empty, json } from '../../framework/answer.js';

interface ApiError {
  readonly error_code: number;
  readonly error_token: string;
  readonly message: string;
}

const TOKENS: ReadonlyMap<number, string> = new Map([
  [1000, 'BadRequest'],
  [1104, 'Forbidden'],
  [1105, 'TooManyRequests'],
  [1201, 'NotFound'],
  [1301, 'InvalidQueryCriteria'],
  [1302, 'InvalidSortCriteria'],
  [1400, 'InputValidationFailed'],
  [1401, 'InvalidReference'],
  [1402, 'Required'],
  [1403, 'InvalidFormat'],
  [1406, 'NotAllowed'],
  [1601, 'Unavailable'],
]);

function errorBody(code: number, message: string): ApiError {
  return { error_code: code, error_token: TOKENS.get(code) ?? 'Unknown', message };
}

export function apiError(status: number, code: number, message: string): Answer {
  // Recorded answers of status 422 have no reason phrase.
  return { ...json(status, errorBody(code, message)), ...(status === 422 ? { reason: '' } : {}) };
}

/** 422 whose single faults are listed in `errors`. */
export function validationError(
  message: string,
  ...errors: readonly { readonly code: number; readonly message: string }[]
): Answer {
  const listed = errors.map(({ code, message: text }) => errorBody(code, text));
  return { ...json(422, { ...errorBody(1400, message), errors: listed }), reason: '' };
}

export function notANumber(value: string): Answer {
  return apiError(400, 1000, `Cannot parse parameter id as Long: For input string: "${value}"`);
}

/** 401 of the gateway in front of the API: no error code, only a message. */
export function gatewayRefusal(message: string): Answer {
  return json(401, { message }, { 'x-amzn-ErrorType': 'AccessDeniedException' });
}

/** 204 as recorded: it names a content type and has no content. */
export function noContent(): Answer {
  return empty(204, { 'Content-Type': 'application/json', 'Content-Length': '0' });
}

/** Empty body that calls itself HTML. */
export function emptyHtml(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return empty(status, { 'Content-Type': 'text/html; charset=UTF-8', ...headers });
}

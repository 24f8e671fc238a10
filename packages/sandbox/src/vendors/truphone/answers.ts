import { type Answer, json } from '../../framework/answer.js';
import type { Problem, VendorRequest } from '../../framework/vendor.js';

/** The vendor's usual failure body. */
export function refused(status: number, detail: string | object): Answer {
  return json(status, { detail });
}

/** Failure body without `detail`: field names to messages. */
export function faultyFields(fields: object): Answer {
  return json(400, fields);
}

export const notFound = (): Answer => refused(404, 'Not found.');

export const ok = (): Answer => json(200, { detail: 'OK' });

/** The vendor prints its list as Python 2 does. */
export function unknownIccids(iccids: readonly string[], prefix: 'u' | '' = 'u'): Answer {
  return refused(400, `SIM card(s) with ICCID(s) ${pythonList(iccids, prefix)} unknown`);
}

export function pythonList(values: readonly string[], prefix: 'u' | '' = 'u'): string {
  return `[${values.map((value) => `${prefix}'${value}'`).join(', ')}]`;
}

export const MUST_BE_PRESENT = 'This field is required.';
export const MUST_NOT_BE_EMPTY = 'This list may not be empty.';
export const MUST_NOT_BE_BLANK = 'This field may not be blank.';

/** Operations whose field errors stand inside `detail`. */
const NESTED_IN_DETAIL: ReadonlySet<string> = new Set([
  'assignTagToSimCards',
  'unassignTagFromSimCards',
  'setAttributeValue',
]);

/**
 * What the portal says to a body that its description does not allow. Query, path and header values are taken
 * leniently: the handlers look at them themselves.
 */
export function bodyRefusal(
  request: VendorRequest,
  problems: readonly Problem[],
  required: readonly string[],
): Answer | undefined {
  const problem = problems.find(({ place }) => place === 'media' || place === 'syntax' || place === 'body');
  if (problem === undefined) return undefined;
  if (problem.place === 'media') {
    const type = String(request.headers['content-type'] ?? '');
    return refused(415, `Unsupported media type "${type}" in request.`);
  }
  if (problem.place === 'syntax') return refused(400, `JSON parse error - ${problem.message}`);
  const fields =
    request.body === undefined
      ? Object.fromEntries(required.map((name) => [name, [MUST_BE_PRESENT]]))
      : nested(problem.field, messageFor(problem, valueAt(request.body, problem.field)));
  return NESTED_IN_DETAIL.has(request.operationId) ? refused(400, fields) : faultyFields(fields);
}

/** `/filters/sim_cards/0` and a text -> `{ filters: { sim_cards: [text] } }`. */
function nested(pointer: string, message: string): object {
  const names = pointer.split('/').filter((name) => name !== '' && !/^\d+$/.test(name));
  if (names.length === 0) return { non_field_errors: [message] };
  return names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), [message]) as object;
}

function messageFor({ message }: Problem, value: unknown): string {
  if (message.includes('required property')) return MUST_BE_PRESENT;
  if (message.includes('allowed values')) return `"${String(value)}" is not a valid choice.`;
  if (message.includes('fewer than')) return MUST_NOT_BE_EMPTY;
  if (message.includes('pattern')) {
    return value === '' ? MUST_NOT_BE_BLANK : 'Only alphanumeric or whitespace characters are allowed.';
  }
  if (message.includes('be array')) return `Expected a list of items but got type "${pythonType(value)}".`;
  if (message.includes('be object')) return `Invalid data. Expected a dictionary, but got ${pythonType(value)}.`;
  if (message.includes('be integer')) return 'A valid integer is required.';
  if (message.includes('be boolean')) return `"${String(value)}" is not a valid boolean.`;
  if (message.includes('be string')) return 'Not a valid string.';
  return `This value ${message}.`;
}

function pythonType(value: unknown): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return 'unicode';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    case 'boolean':
      return 'bool';
    default:
      return 'dict';
  }
}

function valueAt(body: unknown, pointer: string): unknown {
  let value = body;
  for (const name of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

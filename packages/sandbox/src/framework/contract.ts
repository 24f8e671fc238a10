import type { OpenApiDocument } from '@carrierkit/vendor-apis';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer } from './answer.js';
import type { Operation, Parameter } from './description.js';
import type { Problem } from './vendor.js';

/** Holds requests and answers of one vendor against its description. */
export interface Contract {
  /** Converts the query (numbers, booleans, lists, defaults) and tells what does not fit. */
  checkRequest(operation: Operation, request: ReceivedRequest): CheckedRequest;
  /** `undefined`: the answer is as described. */
  checkAnswer(operation: Operation, answer: Answer): string | undefined;
}

export interface ReceivedRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Media type without parameters, lower case; empty without a body. */
  readonly mediaType: string;
  readonly body: unknown;
  readonly hasBody: boolean;
  readonly syntaxProblem: string | undefined;
}

export interface CheckedRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

export function createContract(document: OpenApiDocument): Contract {
  const strictly = newAjv(document, {});
  const converting = newAjv(document, { coerceTypes: true, useDefaults: true });
  const compiled = new Map<unknown, ValidateFunction>();
  const validator = (ajv: Ajv2020, key: object, schema: () => unknown): ValidateFunction => {
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const made = ajv.compile(absoluteReferences(schema()) as object);
    compiled.set(key, made);
    return made;
  };

  const checkParameters = (
    operation: Operation,
    place: Parameter['place'],
    values: Record<string, unknown>,
  ): Problem[] => {
    const parameters = operation.parameters.filter((parameter) => parameter.place === place);
    return parameters.flatMap((parameter) => {
      const name = place === 'header' ? parameter.name.toLowerCase() : parameter.name;
      const validate = validator(converting, parameter, () => ({
        type: 'object',
        properties: { [name]: parameter.schema },
        required: parameter.required ? [name] : [],
      }));
      const single: Record<string, unknown> = {};
      if (values[name] !== undefined) single[name] = values[name];
      if (!validate(single)) return [{ place, field: parameter.name, message: messageOf(validate.errors) }];
      if (single[name] !== undefined) values[name] = single[name];
      return [];
    });
  };

  const checkBody = (operation: Operation, received: ReceivedRequest): Problem[] => {
    const described = operation.requestBody;
    if (described === undefined) return [];
    if (!received.hasBody) return described.required ? [{ place: 'body', field: '', message: 'is required' }] : [];
    if (!described.schemas.has(received.mediaType)) {
      return [{ place: 'media', field: '', message: `must be ${[...described.schemas.keys()].join(' or ')}` }];
    }
    if (received.syntaxProblem !== undefined) return [{ place: 'syntax', field: '', message: received.syntaxProblem }];
    const schema = described.schemas.get(received.mediaType);
    if (schema === undefined) return [];
    const validate = validator(strictly, schema as object, () => schema);
    if (validate(received.body)) return [];
    return (validate.errors ?? []).map((error) => ({
      place: 'body',
      field: fieldOf(error),
      message: error.message ?? 'is not valid',
    }));
  };

  return {
    checkRequest: (operation, received) => {
      const query = queryValues(operation, received.query);
      const problems = [
        ...checkParameters(operation, 'path', { ...received.params }),
        ...checkParameters(operation, 'query', query),
        ...checkParameters(operation, 'header', { ...received.headers }),
        ...checkBody(operation, received),
      ];
      return { query, problems };
    },
    checkAnswer: (operation, answer) => {
      const described = operation.responses.get(String(answer.status)) ?? operation.responses.get('default');
      if (described === undefined) return `status ${answer.status} is not described`;
      if (answer.body === undefined || 'stream' in answer.body) return undefined;
      const mediaType = mediaTypeOf(answer);
      if (!described.has(mediaType)) return `status ${answer.status} has no described body of type "${mediaType}"`;
      const schema = described.get(mediaType);
      if (schema === undefined || !('json' in answer.body)) return undefined;
      const validate = validator(strictly, schema as object, () => schema);
      if (validate(answer.body.json)) return undefined;
      return `status ${answer.status}: ${messageOf(validate.errors)}`;
    },
  };
}

function newAjv(document: OpenApiDocument, options: object): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: false,
    validateSchema: false,
    validateFormats: true,
    ...options,
  });
  addFormats.default(ajv);
  ajv.addSchema(document, 'description');
  return ajv;
}

/** Schemas stand somewhere inside the document; outside it their references need its name. */
function absoluteReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(absoluteReferences);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string' && value.startsWith('#')
        ? [key, `description${value}`]
        : [key, absoluteReferences(value)],
    ),
  );
}

/** Repeated keys make a list; of other parameters the last one counts. */
function queryValues(operation: Operation, query: URLSearchParams): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, place, schema } of operation.parameters) {
    if (place !== 'query') continue;
    const received = query.getAll(name);
    if (received.length === 0) continue;
    const type = typeof schema === 'object' && schema !== null ? (schema as { type?: unknown }).type : undefined;
    values[name] = type === 'array' ? received : received.at(-1);
  }
  return values;
}

function mediaTypeOf(answer: Answer): string {
  const header = Object.entries(answer.headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type');
  return (header?.[1].split(';')[0] ?? '').trim().toLowerCase();
}

function fieldOf(error: ErrorObject): string {
  const missing: unknown = error.params['missingProperty'];
  return typeof missing === 'string' ? `${error.instancePath}/${missing}` : error.instancePath;
}

function messageOf(errors: readonly ErrorObject[] | null | undefined): string {
  const error = errors?.[0];
  return error === undefined ? 'is not valid' : `${fieldOf(error)} ${error.message ?? 'is not valid'}`.trim();
}

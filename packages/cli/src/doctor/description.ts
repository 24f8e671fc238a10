import type { DescribedOperation, OpenApiDocument } from '@carrierkit/vendor-apis';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** How a live answer differs from what the vendor describes. */
export interface Difference {
  /** `false`: something new beside what is described, which disturbs nobody. */
  readonly breaks: boolean;
  /** Operation, place and kind of the difference; no value of the answer. */
  readonly what: string;
}

export type Compare = (operation: DescribedOperation, status: number, data: unknown) => readonly Difference[];

/** Holds answers against a description: as it stands, and for what it does not know. */
export function comparison(document: OpenApiDocument): Compare {
  const asDescribed = validators(document);
  const nothingNew = validators(closed(document) as OpenApiDocument);
  return (operation, status, data) => {
    const { operationId } = operation;
    const schema = schemaPointer(document, operation, status);
    if (schema === null) return [{ breaks: true, what: `${operationId}: status ${status} is not described` }];
    const broken = errorsOf(asDescribed(schema), data).filter(({ keyword }) => !COMPOUND.has(keyword));
    if (broken.length > 0) return broken.map(({ place, message }) => difference(true, operationId, place, message));
    return errorsOf(nothingNew(schema), data)
      .filter(({ keyword }) => keyword === 'additionalProperties')
      .map(({ place, member }) => difference(false, operationId, place, `has the new member '${member}'`));
  };
}

/** They only repeat what one of their parts says. */
const COMPOUND = new Set(['anyOf', 'oneOf', 'if']);

function difference(breaks: boolean, operationId: string, place: string, what: string): Difference {
  return { breaks, what: `${operationId}: ${place} ${what}` };
}

/** Compiles the schema at a pointer into the document, once. */
function validators(document: OpenApiDocument): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'description');
  const compiled = new Map<string, ValidateFunction>();
  return (pointer) => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `description#${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
}

interface Found {
  readonly keyword: string;
  /** `[*]/status/id`: every item of a list is the same place. */
  readonly place: string;
  readonly message: string;
  readonly member: string;
}

function errorsOf(validate: ValidateFunction, data: unknown): readonly Found[] {
  if (validate(data)) return [];
  const found = (validate.errors ?? []).map(({ keyword, instancePath, message = 'is not valid', params }) => ({
    keyword,
    place: instancePath.replaceAll(/\/\d+(?=\/|$)/g, '[*]') || 'the answer',
    message,
    member: String(params['additionalProperty']),
  }));
  const unique = new Map(found.map((error) => [`${error.place} ${error.message} ${error.member}`, error]));
  return [...unique.values()];
}

function schemaPointer(document: OpenApiDocument, operation: DescribedOperation, status: number): string | null {
  const { path, method, operation: described } = operation;
  const responses = described['responses'] as Readonly<Record<string, ResponseNode>>;
  const response = responses[String(status)];
  if (response === undefined) return null;
  const named = response.$ref?.split('/').at(-1);
  const node = named === undefined ? response : (document.components?.['responses']?.[named] as ResponseNode);
  const at =
    named === undefined
      ? ['paths', path, method.toLowerCase(), 'responses', String(status)]
      : ['components', 'responses', named];
  const [type] = Object.keys(node.content ?? {});
  return type === undefined ? null : [...at, 'content', type, 'schema'].map((step) => `/${escaped(step)}`).join('');
}

interface ResponseNode {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, unknown>>;
}

/** A step of a JSON pointer in a URI fragment (RFC 6901, section 6). */
function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** The description with every object closed against members that it does not name. What is composed of parts stays open: each part knows only its own. */
function closed(node: unknown, part = false): unknown {
  if (Array.isArray(node)) return node.map((item) => closed(item, part));
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value, key === 'allOf')]));
  const open = copy['properties'] !== undefined && copy['additionalProperties'] === undefined && !part;
  return open ? { ...copy, additionalProperties: false } : copy;
}

import { type OpenApiDocument, operations } from '@carrierkit/vendor-apis';

type Node = Readonly<Record<string, unknown>>;

/** One operation of a description, with references resolved one level deep and the server path folded in. */
export interface Operation {
  readonly operationId: string;
  readonly method: string;
  /** Server path included: `/enterprise/accounts/{id}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Schemas by media type; `undefined`: the operation takes no body. */
  readonly requestBody: { readonly required: boolean; readonly schemas: ReadonlyMap<string, unknown> } | undefined;
  /** Schemas by media type, by status. */
  readonly responses: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
}

export interface Parameter {
  readonly name: string;
  readonly place: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: unknown;
}

export function describedOperations(document: OpenApiDocument): readonly Operation[] {
  return operations(document).map(({ operationId, method, path, operation }) => {
    const item = document.paths[path] ?? {};
    return {
      operationId,
      method,
      path: serverPath(operation['servers'] ?? item['servers'] ?? document.servers) + path,
      parameters: parametersOf(document, item, operation),
      requestBody: requestBodyOf(document, operation),
      responses: responsesOf(document, operation),
    };
  });
}

/** Follows `$ref` until something else is found. */
export function resolve(document: OpenApiDocument, node: unknown): Node {
  let found = asNode(node);
  for (let reference = found['$ref']; typeof reference === 'string'; reference = found['$ref']) {
    const steps = reference.slice(2).split('/');
    let target: unknown = document;
    for (const step of steps) target = asNode(target)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
    if (target === undefined) throw new Error(`The description has no ${reference}`);
    found = asNode(target);
  }
  return found;
}

function parametersOf(document: OpenApiDocument, item: Node, operation: Node): readonly Parameter[] {
  const found = new Map<string, Parameter>();
  for (const entry of [...asList(item['parameters']), ...asList(operation['parameters'])]) {
    const parameter = resolve(document, entry);
    const place = String(parameter['in']);
    if (place !== 'path' && place !== 'query' && place !== 'header') continue;
    const name = String(parameter['name']);
    found.set(`${place}:${name}`, {
      name,
      place,
      required: parameter['required'] === true,
      schema: parameter['schema'],
    });
  }
  return [...found.values()];
}

function requestBodyOf(document: OpenApiDocument, operation: Node): Operation['requestBody'] {
  if (operation['requestBody'] === undefined) return undefined;
  const body = resolve(document, operation['requestBody']);
  return { required: body['required'] === true, schemas: schemasOf(body['content']) };
}

function responsesOf(document: OpenApiDocument, operation: Node): Operation['responses'] {
  const responses = Object.entries(asNode(operation['responses']));
  return new Map(responses.map(([status, entry]) => [status, schemasOf(resolve(document, entry)['content'])]));
}

function schemasOf(content: unknown): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(asNode(content)).map(([type, entry]) => [type, asNode(entry)['schema']]));
}

function serverPath(servers: unknown): string {
  const url = asNode(asList(servers)[0])['url'];
  return typeof url === 'string' ? new URL(url).pathname.replace(/\/$/, '') : '';
}

function asNode(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

import { listOf, type Node, nodeOf, textOf } from './node.js';
import type { DescribedOperation } from './operations-of.js';
import type { Description } from './read-description.js';
import { block, key, literal, type SchemaTexts } from './schema-text.js';

/** What the kit sends by itself. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['authorization', 'accept', 'content-type', 'idempotency-key']);
const SAFETY = { get: 'safe', put: 'idempotent', delete: 'idempotent', post: 'unsafe', patch: 'unsafe' } as const;

/** One operation as an entry of the record of operations. */
export function declarationText(description: Description, described: DescribedOperation, texts: SchemaTexts): string {
  const { id, method, path, summary, parameters, operation } = described;
  const server = serverOf(described.servers)?.path ?? '';
  const body = bodyOf(description, operation);
  const answer = answerOf(description, operation);
  const keyed = parameters.some((one) => named(one) === 'idempotency-key');
  const schemas = [
    shape('query', queryMembers(description, described, texts)),
    shape('headers', headerMembers(parameters, texts)),
    body && `body: ${texts.textOf(body.schema, 'sent')}${body.required ? '' : '.optional()'}`,
    answer.schema !== undefined && `response: ${texts.textOf(answer.schema, 'received')}`,
  ].filter((text) => typeof text === 'string');
  const members = [
    `method: '${method.toUpperCase()}'`,
    server !== '' && `server: ${literal(server)}`,
    `path: ${literal(path)}`,
    `answer: '${answer.kind}'`,
    `repeat: '${SAFETY[method]}'`,
    keyed && `keyHeader: 'Idempotency-Key'`,
    answer.status !== null && method !== 'get' && `status: ${answer.status}`,
    `lane: 'account'`,
    body?.form && `encoding: 'form'`,
    Array.isArray(operation['security']) && operation['security'].length === 0 && 'auth: false',
    `schemas: (${schemas.length === 0 ? '' : 'z'}) => (${block(schemas)})`,
  ].filter((text) => typeof text === 'string');
  const comment = summary === null ? '' : `/** ${oneLine(summary)} */\n`;
  return `${comment}${key(id)}: operation(${block(members)}),`;
}

function shape(name: string, members: readonly string[]): string | null {
  return members.length === 0 ? null : `${name}: ${block(members)}`;
}

const named = (parameter: Node): string => String(parameter['name']).toLowerCase();

/** The input is flat, so a name that stands in the path is not taken twice. */
function queryMembers(
  description: Description,
  { path, parameters }: DescribedOperation,
  texts: SchemaTexts,
): readonly string[] {
  const inPath = new Set([...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]));
  return parameters
    .filter((one) => one['in'] === 'query' && !inPath.has(String(one['name'])))
    .flatMap((one) => flat(description, String(one['name']), one['schema'], one['required'] === true, texts));
}

/** Objects in a query are written `filter[name]`, member by member (style deepObject). */
function flat(
  description: Description,
  name: string,
  schema: unknown,
  required: boolean,
  texts: SchemaTexts,
): readonly string[] {
  const resolved = description.resolved(schema);
  const properties = Object.entries(nodeOf(resolved['properties']));
  if (properties.length > 0)
    return properties.flatMap(([member, inner]) => flat(description, `${name}[${member}]`, inner, false, texts));
  const text = schema === undefined ? 'z.string()' : texts.textOf(schema, 'sent');
  return [`${key(name)}: ${text}${required ? '' : '.optional()'}`];
}

function headerMembers(parameters: readonly Node[], texts: SchemaTexts): readonly string[] {
  return parameters
    .filter((one) => one['in'] === 'header' && !OWN_HEADERS.has(named(one)))
    .map((one) => {
      const text = one['schema'] === undefined ? 'z.string()' : texts.textOf(one['schema'], 'sent');
      return `${key(String(one['name']))}: ${text}${one['required'] === true ? '' : '.optional()'}`;
    });
}

function bodyOf({ resolved }: Description, operation: Node) {
  const body = resolved(operation['requestBody']);
  const content = nodeOf(body['content']);
  const types = Object.keys(content);
  const type = types.find(isJson) ?? types.find((one) => one === 'application/x-www-form-urlencoded');
  if (type === undefined) return null;
  return {
    schema: nodeOf(content[type])['schema'],
    required: body['required'] === true,
    form: type === 'application/x-www-form-urlencoded',
  };
}

// Some generators say `*/*` for JSON.
function isJson(type: string): boolean {
  return /\bjson\b/.test(type) || type === '*/*';
}

interface DescribedAnswer {
  readonly kind: 'json' | 'none' | 'text-stream';
  readonly schema?: unknown;
  /** The one status of success, where there is one. */
  readonly status: number | null;
}

function answerOf({ resolved }: Description, operation: Node): DescribedAnswer {
  const good = Object.entries(nodeOf(operation['responses'])).filter(([status]) => /^2\d\d$/.test(status));
  const status = good.length === 1 ? Number(good[0]?.[0]) : null;
  const contents = good.map(([, response]) => nodeOf(resolved(response)['content']));
  for (const content of contents)
    for (const [type, media] of Object.entries(content)) {
      const { schema } = nodeOf(media);
      if (isJson(type) && schema !== undefined) return { kind: 'json', schema, status };
      if (/^text\/(?:csv|plain)/.test(type)) return { kind: 'text-stream', status };
    }
  return { kind: 'none', status };
}

function oneLine(summary: string): string {
  return summary.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ').trim();
}

/** Where the first server is: scheme and host, and the path behind them. `null` without an absolute https address. */
export function serverOf(servers: unknown): { readonly origin: string; readonly path: string } | null {
  const url = textOf(nodeOf(listOf(servers)[0])['url']);
  if (url === null || !URL.canParse(url) || url.includes('{')) return null;
  const { protocol, origin, pathname } = new URL(url);
  return protocol === 'https:' ? { origin, path: pathname.replace(/\/+$/, '') } : null;
}

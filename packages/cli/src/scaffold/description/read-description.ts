import { readFile } from 'node:fs/promises';
import { inputError } from '@carrierkit/core';
import { parseDocument } from 'yaml';
import { isNode, type Node, nodeOf } from './node.js';

/** An OpenAPI description (3.0 or 3.1), with its references followed. */
export interface Description {
  readonly document: Node;
  /** What a reference within the document means; anything else is itself. */
  readonly resolved: (value: unknown) => Node;
}

/** References to references to references: more of them lead in a circle. */
const LONGEST_CHAIN = 20;

/** @throws `input` when the file cannot be read or is no OpenAPI 3 description */
export async function readDescription(file: string): Promise<Description> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw inputError('--description', `${file} cannot be read`);
  });
  return parseDescription(text);
}

/** JSON is YAML. @throws `input` */
export function parseDescription(text: string): Description {
  const parsed = parseDocument(text, { logLevel: 'silent' });
  const document: unknown = parsed.errors.length === 0 ? parsed.toJS({ maxAliasCount: 10_000 }) : null;
  if (!isNode(document) || !/^3\.\d/.test(String(document['openapi'])))
    throw inputError(
      '--description',
      'expected an OpenAPI 3 description, in YAML or JSON; one of Swagger 2.0 has to be converted first',
    );
  return { document, resolved: (value) => follow(document, value) };
}

function follow(document: Node, value: unknown): Node {
  let node = nodeOf(value);
  for (let steps = 0; typeof node['$ref'] === 'string'; steps++) {
    const target = node['$ref'];
    if (steps > LONGEST_CHAIN || !target.startsWith('#/'))
      throw inputError('--description', `'${target}' cannot be followed; bundle the description into one file first`);
    node = nodeOf(at(document, target));
  }
  return node;
}

/** RFC 6901. */
function at(document: Node, pointer: string): unknown {
  const names = pointer.slice(2).split('/');
  return names.reduce<unknown>((node, name) => {
    const key = decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
    return isNode(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }, document);
}

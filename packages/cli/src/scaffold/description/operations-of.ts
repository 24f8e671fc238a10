import { listOf, type Node, nodeOf, textOf } from './node.js';
import type { Description } from './read-description.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** One operation of a description, its references followed. */
export interface DescribedOperation {
  readonly id: string;
  readonly method: (typeof METHODS)[number];
  readonly path: string;
  readonly summary: string | null;
  readonly parameters: readonly Node[];
  /** Its own, else those of its path, else those of the whole description. */
  readonly servers: unknown;
  readonly operation: Node;
}

/** Those whose path begins with one of `prefixes`; every one without any. Names are the operationIds; one that has none is named by method and path. */
export function operationsOf(description: Description, prefixes: readonly string[]): readonly DescribedOperation[] {
  const { document, resolved } = description;
  const ids = new Set<string>();
  const paths = Object.entries(nodeOf(document['paths'])).filter(
    ([path]) => prefixes.length === 0 || prefixes.some((prefix) => path.startsWith(prefix)),
  );
  return paths.flatMap(([path, value]) => {
    const item = resolved(value);
    return METHODS.filter((method) => item[method] !== undefined).map((method) => {
      const operation = nodeOf(item[method]);
      return {
        id: unique(textOf(operation['operationId']) ?? nameOf(method, path), ids),
        method,
        path,
        summary: textOf(operation['summary']),
        parameters: parametersOf(description, item, operation),
        servers: operation['servers'] ?? item['servers'] ?? document['servers'],
        operation,
      };
    });
  });
}

/** An operation's own parameter stands in the place of its path's. */
function parametersOf({ resolved }: Description, item: Node, operation: Node): readonly Node[] {
  const all = [...listOf(item['parameters']), ...listOf(operation['parameters'])].map(resolved);
  return [...new Map(all.map((one) => [`${String(one['in'])} ${String(one['name'])}`, one])).values()];
}

function unique(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number++) id = `${wanted}_${number}`;
  taken.add(id);
  return id;
}

/** `getSimsById` */
function nameOf(method: string, path: string): string {
  const words = path
    .replaceAll('{', 'by ')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

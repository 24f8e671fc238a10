import type { OpenApiDocument } from '@carrierkit/vendor-apis';
import { describedOperations, resolve } from '../../framework/description.js';

const byDocument = new WeakMap<OpenApiDocument, ReadonlyMap<string, readonly string[]>>();

/** The members that the operation's body must have: what is missing from a body that is not there at all. */
export function requiredMembers(document: OpenApiDocument, operationId: string): readonly string[] {
  const known = byDocument.get(document) ?? collect(document);
  byDocument.set(document, known);
  return known.get(operationId) ?? [];
}

function collect(document: OpenApiDocument): ReadonlyMap<string, readonly string[]> {
  return new Map(
    describedOperations(document).map(({ operationId, requestBody }) => {
      const schema = resolve(document, requestBody?.schemas.get('application/json'));
      return [operationId, (schema['required'] ?? []) as readonly string[]];
    }),
  );
}

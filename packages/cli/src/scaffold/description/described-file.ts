import { inputError } from '@carrierkit/core';
import type { NewFile } from '../template-files.js';
import { declarationText, serverOf } from './declaration-text.js';
import { operationsOf } from './operations-of.js';
import type { Description } from './read-description.js';
import { SchemaTexts } from './schema-text.js';

/** A description as the declarations of its operations. */
export interface Described {
  readonly file: NewFile;
  readonly operations: number;
  /** Scheme and host of the vendor, where the description tells them. */
  readonly origin: string | null;
}

/** @throws `input` when no operation is wanted */
export function describedFile(description: Description, prefixes: readonly string[]): Described {
  const operations = operationsOf(description, prefixes);
  if (operations.length === 0)
    throw inputError(
      prefixes.length === 0 ? '--description' : '--only',
      `the description has no operation${prefixes.length === 0 ? '' : ` whose path begins with ${prefixes.join(' or ')}`}`,
    );
  const texts = new SchemaTexts(description);
  const entries = operations.map((operation) => declarationText(description, operation, texts));
  const usesZod = texts.functions.length > 0;
  const text = `// Written once from the vendor's description. What a port uses is better declared by hand, with the members that are mapped.
// POST and PATCH are 'unsafe', PUT and DELETE 'idempotent' as HTTP says (RFC 9110): correct what your vendor promises.
import { operation${usesZod ? ', type Zod' : ''} } from '@carrierkit/adapter-kit';

${texts.functions.map((one) => `${one}\n\n`).join('')}/** What the vendor's description tells. */
export const describedOperations = {
${entries.map((entry) => `  ${entry.replaceAll('\n', '\n  ')}`).join('\n\n')}
};
`;
  return {
    file: { path: 'src/operations/described.ts', text },
    operations: operations.length,
    origin: serverOf(description.document['servers'])?.origin ?? null,
  };
}

import type { Reply } from '@carrierkit/adapter-kit';
import { type CallOptions, type ErrorInfo, type Provider, toErrorInfo } from '@carrierkit/core';
import type { DescribedOperation, OpenApiDocument } from '@carrierkit/vendor-apis';

/** One live answer, or why there is none. */
export type Probe = { readonly operationId: string } & (
  | { readonly reply: Reply<unknown>; readonly sentAt: number; readonly receivedAt: number; readonly error: null }
  | { readonly reply: null; readonly error: ErrorInfo }
);

type VendorCall = (input: unknown, options: CallOptions) => Promise<Reply<unknown>>;

/** Enough to see the shape of an answer; nobody's month is read for it. */
const ITEMS = 5;
const PAGE_SIZE = /^(per_page|limit)$/;

/** Makes every read of the vendor's that needs no input, one after the other: a fleet has other things to do with its allowance. */
export async function* probe(
  { id, client }: Provider,
  document: OpenApiDocument,
  described: readonly DescribedOperation[],
  { now, signal }: { readonly now: () => number; readonly signal: AbortSignal },
): AsyncGenerator<Probe> {
  const calls = client as Readonly<Record<string, VendorCall>>;
  for (const operation of described) {
    const { operationId } = operation;
    const call = calls[operationId];
    const input = inputOf(document, operation);
    if (call === undefined || input === null) continue;
    const sentAt = now();
    try {
      const reply = await call(input, { signal });
      yield { operationId, reply, sentAt, receivedAt: now(), error: null };
    } catch (error) {
      signal.throwIfAborted();
      yield { operationId, reply: null, error: toErrorInfo(error, { provider: id }) };
    }
  }
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly required?: boolean;
}

/** `null`: not a read, or one that asks for something that only the user knows. */
function inputOf(document: OpenApiDocument, { method, path, operation }: DescribedOperation): object | null {
  if (method !== 'GET') return null;
  // What a description holds under `parameters` is fixed by OpenAPI 3.1.
  const listed = [document.paths[path]?.['parameters'], operation['parameters']] as (Parameter[] | undefined)[];
  const parameters = listed.flatMap((list = []) => list).map((parameter) => resolved(document, parameter));
  if (parameters.some(({ required }) => required === true)) return null;
  const size = parameters.find(({ name }) => PAGE_SIZE.test(name));
  return size === undefined ? {} : { [size.name]: ITEMS };
}

function resolved(document: OpenApiDocument, parameter: Parameter): Parameter {
  const name = parameter.$ref?.split('/').at(-1);
  return name === undefined ? parameter : (document.components?.['parameters']?.[name] as Parameter);
}

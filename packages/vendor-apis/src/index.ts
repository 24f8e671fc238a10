import { readFileSync } from 'node:fs';

/** The vendors whose APIs are described here. */
export type VendorName = 'truphone' | 'emnify' | 'subscriptions';
/** All of them. */
export const vendorNames: readonly VendorName[] = ['truphone', 'emnify', 'subscriptions'];

/** A parsed OpenAPI 3.1 document; extension members (`x-source`, `x-path-source`, …) tell how sure each fact is. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
/** What a description holds under one path: operations by method, and what they share. */
export type PathItem = Readonly<Record<string, unknown>>;

/** One documented operation, as its place in the description tells it. */
export interface DescribedOperation {
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** As in the description, braces included, server path not included. */
  readonly path: string;
  /** The operation object itself. */
  readonly operation: Readonly<Record<string, unknown>>;
}

const folder = new URL('../dist/', import.meta.url);

/** The vendor's description, freshly parsed on every call: the caller may change it. */
export function description(vendor: VendorName): OpenApiDocument {
  return JSON.parse(readFileSync(new URL(`${vendor}.openapi.json`, folder), 'utf8')) as OpenApiDocument;
}

/** The working notes of the vendor (Markdown): facts, their sources, traps. */
export function notes(vendor: VendorName): string {
  return readFileSync(new URL(`${vendor}.notes.md`, folder), 'utf8');
}

const methods = ['get', 'post', 'patch', 'put', 'delete'] as const;

/** Every operation of a description, in its order. */
export function operations(document: OpenApiDocument): readonly DescribedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method] as DescribedOperation['operation'] | undefined;
      if (operation === undefined) return [];
      const operationId = String(operation['operationId']);
      return [{ operationId, method: method.toUpperCase() as DescribedOperation['method'], path, operation }];
    }),
  );
}

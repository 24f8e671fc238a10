import type { z } from 'zod';

/**
 * What may be done when a reply is lost.
 * - `safe`: nothing changes at the vendor (reads, and POSTs that only build a report): repeated at will.
 * - `idempotent`: doing it twice is doing it once: repeated as it was.
 * - `keyed`: the vendor recognises a repeated call by its idempotency key: repeated with the same key while the key lives.
 * - `unsafe`: doing it twice may have two effects: never repeated unless it certainly did not reach the vendor.
 */
export type RepeatSafety = 'safe' | 'idempotent' | 'keyed' | 'unsafe';

/**
 * - `json`: parsed losslessly and checked.
 * - `none`: never parsed (204, an empty 202, `{}` on creates, text/html).
 * - `text-stream`: handed on as it arrives, never buffered (report downloads of gigabytes).
 */
export type Answer = 'json' | 'none' | 'text-stream';

/** What schemas are built with. */
export type Zod = typeof z;

type Shape = Readonly<Record<string, z.ZodType>>;

/** What goes into a call and comes out of it; members are spelled as the vendor spells them. */
export interface Schemas {
  readonly query?: Shape;
  readonly headers?: Shape;
  readonly body?: z.ZodType;
  readonly response?: z.ZodType;
}

/** `/sims/{iccid}/cdrs/{cdr_id}/` -> 'iccid' | 'cdr_id' */
export type PathParams<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParams<Rest>
  : never;

/**
 * One vendor operation, declared once; typed client, command line and coverage derive from it.
 * Its key in the operations record is the operationId of the vendor's description.
 */
export interface Declaration<P extends string = string, S extends Schemas = Schemas, A extends Answer = Answer> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** As in the vendor's description, braces included. */
  readonly path: P;
  readonly answer: A;
  readonly repeat: RepeatSafety;
  /** The documented status of success. With another 2xx nobody can say what was done: the effect is unknown. Left out: any 2xx is success. */
  readonly status?: number;
  /** The rate lane in which the call waits; its buckets are declared with the client. */
  readonly lane: string;
  /** How a collection is walked; left out where one answer is the whole. */
  readonly paging?: 'numbered' | 'cursor';
  /** Behind a function that is given zod: neither is loaded or built before the first call of the operation, so importing an adapter stays cheap. */
  readonly schemas: (z: Zod) => S;
  readonly encoding?: 'json' | 'form';
  /** Header that carries the idempotency key. Sent wherever it is declared; only `repeat: 'keyed'` relies on it. */
  readonly keyHeader?: string;
  /** `false`: the call carries no credentials (sign-in). */
  readonly auth?: false;
  /** Path part of the vendor's server: '' (default) or for example '/enterprise'. `baseUrl` replaces scheme and host only. */
  readonly server?: string;
  readonly basis?: 'documented' | 'undocumented';
}

/** All operations of an adapter by the operationId of the vendor's description. */
export type Operations = Readonly<Record<string, Declaration>>;

/** Keeps path, schemas and answer as literal types, so that the client can be derived from the declaration. */
export const operation = <const P extends string, const S extends Schemas, const A extends Answer>(
  declaration: Declaration<P, S, A>,
): Declaration<P, S, A> => declaration;

import type { WriteOptions } from '@carrierkit/core';
import type { z } from 'zod';
import type { HeadersView } from '../http/headers.js';
import type { Declaration, PathParams } from './declaration.js';

type Flat<T> = { [K in keyof T]: T[K] } & {};
type Shape = Readonly<Record<string, z.ZodType>>;
type Fields<T> = T extends Shape ? z.input<z.ZodObject<{ -readonly [K in keyof T]: T[K] }>> : unknown;
type BodyInput<S> = S extends { readonly body: infer B extends z.ZodType } ? { readonly body: z.input<B> } : unknown;

/** One flat input: path, query and header names as the vendor spells them, plus `body`. */
export type InputOf<D> =
  D extends Declaration<infer P, infer S>
    ? Flat<
        { readonly [K in PathParams<P>]: string | number } & Fields<S['query']> & Fields<S['headers']> & BodyInput<S>
      >
    : never;

/** What `reply.data` is. */
export type DataOf<D> =
  D extends Declaration<string, infer S, infer A>
    ? A extends 'none'
      ? null
      : A extends 'text-stream'
        ? AsyncIterable<string>
        : S extends { readonly response: infer R extends z.ZodType }
          ? z.output<R>
          : null
    : never;

/** The vendor's answer: data, status, and its headers by name in any case. */
export interface Reply<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: HeadersView;
}

type Args<I, O> = Record<never, never> extends I ? [input?: I, options?: O] : [input: I, options?: O];

/** Every declared operation as a typed call; one without required input may be called with nothing. */
export type Client<Ops> = {
  readonly [K in keyof Ops]: (...args: Args<InputOf<Ops[K]>, WriteOptions>) => Promise<Reply<DataOf<Ops[K]>>>;
};

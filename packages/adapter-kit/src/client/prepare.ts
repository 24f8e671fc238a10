import { createHash } from 'node:crypto';
import { ConnectivityError, type Json, type ProviderId } from '@carrierkit/core';
import { z } from 'zod';
import { fillPath, type Origin, queryText } from '../http/origin.js';
import type { Declaration, Schemas } from '../operations/declaration.js';

/** A checked input, ready to be sent as often as needed. */
export interface Prepared {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly bodyValue: unknown;
  readonly response: z.ZodType | undefined;
}

interface Checker {
  readonly schemas: Schemas;
  readonly pathNames: readonly string[];
  readonly input: z.ZodType<Record<string, unknown>>;
}

/** Built with the first call of an operation, then kept. */
const checkers = new WeakMap<Declaration, Checker>();

function checkerOf(declaration: Declaration): Checker {
  let checker = checkers.get(declaration);
  if (checker === undefined) {
    const schemas = declaration.schemas();
    const pathNames = [...declaration.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] as string);
    const input = z.strictObject({
      ...Object.fromEntries(pathNames.map((name) => [name, z.union([z.string().min(1), z.int()])])),
      ...schemas.query,
      ...schemas.headers,
      ...(schemas.body && { body: schemas.body }),
    });
    checker = { schemas, pathNames, input };
    checkers.set(declaration, checker);
  }
  return checker;
}

/** Checks the input against the declaration and makes the request of it. Throws `input` errors that name each wrong member. */
export function prepare(
  provider: ProviderId,
  operation: string,
  declaration: Declaration,
  input: unknown,
  origin: Origin,
): Prepared {
  const { schemas, pathNames, input: schema } = checkerOf(declaration);
  const checked = schema.safeParse(input ?? {});
  if (!checked.success) throw inputError(provider, operation, checked.error);
  const values = checked.data;
  const taken = (shape: Schemas['query']) => Object.keys(shape ?? {}).map((name) => [name, values[name]] as const);
  const path = fillPath(declaration.path, Object.fromEntries(pathNames.map((name) => [name, values[name]])));
  const body = values['body'];
  return {
    url: `${origin.origin}${origin.prefix}${declaration.server ?? ''}${path}${queryText(taken(schemas.query))}`,
    headers: Object.fromEntries(
      taken(schemas.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ),
    body: body === undefined ? undefined : encode(body, declaration.encoding ?? 'json'),
    bodyValue: body,
    response: schemas.response,
  };
}

function encode(body: unknown, encoding: 'json' | 'form'): string {
  if (encoding === 'json') return JSON.stringify(body);
  const members = Object.entries(body as Record<string, unknown>).filter(([, value]) => value !== undefined);
  return new URLSearchParams(Object.fromEntries(members.map(([name, value]) => [name, String(value)]))).toString();
}

function inputError(provider: ProviderId, operation: string, error: z.ZodError): ConnectivityError<'input'> {
  const issues = error.issues.map((issue) => ({ path: issue.path.join('.') || 'input', message: issue.message }));
  const text = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new ConnectivityError('input', `${operation}: ${text}`, { provider, operation, details: { issues } });
}

/** The idempotency key: the same intent, operation and content give the same key, so a retry is recognised and an equal call made on purpose is not. */
export function idempotencyKey(intent: string, operation: string, prepared: Prepared): string {
  const content = JSON.stringify([intent, operation, prepared.url, canonical(prepared.bodyValue as Json | undefined)]);
  return createHash('sha256').update(content).digest('hex').slice(0, 40);
}

/** Members in one order, so that the key does not depend on how the caller wrote the object. */
function canonical(value: Json | undefined): Json {
  if (value === undefined || value === null || typeof value !== 'object') return value ?? null;
  if (Array.isArray(value)) return value.map(canonical);
  const members = Object.entries(value as Readonly<Record<string, Json>>).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, canonical(member)]));
}

import { createHash } from 'node:crypto';
import { ConnectivityError, type ProviderId } from '@carrierkit/core';
import { z } from 'zod';
import { headerText } from '../http/headers.js';
import { fillPath, type Origin, queryText } from '../http/origin.js';
import type { Declaration, Schemas } from '../operations/declaration.js';

/** A checked input, ready to be sent as often as needed. */
export interface Prepared {
  readonly url: string;
  /** The URL behind the configured base: what is asked for, wherever the vendor is reached. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly bodyValue: unknown;
  /** Everything the caller passed, checked. */
  readonly values: Readonly<Record<string, unknown>>;
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
    const schemas = declaration.schemas(z);
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
  const target = `${declaration.server ?? ''}${path}${queryText(taken(schemas.query))}`;
  return {
    url: `${origin.origin}${origin.prefix}${target}`,
    target,
    headers: Object.fromEntries(
      taken(schemas.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, headerText(name, value)]])),
    ),
    body: body === undefined ? undefined : encode(body, declaration.encoding ?? 'json'),
    bodyValue: body,
    values,
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
export function idempotencyKey(intent: string, operation: string, { target, bodyValue }: Prepared): string {
  const content = JSON.stringify([intent, operation, target, bodyValue], (_, value: unknown) => inOneOrder(value));
  return createHash('sha256').update(content).digest('hex').slice(0, 40);
}

/** Members in one order, so that the key does not depend on how the caller wrote the object. */
function inOneOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

import { compileFunction } from 'node:vm';
import { operations as emnify } from '@carrierkit/adapter-emnify';
import { operations as subscriptions } from '@carrierkit/adapter-subscriptions';
import { operations as truphone } from '@carrierkit/adapter-truphone';
import { operations as listed, description as published, type VendorName, vendorNames } from '@carrierkit/vendor-apis';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describedFile } from '../src/scaffold/description/described-file.js';
import { parseDescription } from '../src/scaffold/description/read-description.js';
import { SchemaTexts } from '../src/scaffold/description/schema-text.js';

interface Declared {
  readonly method: string;
  readonly path: string;
  readonly server?: string;
  readonly answer: string;
  readonly repeat: string;
  readonly auth?: false;
  readonly encoding?: string;
  readonly keyHeader?: string;
  readonly status?: number;
  readonly schemas: (zod: typeof z) => {
    readonly query?: Readonly<Record<string, z.ZodType>>;
    readonly headers?: Readonly<Record<string, z.ZodType>>;
    readonly body?: z.ZodType;
    readonly response?: z.ZodType;
  };
}

/** The written file as what it declares: its types taken off, and run. */
function run(text: string): Readonly<Record<string, Declared>> {
  const script = text
    .replace(/^import .*$/gm, '')
    .replaceAll('(z: Zod)', '(z)')
    .replace('export const describedOperations =', 'return');
  // The file is what is tested here, so it has to run.
  return compileFunction(script, ['operation'])((declaration: Declared) => declaration) as ReturnType<typeof run>;
}

const declared = (document: object, prefixes: readonly string[] = []) =>
  run(describedFile(parseDescription(JSON.stringify(document)), prefixes).file.text);

const byHand: Readonly<Record<VendorName, Readonly<Record<string, object>>>> = { truphone, emnify, subscriptions };

describe.each(vendorNames)('the description of %s', (vendor) => {
  const document = published(vendor);
  const written = declared(document);

  it('has every operation declared, and its schemas can be built', () => {
    expect(Object.keys(written).toSorted()).toEqual(
      listed(document)
        .map(({ operationId }) => operationId)
        .toSorted(),
    );
    for (const [id, { schemas }] of Object.entries(written)) expect(() => schemas(z), id).not.toThrow();
  });

  it('leads to the calls that were declared by hand', () => {
    const place = ({ method, path, server = '', auth, encoding }: Declared) => ({
      method,
      url: server + path,
      auth,
      encoding,
    });
    for (const [id, own] of Object.entries(byHand[vendor]))
      expect(place(written[id]!), id).toEqual(place(own as Declared));
  });
});

const minimal = { openapi: '3.1.0', info: {}, servers: [{ url: 'https://api.acme.example/v2/' }] };
const ok = (schema: object) => ({ 200: { content: { 'application/json': { schema } } } });

it('reads parameters, bodies and answers of either version of OpenAPI', () => {
  const {
    list,
    change,
    remove,
    'get.raw': raw,
    getLogsBySimId,
  } = declared({
    ...minimal,
    components: {
      parameters: { Size: { name: 'page[size]', in: 'query', schema: { type: 'integer', maximum: 250 } } },
      schemas: {
        Sim: {
          allOf: [
            { $ref: '#/components/schemas/Named' },
            {
              type: 'object',
              properties: { parent: { $ref: '#/components/schemas/Sim' }, state: { enum: ['on', 'off'] } },
            },
          ],
        },
        Named: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string', nullable: true, maxLength: 5 } },
        },
      },
    },
    paths: {
      '/sims': {
        parameters: [{ $ref: '#/components/parameters/Size' }],
        get: {
          operationId: 'list',
          parameters: [
            {
              name: 'filter',
              in: 'query',
              style: 'deepObject',
              schema: {
                type: 'object',
                properties: {
                  iccid: { type: 'string' },
                  at: { type: 'object', properties: { gte: { type: 'string' } } },
                },
              },
            },
          ],
          responses: ok({ type: 'array', items: { $ref: '#/components/schemas/Sim' } }),
        },
      },
      '/sims/{id}': {
        patch: {
          operationId: 'change',
          parameters: [
            { name: 'id', in: 'query', schema: { type: 'string' } },
            { name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } },
            { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' } },
          ],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Sim' } } },
          },
          responses: { 202: { description: 'later' } },
        },
        delete: { operationId: 'remove', security: [], responses: { 200: {}, 204: {} } },
      },
      '/raw': { get: { operationId: 'get.raw', responses: { 200: { content: { 'text/csv': {} } } } } },
      '/logs/{sim_id}': { get: { responses: {} } },
    },
  });
  expect(Object.keys(list!.schemas(z).query ?? {})).toEqual(['page[size]', 'filter[iccid]', 'filter[at][gte]']);
  expect(list).toMatchObject({ method: 'GET', server: '/v2', path: '/sims', answer: 'json', repeat: 'safe' });
  const answered = [{ name: null, parent: { anything: 1 }, state: 'a new word', more: true }];
  expect(list!.schemas(z).response?.safeParse(answered).success).toBe(true);

  const { body, headers, query } = change!.schemas(z);
  expect(change).toMatchObject({ repeat: 'unsafe', keyHeader: 'Idempotency-Key', status: 202, answer: 'none' });
  expect([query, Object.keys(headers ?? {})]).toEqual([undefined, ['X-Trace']]);
  const accepts = (value: unknown) => body?.safeParse(value).success;
  expect([{ name: 'n' }, { name: null }, { name: 'n', state: 'on' }].map(accepts)).toEqual([true, true, true]);
  expect([{}, { name: 'too long' }, { name: 'n', state: 'new' }, { name: 'n', typo: 1 }].map(accepts)).toEqual([
    false,
    false,
    false,
    false,
  ]);

  expect(remove).toMatchObject({ repeat: 'idempotent', auth: false, answer: 'none' });
  expect(remove).not.toHaveProperty('status');
  expect(raw?.answer).toBe('text-stream');
  expect(getLogsBySimId?.path).toBe('/logs/{sim_id}');
});

it.each<[string, object, readonly unknown[], readonly unknown[]]>([
  ['a wrapped reference', { allOf: [{ $ref: '#/components/schemas/Word' }], nullable: true }, ['on', null], ['off', 1]],
  ['parts of two kinds', { allOf: [{ $ref: '#/components/schemas/Word' }, { description: 'd' }] }, ['on'], []],
  [
    'members beside variants',
    {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string' } },
      oneOf: [{ required: ['b'] }, { required: ['c'] }],
    },
    [{ a: 'x', b: 1 }, { a: 'x' }],
    [{ b: 1 }],
  ],
  [
    'variants alone',
    { oneOf: [{ type: 'string' }, { $ref: '#/components/schemas/Word' }, { type: 'boolean' }] },
    ['x', true],
    [1],
  ],
  ['a map', { type: 'object', additionalProperties: { type: 'integer' } }, [{ a: 1 }, {}], [{ a: 'x' }]],
  ['no members told', { type: 'object' }, [{ a: 1 }], ['x']],
  ['a list of lists', { $ref: '#/components/schemas/Tree' }, [[], [1]], ['x']],
  ['a word or nothing', { enum: ['on', null] }, ['on', null], ['off']],
  ['numbers as words', { enum: [1, 2] }, [1], [3, '1']],
])('writes %s', (_, schema, good, bad) => {
  const components = {
    schemas: { Word: { enum: ['on'] }, Tree: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
  };
  const texts = new SchemaTexts(parseDescription(JSON.stringify({ ...minimal, components })));
  const built = compileFunction(`return ${texts.textOf(schema, 'sent')}`, ['z'])(z) as z.ZodType;
  for (const value of good) expect(built.safeParse(value).success, JSON.stringify(value)).toBe(true);
  for (const value of bad) expect(built.safeParse(value).success, JSON.stringify(value)).toBe(false);
});

it('keeps apart what is sent and what comes back, and components whose names are alike', () => {
  const text = { type: 'string' };
  const schemas = {
    'Sim-Card': {
      type: 'object',
      properties: { id: { ...text, readOnly: true }, pin: { ...text, writeOnly: true }, label: text },
    },
    SimCard: { type: 'object', properties: { other: text } },
    '3gpp/Cell': { allOf: [{ $ref: '#/components/schemas/3gpp~1Cell' }], properties: { mcc: text } },
  };
  const body = (name: string) => ({
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
  });
  const paths = {
    '/a': { put: { operationId: 'a', requestBody: body('Sim-Card'), responses: { 201: body('Sim-Card') } } },
    '/b': { put: { operationId: 'b', requestBody: body('SimCard') } },
    '/c': { put: { operationId: 'c', requestBody: body('3gpp~1Cell') } },
    '/d': { get: { operationId: 'd', responses: { 200: {} } } },
  };
  const { a, b, c, d } = declared({ ...minimal, components: { schemas }, paths });
  const members = (schema: z.ZodType | undefined) => Object.keys((schema as z.ZodOptional<z.ZodObject>).unwrap().shape);
  expect(members(a?.schemas(z).body)).toEqual(['pin', 'label']);
  expect(Object.keys((a!.schemas(z).response as z.ZodObject).shape)).toEqual(['id', 'label']);
  expect(members(b?.schemas(z).body)).toEqual(['other']);
  expect(members(c?.schemas(z).body)).toEqual(['mcc']);
  // A read may be answered otherwise than told: nothing hangs on it.
  expect([a?.status, d?.status]).toEqual([201, undefined]);
});

it.each([
  ['https://api.acme.example/v2/', 'https://api.acme.example'],
  ['http://api.acme.example/v2', null],
  ['/v2', null],
  ['https://{region}.acme.example', null],
])('takes the server %s for the origin %s', (url, origin) => {
  const paths = { '/sims': { get: {} } };
  const description = parseDescription(JSON.stringify({ ...minimal, servers: [{ url }], paths }));
  expect(describedFile(description, []).origin).toBe(origin);
});

it('takes an answer of any type for JSON where it has a schema', () => {
  const responses = { 200: { content: { '*/*': { schema: { type: 'boolean' } } } } };
  const { list } = declared({ ...minimal, paths: { '/sims': { get: { operationId: 'list', responses } } } });
  expect(list?.answer).toBe('json');
  expect(list?.schemas(z).response?.safeParse(true).success).toBe(true);
});

it('takes only the paths that were asked for', () => {
  const paths = {
    '/sims': { get: { operationId: 'a' } },
    '/faxes': { get: { operationId: 'b' }, post: { operationId: 'a' } },
  };
  expect(Object.keys(declared({ ...minimal, paths }, ['/si']))).toEqual(['a']);
  expect(Object.keys(declared({ ...minimal, paths }))).toEqual(['a', 'b', 'a_2']);
  expect(() => declared({ ...minimal, paths }, ['/calls'])).toThrow('--only');
  expect(() => declared(minimal)).toThrow('--description');
});

it.each(['', 'swagger: "2.0"', '{', '- 1', 'openapi: 4.0.0'])('does not take %j for a description', (text) => {
  expect(() => parseDescription(text)).toThrow('--description: expected an OpenAPI 3 description');
});

it.each(['other.yaml#/Sim', '#/components/schemas/Loop'])('says that %s cannot be followed', ($ref) => {
  const components = { schemas: { Loop: { $ref: '#/components/schemas/Loop' } } };
  const paths = { '/sims': { get: { responses: ok({ $ref }) } } };
  expect(() => declared({ ...minimal, components, paths })).toThrow('cannot be followed');
});

it('lets no text of a description become code', () => {
  const evil = "'); globalThis.evil = 1; ('*/ `${1}` \u2028";
  const schema = {
    type: 'object',
    required: [evil],
    properties: { [evil]: { enum: [evil] }, ['__proto__']: { type: 'string' } },
  };
  const paths = {
    [`/${evil}`]: {
      put: { operationId: evil, summary: evil, requestBody: { content: { 'application/json': { schema } } } },
    },
  };
  const written = declared({ ...minimal, paths });
  expect(Object.keys(written)).toEqual([evil]);
  const { body } = written[evil]!.schemas(z);
  expect(body?.safeParse({ [evil]: evil, ['__proto__']: 'x' }).success).toBe(true);
  expect(body?.safeParse({ [evil]: evil }).success).toBe(true);
  expect(globalThis).not.toHaveProperty('evil');
});

/** A schema, and a value that fits it. */
const { sample } = fc.letrec<{ sample: { schema: object; value: unknown } }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 4 },
    fc.string({ maxLength: 9 }).map((value) => ({ schema: { type: 'string', maxLength: 9 }, value })),
    fc.integer().map((value) => ({ schema: { type: 'integer', minimum: value }, value })),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({ schema: { type: 'number' }, value })),
    fc.boolean().map((value) => ({ schema: { type: 'boolean' }, value })),
    fc.constant({ schema: { type: ['string', 'null'] }, value: null }),
    fc
      .uniqueArray(fc.string(), { minLength: 1, maxLength: 4 })
      .map((words) => ({ schema: { enum: words }, value: words[0] })),
    tie('sample').map(({ schema, value }) => ({ schema: { type: 'array', items: schema }, value: [value, value] })),
    tie('sample').map(({ schema, value }) => ({ schema: { oneOf: [schema, { type: 'null' }] }, value })),
    fc.dictionary(fc.string(), tie('sample'), { minKeys: 1, maxKeys: 4 }).map((members) => ({
      schema: {
        type: 'object',
        required: Object.keys(members),
        properties: Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema])),
      },
      value: Object.fromEntries(Object.entries(members).map(([name, { value }]) => [name, value])),
    })),
  ),
}));

test.prop([sample])('writes schemas that take what fits', ({ schema, value }) => {
  const texts = new SchemaTexts(parseDescription(JSON.stringify(minimal)));
  for (const use of ['sent', 'received'] as const) {
    const built = compileFunction(`return ${texts.textOf(schema, use)}`, ['z'])(z) as z.ZodType;
    expect(built.safeParse(value).error?.issues, use).toBeUndefined();
  }
});

import { isNode, listOf, type Node, nodeOf, textOf } from './node.js';
import type { Description } from './read-description.js';

/** What we send is checked closely, what we receive leniently. */
export type Use = 'sent' | 'received';

/** JSON Schemas as the zod calls that check them, as text. Named ones become functions of their own, so that each is written once. */
export class SchemaTexts {
  readonly #description: Description;
  readonly #writing = new Set<string>();
  readonly #components = new Map<string, { readonly name: string; text: string | null }>();

  constructor(description: Description) {
    this.#description = description;
  }

  /** The functions that the texts call. */
  get functions(): readonly string[] {
    return [...this.#components.values()].map(
      ({ name, text }) => `const ${name} = (z: Zod) => ${text ?? 'z.unknown()'};`,
    );
  }

  textOf(value: unknown, use: Use): string {
    const node = nodeOf(value);
    const reference = node['$ref'];
    const text = typeof reference === 'string' ? this.#component(reference, use) : this.#schema(node, use);
    return node['nullable'] === true ? `${text}.nullable()` : text;
  }

  #component(reference: string, use: Use): string {
    const schema = this.#description.resolved({ $ref: reference });
    const key = `${use} ${reference}`;
    // Only objects are worth a name.
    if (!isObject(schema)) return this.#unnamed(key, schema, use);
    const known = this.#components.get(key);
    // One that is still being written leads back to itself: types end here.
    if (known !== undefined) return known.text === null ? 'z.unknown()' : `${known.name}(z)`;
    const component: { readonly name: string; text: string | null } = {
      name: this.#nameFor(reference, use),
      text: null,
    };
    this.#components.set(key, component);
    component.text = this.#schema(schema, use);
    return `${component.name}(z)`;
  }

  /** One that leads back to itself ends there. */
  #unnamed(key: string, schema: Node, use: Use): string {
    if (this.#writing.has(key)) return 'z.unknown()';
    this.#writing.add(key);
    const text = this.textOf({ ...schema, $ref: undefined }, use);
    this.#writing.delete(key);
    return text;
  }

  #nameFor(reference: string, use: Use): string {
    const words = (reference.split('/').at(-1) ?? '').split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const own = words
      .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
      .join('');
    const wanted = `${own.charAt(0).toLowerCase()}${own.slice(1)}${use === 'sent' ? 'Sent' : 'Shape'}`;
    const base = /^[a-z]/.test(wanted) ? wanted : `the${wanted}`;
    const taken = new Set([...this.#components.values()].map(({ name }) => name));
    for (let number = 1; ; number++) {
      const name = number === 1 ? base : `${base}${number}`;
      if (!taken.has(name)) return name;
    }
  }

  #schema(schema: Node, use: Use): string {
    const variants = listOf(schema['oneOf'] ?? schema['anyOf']);
    if (variants.length > 0 && !isObject(schema)) return this.#union(variants, use);
    if (schema['const'] !== undefined) return `z.literal(${literal(schema['const'])})`;
    const words = listOf(schema['enum']);
    if (words.length > 0 && use === 'sent') return enumeration(words);
    if (Array.isArray(schema['type']))
      return this.#union(
        listOf(schema['type']).map((type) => ({ ...schema, type })),
        use,
      );
    return isObject(schema) ? this.#object(schema, use) : this.#simple(schema, use);
  }

  #simple(schema: Node, use: Use): string {
    switch (schema['type']) {
      case 'string':
        return `z.string()${use === 'sent' ? limits(schema, 'minLength', 'maxLength') : ''}`;
      case 'integer':
        if (use === 'sent') return `z.int()${limits(schema, 'minimum', 'maximum')}`;
        // Beyond 2^53 it arrives as text.
        return schema['format'] === 'int64' ? 'z.union([z.int(), z.string()])' : 'z.int()';
      case 'number':
        return `z.number()${use === 'sent' ? limits(schema, 'minimum', 'maximum') : ''}`;
      case 'boolean':
        return 'z.boolean()';
      case 'null':
        return 'z.null()';
      case 'array':
        return `z.array(${this.textOf(schema['items'], use)})${use === 'sent' ? limits(schema, 'minItems', 'maxItems') : ''}`;
      default:
        return 'z.unknown()';
    }
  }

  #union(variants: readonly unknown[], use: Use): string {
    const isNull = (variant: unknown) => nodeOf(variant)['type'] === 'null';
    const texts = [
      ...new Set(variants.filter((variant) => !isNull(variant)).map((variant) => this.textOf(variant, use))),
    ];
    if (texts.length === 0) return 'z.null()';
    const text = texts.length === 1 ? String(texts[0]) : `z.union([${texts.join(', ')}])`;
    return variants.some(isNull) ? `${text}.nullable()` : text;
  }

  #object(schema: Node, use: Use): string {
    const { properties, required, open } = this.#membersOf(schema);
    if (properties.size === 0) return this.#withoutMembers(schema, use);
    const members = [...properties].flatMap(([name, property]) => {
      const hidden = this.#description.resolved(property)[use === 'sent' ? 'readOnly' : 'writeOnly'];
      if (hidden === true) return [];
      const text = this.textOf(property, use);
      if (use === 'received') return [`${key(name)}: ${text.replace(/\.nullable\(\)$/, '')}.nullish()`];
      return [`${key(name)}: ${text}${required.has(name) ? '' : '.optional()'}`];
    });
    const kind = use === 'received' ? 'object' : open ? 'looseObject' : 'strictObject';
    return `z.${kind}(${block(members)})`;
  }

  /** `allOf` with one part is how OpenAPI 3.0 says something beside a reference. */
  #withoutMembers(schema: Node, use: Use): string {
    const parts = listOf(schema['allOf']);
    if (parts.length > 0) return parts.length === 1 ? this.textOf(parts[0], use) : 'z.unknown()';
    const rest = schema['additionalProperties'];
    return `z.record(z.string(), ${isNode(rest) ? this.textOf(rest, use) : 'z.unknown()'})`;
  }

  /** With `allOf`, those of every part. `open`: there may be others. */
  #membersOf(schema: Node) {
    const seen = new Set<unknown>();
    const properties = new Map<string, unknown>();
    const required = new Set<string>();
    let open = false;
    const collect = (part: Node): void => {
      if (seen.has(part)) return;
      seen.add(part);
      open ||= isOpen(part);
      for (const inner of listOf(part['allOf'])) collect(this.#description.resolved(inner));
      for (const [name, property] of Object.entries(nodeOf(part['properties']))) properties.set(name, property);
      for (const name of listOf(part['required'])) if (typeof name === 'string') required.add(name);
    };
    collect(schema);
    return { properties, required, open } as const;
  }
}

/** Members that depend on others, or may be called as one likes. */
function isOpen(part: Node): boolean {
  const rest = part['additionalProperties'];
  return part['oneOf'] !== undefined || part['anyOf'] !== undefined || rest === true || isNode(rest);
}

function isObject(schema: Node): boolean {
  if (schema['properties'] !== undefined || schema['allOf'] !== undefined) return true;
  return textOf(schema['type']) === 'object' && schema['oneOf'] === undefined && schema['anyOf'] === undefined;
}

function enumeration(words: readonly unknown[]): string {
  const others = words.filter((word) => word !== null);
  const allText = others.every((word) => typeof word === 'string');
  if (others.length === 0) return 'z.null()';
  const text = allText
    ? `z.enum([${others.map(literal).join(', ')}])`
    : `z.literal([${others.map(literal).join(', ')}])`;
  return others.length < words.length ? `${text}.nullable()` : text;
}

function limits(schema: Node, least: string, most: string): string {
  const [low, high] = [schema[least], schema[most]];
  return `${typeof low === 'number' ? `.min(${low})` : ''}${typeof high === 'number' ? `.max(${high})` : ''}`;
}

/** A value in code. */
export function literal(value: unknown): string {
  if (typeof value === 'string' && PLAIN.test(value)) return `'${value}'`;
  return JSON.stringify(value) ?? 'null';
}

/** ASCII that needs no escape between single quotes. */
const PLAIN = /^[ -&(-[\]-~]*$/;

/** An object in code, a member on each line. Texts in it are JSON, so they hold no line break. */
export function block(members: readonly string[]): string {
  if (members.length === 0) return '{}';
  return `{\n${members.map((member) => `  ${member.replaceAll('\n', '\n  ')},`).join('\n')}\n}`;
}

/** The name of a member in code. Written plainly, `__proto__` would be the prototype. */
export function key(name: string): string {
  if (name === '__proto__') return `['__proto__']`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

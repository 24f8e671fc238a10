import type { OpenApiDocument } from '@carrierkit/vendor-apis';
import { resolve } from './description.js';
import type { Random } from './random.js';

type Schema = Readonly<Record<string, unknown>>;

/**
 * A value that fits a schema of the description: its first example, constant, first word of an enumeration or default
 * where it has one, else a value drawn within its bounds. Optional members are filled too. A `pattern` without example
 * is the caller's to satisfy.
 */
export function sampleValue(document: OpenApiDocument, schema: unknown, random: Random): unknown {
  const found = resolve(document, schema);
  const told = toldValue(found);
  if (told !== undefined) return told;
  const variant = firstOf(found['oneOf']) ?? firstOf(found['anyOf']);
  if (variant !== undefined) return sampleValue(document, variant, random);
  const parts = found['allOf'];
  if (Array.isArray(parts)) {
    const values = [...(parts as unknown[]), { ...found, allOf: undefined }].map((part) =>
      sampleValue(document, part, random),
    );
    return Object.assign({}, ...values.filter((value) => typeof value === 'object'));
  }
  return drawn(document, found, random);
}

function toldValue(schema: Schema): unknown {
  return (
    schema['const'] ?? firstOf(schema['examples']) ?? schema['example'] ?? firstOf(schema['enum']) ?? schema['default']
  );
}

function drawn(document: OpenApiDocument, schema: Schema, random: Random): unknown {
  switch (typeOf(schema)) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema['properties'] ?? {}) as Schema).map(([name, property]) => [
          name,
          sampleValue(document, property, random),
        ]),
      );
    case 'array': {
      const length = Math.max(1, bound(schema['minItems'], 1));
      return Array.from({ length }, () => sampleValue(document, schema['items'] ?? {}, random));
    }
    case 'integer':
      return random.integer(bound(schema['minimum'], 1), bound(schema['maximum'], 1000));
    case 'number':
      return random.integer(bound(schema['minimum'], 0) * 100, bound(schema['maximum'], 100) * 100) / 100;
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    default:
      return drawnText(schema, random);
  }
}

function drawnText(schema: Schema, random: Random): string {
  const day = String(random.integer(1, 28)).padStart(2, '0');
  switch (schema['format']) {
    case 'date-time':
      return `2025-06-${day}T09:30:00Z`;
    case 'date':
      return `2025-06-${day}`;
    case 'email':
      return `${random.text(8, 'abcdefghijklmnopqrstuvwxyz')}@example.com`;
    case 'uuid':
      return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
    case 'uri':
      return `https://example.com/${random.hex(8)}`;
    default: {
      const length = Math.min(Math.max(8, bound(schema['minLength'], 0)), bound(schema['maxLength'], 8));
      return random.text(length, 'abcdefghijklmnopqrstuvwxyz');
    }
  }
}

/** Of `['string', 'null']` the first that is not null. */
function typeOf(schema: Schema): unknown {
  const type = schema['type'];
  if (Array.isArray(type)) return (type as unknown[]).find((name) => name !== 'null');
  return type ?? (schema['properties'] === undefined ? undefined : 'object');
}

function bound(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? (list as unknown[])[0] : undefined;
}

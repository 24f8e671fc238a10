/** Says what is wrong with a value, one text each; empty = nothing. */
export type Shape = (value: unknown, path: string) => readonly string[];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value itself stays out of the text: it may be a number or a name that no report should show. */
const rule =
  (what: string, holds: (value: unknown) => boolean): Shape =>
  (value, path) =>
    holds(value) ? [] : [`${path} is not ${what}`];

export const text = rule('a text', (value) => typeof value === 'string');
export const filledText = rule('a text with content', (value) => typeof value === 'string' && value !== '');
export const boolean = rule('true or false', (value) => typeof value === 'boolean');
export const count = rule(
  'a safe integer from 0 up',
  (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
);
export const positive = rule(
  'a safe integer from 1 up',
  (value) => typeof value === 'number' && Number.isSafeInteger(value) && value > 0,
);
export const amount = rule(
  'a finite number from 0 up',
  (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
);
export const pattern = (expression: RegExp, what: string): Shape =>
  rule(what, (value) => typeof value === 'string' && expression.test(value));
export const exactly = (expected: string | number | null): Shape =>
  rule(JSON.stringify(expected), (value) => value === expected);
export const oneOf = (...words: readonly string[]): Shape =>
  rule(`one of ${words.join(', ')}`, (value) => typeof value === 'string' && words.includes(value));

export const nullable =
  (shape: Shape): Shape =>
  (value, path) =>
    value === null ? [] : shape(value, path);

export const listOf =
  (shape: Shape): Shape =>
  (value, path) =>
    Array.isArray(value) ? value.flatMap((item, index) => shape(item, `${path}[${index}]`)) : [`${path} is not a list`];

export const mapOf =
  (shape: Shape): Shape =>
  (value, path) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, item]) => shape(item, `${path}.${name}`))
      : [`${path} is not an object`];

/** Exactly these members: a missing one would read as "not told", one more is a vendor's word that belongs into `raw`. */
export const object =
  (members: Readonly<Record<string, Shape>>): Shape =>
  (value, path) => {
    if (!isObject(value)) return [`${path} is not an object`];
    const problems = Object.entries(members).flatMap(([name, shape]) =>
      Object.hasOwn(value, name) ? shape(value[name], `${path}.${name}`) : [`${path}.${name} is missing`],
    );
    const more = Object.keys(value).filter((name) => !Object.hasOwn(members, name));
    return [...problems, ...more.map((name) => `${path}.${name} is no member of this type`)];
  };

/** Plain data that survives `JSON.stringify` and `JSON.parse` unchanged. */
export const json: Shape = (value, path) => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (Array.isArray(value)) return value.flatMap((item, index) => json(item, `${path}[${index}]`));
  if (typeof value !== 'object') return [`${path} is ${typeof value}`];
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return [`${path} is not a plain object`];
  return Object.entries(value).flatMap(([name, item]) => json(item, `${path}.${name}`));
};

export const both =
  (first: Shape, second: Shape): Shape =>
  (value, path) => [...first(value, path), ...second(value, path)];

import type { Issue } from './issue.js';

export type Env = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$\{([^}]*)\}?/g;
const VARIABLE = /^[A-Za-z_]\w*$/;

/** A value with every `${NAME}` in its texts replaced. What is missing is told by variable, place and remedy. */
export function resolveReferences(
  value: unknown,
  path: string,
  env: Env,
): { readonly value: unknown; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];

  function visit(part: unknown, at: string): unknown {
    if (typeof part === 'string') return part.replace(REFERENCE, (whole, name: string) => lookUp(whole, name, at));
    if (Array.isArray(part)) return part.map((item, index) => visit(item, `${at}.${index}`));
    if (!isPlain(part)) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, item]) => [key, visit(item, at === '' ? key : `${at}.${key}`)]),
    );
  }

  function lookUp(whole: string, name: string, at: string): string {
    if (!VARIABLE.test(name) || !whole.endsWith('}')) {
      issues.push({ path: at, message: 'holds a ${ without the name of an environment variable and } behind it' });
      return '';
    }
    const found = env[name];
    if (found) return found;
    const state = found === undefined ? 'not set' : 'empty';
    issues.push({
      path: at,
      message: `the environment variable ${name} is ${state}; set it, for example in the shell or in the service's environment`,
    });
    return '';
  }

  return { value: visit(value, path), issues };
}

/** Maps of settings; instances of classes (an agent, a logger) pass as they are. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

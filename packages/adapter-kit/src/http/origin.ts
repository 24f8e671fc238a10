import { inputError } from '@carrierkit/core';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The one place credentials may go to: scheme and host (and a path prefix, for proxies and the sandbox). */
export interface Origin {
  readonly origin: string;
  /** Without a final slash. */
  readonly prefix: string;
}

export function isLoopback(host: string): boolean {
  return loopback.test(host);
}

/** Checks a base URL: https, or http on loopback; no credentials, query or fragment in it. */
export function parseOrigin(baseUrl: string): Origin {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null) throw inputError('baseUrl', 'is not a URL; expected for example https://api.example.com');
  if (url.username || url.password || url.search || url.hash)
    throw inputError('baseUrl', 'must not carry credentials, a query or a fragment');
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!secure) throw inputError('baseUrl', 'must use https; plain http is accepted on loopback only');
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '') };
}

/** Fills a declared path. Values are encoded; `.`, `..` and empty ones, which would name another resource, are refused. */
export function fillPath(path: string, values: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = String(values[name]);
    if (value === '' || value === '.' || value === '..') throw inputError(name, `'${value}' cannot stand in a path`);
    return encoded(name, value);
  });
}

function encoded(name: string, value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    throw inputError(name, 'holds half a character (a lone surrogate), which no URL can carry');
  }
}

/** A query in the vendor's spelling; lists become repeated keys, blanks `%20`, plus signs `%2B`. */
export function queryText(values: readonly (readonly [string, unknown])[]): string {
  const pairs = values.flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    return all.map((one) => `${encodeURIComponent(name)}=${encoded(name, String(one))}`);
  });
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

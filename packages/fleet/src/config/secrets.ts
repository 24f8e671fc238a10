import type { Issue } from './issue.js';
import { isPlain } from './references.js';

const SECRET_KEY =
  /(token|secret|password|passphrase|passwd|credentials?)$|^(api|access|private|signing|secret)?[-_]?key$/i;
/** `https://user:password@host`, the way proxies are written. */
const PASSWORD_IN_URL = /^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]+@/i;

/** Credentials that are written out in a config. They are accepted only for a vendor on this very machine. */
export function literalSecrets(settings: unknown, path: string): readonly Issue[] {
  return (
    secretsIn(settings, path)
      // A reference that is no good has been told already.
      .filter(({ value }) => !value.includes('${'))
      .map((secret) => ({
        path: secret.path,
        message: `holds a credential as it is; put it into an environment variable and write \${${variableFor(secret.path)}} here, or in code pass a function (a literal is accepted only where baseUrl is a loopback address)`,
      }))
  );
}

interface FoundSecret {
  readonly path: string;
  readonly value: string;
}

/** Every credential in a provider's settings, by the names of the keys. Functions fetch theirs later and are none. */
export function secretsIn(value: unknown, path: string): readonly FoundSecret[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => secretsIn(item, `${path}.${index}`));
  if (isPlain(value)) return Object.entries(value).flatMap(([key, item]) => secretsIn(item, `${path}.${key}`));
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return [];
  const text = String(value);
  const keys = path.split('.').filter((part) => !/^\d+$/.test(part));
  return SECRET_KEY.test(keys.at(-1) ?? '') || PASSWORD_IN_URL.test(text) ? [{ path, value: text }] : [];
}

/** As the adapters judge it: what this takes, their clients take. */
export function isLoopback(baseUrl: unknown): boolean {
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) return false;
  const { hostname } = new URL(baseUrl);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A text without the given credentials. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length > 0)
    .reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text);
}

/** `providers.emea.clientSecret` -> `EMEA_CLIENT_SECRET` */
function variableFor(path: string): string {
  const words = path.replace(/^providers\./, '').replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return words.replace(/\W+/g, '_').toUpperCase();
}

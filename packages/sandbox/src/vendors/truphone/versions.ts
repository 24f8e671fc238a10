import type { OpenApiDocument } from '@carrierkit/vendor-apis';
import type { PathAlias } from '../../framework/vendor.js';

export const NEWEST = 'v2.2';

/** `v2.0` of `/api/v2.0/sims/`; a path without version is the newest one's. */
export function versionOf(path: string): string {
  return /^\/api\/(v\d+\.\d+)\//.exec(path)?.[1] ?? NEWEST;
}

/** Older versions of a resource as the description names them, and each operation without any version. */
export function pathAliases(document: OpenApiDocument): readonly PathAlias[] {
  const aliases: PathAlias[] = [];
  const unversioned = new Map<string, { readonly version: string; readonly alias: PathAlias }>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, value] of Object.entries(item)) {
      const operation = value as Readonly<Record<string, unknown>>;
      const operationId = operation['operationId'];
      if (typeof operationId !== 'string') continue;
      for (const alias of (operation['x-version-aliases'] ?? []) as readonly { readonly path: string }[]) {
        aliases.push({ operationId, path: alias.path });
      }
      const version = versionOf(path);
      const bare = path.replace(`/${version}/`, '/');
      const known = unversioned.get(`${method} ${bare}`);
      if (known === undefined || known.version < version) {
        unversioned.set(`${method} ${bare}`, { version, alias: { operationId, path: bare } });
      }
    }
  }
  return [...aliases, ...[...unversioned.values()].map(({ alias }) => alias)];
}

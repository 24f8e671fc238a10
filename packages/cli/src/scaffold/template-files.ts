import { readdir, readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Names } from './names.js';

/** A file to be written: its path within the new package, with slashes, and its text. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** Beside both `src` and `dist`. The template is code of its own that our tests run, so what is copied works. */
const template = fileURLToPath(new URL('../../template/adapter/', import.meta.url));

/** Where the template's vendor would be. */
const TEMPLATE_ORIGIN = 'https://api.vendor-name.example';

/** The template's files, with the new names in the place of its own; `origin` is the vendor's scheme and host, where known. */
export async function templateFiles(
  names: Names,
  packageName: string,
  origin: string | null = null,
): Promise<readonly NewFile[]> {
  const entries = await readdir(template, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(template, `${entry.parentPath}${sep}${entry.name}`))
    .sort();
  return Promise.all(
    paths.map(async (path) => ({
      path: path.split(sep).join('/'),
      text: renamed(at(origin, await readFile(`${template}${path}`, 'utf8')), names, packageName),
    })),
  );
}

function at(origin: string | null, text: string): string {
  return origin === null ? text : text.replaceAll(TEMPLATE_ORIGIN, () => origin);
}

function renamed(text: string, { slug, camel, pascal, constant, title }: Names, packageName: string): string {
  return text
    .replaceAll('PACKAGE_NAME', () => quoted(packageName))
    .replaceAll('vendor-name', slug)
    .replaceAll('vendorName', camel)
    .replaceAll('VendorName', pascal)
    .replaceAll('VENDOR_NAME', constant)
    .replaceAll('Vendor Name', title);
}

/** In YAML a scoped name needs quotes. */
function quoted(packageName: string): string {
  return packageName.startsWith('@') ? `'${packageName}'` : packageName;
}

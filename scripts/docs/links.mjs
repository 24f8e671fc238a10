import { existsSync } from 'node:fs';
import { join } from 'node:path';

const LINK = /\]\(([^)\s]+)\)/g;

/** Relative links of a page that lead nowhere; anchors within a page are not looked at. */
export function brokenLinks(text, folder) {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(LINK)]
    .map(([, target]) => target)
    .filter((target) => !/^(?:[a-z]+:|#)/i.test(target))
    .filter((target) => !existsSync(join(folder, decodeURI(target.replace(/#.*$/, '')))));
}

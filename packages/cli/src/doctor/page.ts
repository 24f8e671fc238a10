import { type Canvas, printable } from '../output/table.js';
import type { Check } from './check.js';

const NAME_WIDTH = 12;
const INDENT = ' '.repeat(NAME_WIDTH + 5);
/** Lines longer than this are hard to follow, however wide the terminal is. */
const READABLE = 110;

/** All checks on one page, provider by provider; nothing is shortened, for here every word may be the one that helps. */
export function page(checks: readonly Check[], canvas: Canvas): string {
  const { bold, green, red } = canvas.colors;
  const width = Math.max(40, Math.min(canvas.width ?? READABLE, READABLE)) - INDENT.length;
  const parts = [...groupsOf(checks)].map(([provider, found]) => {
    const lines = found.map(({ check, ok, detail, remedy }) => {
      const mark = ok ? green('ok') : red('no');
      const text = [...wrapped(detail, width), ...(remedy === null ? [] : wrapped(`> ${remedy}`, width))];
      return `  ${mark} ${check.padEnd(NAME_WIDTH)}${text.join(`\n${INDENT}`)}\n`;
    });
    return `${bold(provider ?? 'this machine')}\n${lines.join('')}`;
  });
  const failed = checks.filter(({ ok }) => !ok).length;
  const end = failed === 0 ? green('Everything is in order.') : red(`${failed} of ${checks.length} checks failed.`);
  return `${parts.join('\n')}\n${end}\n`;
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [''];
  for (const word of printable(text).split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

function groupsOf(checks: readonly Check[]): ReadonlyMap<string | null, readonly Check[]> {
  const groups = new Map<string | null, Check[]>();
  for (const check of checks) groups.set(check.provider, [...(groups.get(check.provider) ?? []), check]);
  return groups;
}

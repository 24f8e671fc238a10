import { expect, test } from 'vitest';
import { colorsFor } from '../src/output/table.js';
import { progressOn } from '../src/shell/progress.js';

function logged(isJson: boolean) {
  let now = 0;
  const lines: string[] = [];
  const err = {
    write: async (text: string) => {
      lines.push(text);
    },
    isTerminal: false,
    columns: null,
  };
  const progress = progressOn(err, colorsFor(false, {}), () => now, isJson);
  return {
    lines,
    showAt: (seconds: number, text: string) => {
      now = seconds * 1000;
      progress.show(text);
    },
  };
}

test('a log gets a line a minute, and none of a command that is done sooner', () => {
  const { lines, showAt } = logged(false);
  for (let second = 0; second <= 150; second++) showAt(second, `at ${second}`);
  expect(lines).toEqual(['at 60\n', 'at 120\n']);
});

test('a program gets JSON', () => {
  const { lines, showAt } = logged(true);
  showAt(61, 'run "winter": 5 of 9 done');
  expect(lines.map((line) => JSON.parse(line))).toEqual([{ progress: { message: 'run "winter": 5 of 9 done' } }]);
});

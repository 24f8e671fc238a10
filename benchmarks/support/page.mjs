import { goal, verdict } from './goals.mjs';

const introduction = `# Benchmarks

Written by \`npm run bench\`; \`npm run bench list\` renews one part. Each ratio was measured beside its rival in the same run: ours divided by the rival's, and the other way round for speed. The rivals neither check nor map what they get.
`;

/** The page with one benchmark's part renewed and the others as they were. */
export function page(text, benchmarks, { name, rows, machine }) {
  const parts = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part]),
  );
  parts.set(benchmarks[name].title, `${benchmarks[name].title}\n\n${machine}.\n\n${table(rows)}`);
  const kept = Object.values(benchmarks).flatMap(({ title }) => parts.get(title) ?? []);
  return [introduction, ...kept.map((part) => `## ${part.trimEnd()}\n`)].join('\n');
}

function table(rows) {
  const lines = rows.map((row) => {
    const { what, rival, ratio } = row;
    return `| ${what} | ${rival} | ${ratio.toFixed(2)} | ${goal(row) || '–'} | ${verdict(row) ?? '–'} |`;
  });
  return ['| What | Beside | Ratio | Goal | |', '| ---- | ------ | ----: | ---- | - |', ...lines].join('\n');
}

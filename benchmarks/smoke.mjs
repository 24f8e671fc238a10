// Runs every benchmark as small as it can be: the figures say nothing then, but it shows that all of them still work.
import { benchmarks } from './benchmarks.mjs';

await Promise.all(
  Object.entries(benchmarks).map(async ([name, { run, small }]) => {
    for (const { what, ratio } of await run(small))
      if (!Number.isFinite(ratio)) throw new Error(`${name}: ${what} gave no figure`);
    console.log(`${name} works`);
  }),
);

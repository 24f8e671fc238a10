import { createSandbox, type Sandbox } from '@carrierkit/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pairConfig, Workplace } from './support/cli.js';

/** What a person sees, as files to be read: renew them with `npx vitest run packages/cli/test/golden.test.ts -u`, and look at them. */
const NOW = '2026-11-15T12:00:00Z';
const WINDOW = ['--from', '2026-10-01', '--to', '2026-11-01'];
const place = new Workplace();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ sims: 12, days: 50, seed: 7, now: NOW, ticking: false, limits: false });
  place.write('carrierkit.config.yaml', pairConfig(sandbox));
});
afterAll(async () => {
  await sandbox.close();
  place.remove();
});

it('shows a report in a terminal of 80 and of 120 columns', async () => {
  const clockOff = Date.parse(NOW) - Date.now();
  expect((await place.run(['usage', 'sync', ...WINDOW], { clockOff })).code).toBe(0);
  const report = ['usage', 'report', ...WINDOW, '--group-by', 'provider,kind,country'];
  for (const terminal of [80, 120]) {
    const { out, err } = await place.run(report, { terminal, clockOff });
    expect(out.split('\n').filter((line) => line.length > terminal)).toEqual([]);
    await expect(`${out}\n--- beside it, on standard error ---\n${err}`).toMatchFileSnapshot(
      `./golden/usage-report-${terminal}.txt`,
    );
  }
});

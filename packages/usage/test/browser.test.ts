import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlReport, openLedger, syncUsage } from '../src/index.js';
import { at, data, FakeCarrier, iccid, NOW, sim } from './fake-provider.js';

/** Such as every hosted runner has; a machine without a browser leaves these tests out. */
const browser = [process.env['CHROMIUM'], 'chromium', 'google-chrome', 'chromium-browser'].find(
  (name) => name !== undefined && spawnSync(name, ['--version']).status === 0,
);
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  ...[
    '--disable-component-update',
    '--disable-sync',
    '--hide-scrollbars',
    '--allow-file-access-from-files',
    '--virtual-time-budget=5000',
  ],
];

/** Opens the page in a frame, which may measure what the page itself, without scripts, cannot. */
const PROBE = `<!doctype html><body style="margin:0"><script>
  const widths = [320, 390, 768, 1280], told = [];
  const next = () => {
    const width = widths.shift();
    if (!width) return document.body.replaceChildren(JSON.stringify(told));
    const frame = document.createElement('iframe');
    frame.style = 'border:0;height:5000px;width:' + width + 'px';
    frame.src = 'report.html';
    frame.onload = () => {
      const page = frame.contentDocument, shown = [...page.querySelectorAll('figure svg')].filter((svg) => svg.getBoundingClientRect().width > 0);
      told.push({ width, needs: page.documentElement.scrollWidth, charts: shown.length,
        tooWide: shown.filter((svg) => svg.getBoundingClientRect().right > width).length,
        unnamed: shown.filter((svg) => !svg.getAttribute('aria-label')).length,
        smallText: shown.flatMap((svg) => [...svg.querySelectorAll('text')]).filter((text) => text.getBoundingClientRect().height < 9).length,
        loaded: frame.contentWindow.performance.getEntriesByType('resource').length });
      frame.remove();
      next();
    };
    document.body.append(frame);
  };
  next();
</script>`;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  const days = Array.from({ length: 31 }, (_, index) => at(`2026-10-${String(index + 1).padStart(2, '0')}`));
  const carriers = ['emea', 'iot', 'a-carrier-with-a-rather-long-name'].map(
    (id, carrier) =>
      new FakeCarrier(id, {
        sims: Array.from({ length: 12 }, (_, index) => sim(id, carrier * 100 + index)),
        records: days.map((startedAt, index) =>
          data(1e7 * (1 + ((index * 7) % 5)), {
            provider: id,
            iccid: iccid(carrier * 100 + (index % 12)),
            startedAt,
            country: ['DE', 'FR', 'US', 'BA'][index % 4] ?? null,
            cost: { amount: `${index}.123456`, currency: index % 2 ? 'EUR' : 'USD' },
          }),
        ),
      }),
  );
  const ledger = await openLedger(join(folder, 'ledger.duckdb'));
  const window = { from: '2026-10-01', to: '2026-11-01' };
  await syncUsage({ ledger, providers: carriers.map(({ provider }) => provider), window, clock: () => NOW });
  writeFileSync(
    join(folder, 'report.html'),
    await htmlReport({ ledger, window, groupBy: ['sim', 'country'], clock: () => NOW }),
  );
  writeFileSync(join(folder, 'probe.html'), PROBE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...flags: readonly string[]): string {
  const profile = mkdtempSync(join(folder, 'profile-'));
  const { status, stdout, stderr } = spawnSync(browser ?? '', [...FLAGS, `--user-data-dir=${profile}`, ...flags], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

describe.skipIf(browser === undefined)('the page in a browser', () => {
  it('fits a phone, a tablet and a desk, with readable charts, and loads nothing', () => {
    const told =
      /<body[^>]*>(\[.*\])<\/body>/s.exec(run('--dump-dom', `file://${join(folder, 'probe.html')}`))?.[1] ?? '[]';
    const pages = JSON.parse(told) as { readonly width: number; readonly needs: number }[];
    expect(pages.map(({ width }) => width)).toEqual([320, 390, 768, 1280]);
    for (const page of pages)
      expect(page).toMatchObject({ needs: page.width, charts: 5, tooWide: 0, unnamed: 0, smallText: 0, loaded: 0 });
  }, 60_000);

  it('prints on more than one sheet of paper, as the tables behind the charts are open there', () => {
    const file = join(folder, 'report.pdf');
    run('--no-pdf-header-footer', `--print-to-pdf=${file}`, `file://${join(folder, 'report.html')}`);
    const pages = readFileSync(file, 'latin1').match(/\/Type \/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(3);
  }, 60_000);
});

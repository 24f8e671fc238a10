import type { UsageRow } from '../../../report/usage-report.js';
import { AMOUNT_NAMES, NOT_TOLD } from '../../figure-text.js';
import { groupedText } from '../../numbers.js';
import { figureColumns } from '../figure-columns.js';
import { html, type Markup } from '../markup.js';
import type { PageData } from '../page-data.js';
import { rankedAmount } from '../ranked-amount.js';
import { type Ranked, rankingChart } from '../ranking-chart.js';

/** The SIMs with the highest figure, in the order of the report. */
export async function topSimsSection(data: PageData): Promise<Markup> {
  const figure = rankedAmount(data.byCarrier.totals);
  const ranked: Ranked[] = data.topSims.rows
    .filter((row) => row[figure] !== null)
    .map((row) => ({ label: row.sim ?? `SIM ${NOT_TOLD}`, rows: [row] }));
  if (ranked.length === 0) return html`<section><h2>Top consumers</h2><p class="muted">Nothing was told.</p></section>`;
  const rowOf = ({ rows }: Ranked) => rows[0] as UsageRow; // made above, with one row each
  const total = Number(data.topSims.totals[figure] ?? 0);
  const chart = await rankingChart(data, ranked, 'of the top consumers', {
    caption: `The SIMs with most ${figure === 'bytes' ? 'data' : AMOUNT_NAMES[figure]}`,
    columns: [
      { title: 'SIM (ICCID)', cell: ({ label }) => label },
      { title: 'Carrier', cell: (sim) => rowOf(sim).provider ?? '' },
      ...figureColumns(ranked, rowOf),
      { title: `Share of ${figure}`, figure: true, cell: (sim) => shareText(Number(rowOf(sim)[figure]), total) },
    ],
    rows: ranked,
  });
  return html`<section><h2>Top consumers</h2><p class="muted">The ${ranked.length === 1 ? 'SIM' : `${ranked.length} SIMs`} with most ${
    figure === 'bytes' ? 'data' : AMOUNT_NAMES[figure]
  } of ${groupedText(data.topSims.omitted + data.topSims.rows.length)} that were used.</p>${chart}</section>`;
}

function shareText(part: number, total: number): string {
  return total === 0 ? '' : `${((part / total) * 100).toFixed(1)} %`;
}

import type { UsageRow } from '../../../report/usage-report.js';
import { AMOUNT_NAMES, AMOUNTS, type Amount, amountText, isAbout } from '../../figure-text.js';
import { figuresBy, legend, numberOf, seriesOf } from '../carriers.js';
import { chartFigure } from '../chart-figure.js';
import { readableAmount } from '../figure-columns.js';
import { html, type Markup } from '../markup.js';
import type { PageData } from '../page-data.js';
import { highestStack, scaleFor } from '../scale.js';

/** A chart for data, voice and SMS each: they have no unit in common. */
export async function overTimeSection(data: PageData): Promise<Markup> {
  const { rows } = data.overTime;
  const shown = AMOUNTS.filter((figure) => isAbout(rows, figure));
  const charts = await Promise.all(
    shown.map(
      async (figure) => html`<h3>${AMOUNT_NAMES[figure]} per ${data.axis.per}</h3>${await chartOf(data, figure)}`,
    ),
  );
  return html`<section><h2>Usage over time, by carrier</h2>${charts.length > 0 ? charts : html`<p class="muted">Nothing was told.</p>`}</section>`;
}

function chartOf(data: PageData, figure: Amount): Promise<Markup> {
  const { axis, carriers, overTime } = data;
  const cells = axis.buckets.map(({ key }) => overTime.rows.filter((row) => row[axis.per] === key));
  const series = seriesOf(carriers, cells, (figures) => numberOf(figures, figure));
  const scale = scaleFor(figure, highestStack(series));
  const cellText = (rows: readonly UsageRow[], belongs: (row: UsageRow) => boolean) =>
    amountText(figuresBy(rows, belongs), figure);
  const columns = carriers.ids.filter((id) =>
    isAbout(
      overTime.rows.filter(({ provider }) => provider === id),
      figure,
    ),
  );
  const name = `${AMOUNT_NAMES[figure]} per ${axis.per}, by carrier`;
  return chartFigure({
    name: `${name}: columns for ${series.map((one) => one.name).join(', ')}. The table below holds the figures.`,
    legend: legend(series),
    data: {
      kind: 'columns',
      categories: axis.buckets.map(({ label }) => label),
      series: series.map((one) => ({ ...one, values: one.values.map((value) => value && value / scale.divisor) })),
      axisText: scale.axisText,
      pieceText: (at, index) => {
        const [one, bucket] = [carriers.drawn.find((drawn) => drawn.name === series[at]?.name), axis.buckets[index]];
        const figures = figuresBy(cells[index] ?? [], ({ provider }) => one?.ids.has(provider ?? '') ?? false);
        return `${bucket?.key ?? ''}, ${one?.name ?? ''}: ${readableAmount(figures, figure)}`;
      },
    },
    table: {
      caption: `${name}, in ${figure}`,
      columns: [
        {
          title: data.axis.per === 'day' ? 'Day' : data.axis.per === 'week' ? 'Week' : 'Month',
          cell: ({ key }) => key,
        },
        ...columns.map((id) => ({
          title: id,
          figure: true,
          cell: ({ rows }: { readonly rows: readonly UsageRow[] }) => cellText(rows, ({ provider }) => provider === id),
        })),
        { title: 'All', figure: true, cell: ({ rows }) => cellText(rows, () => true) },
      ],
      rows: axis.buckets.map(({ key }, index) => ({ key, rows: cells[index] ?? [] })),
      total: [
        'Sum',
        ...columns.map((id) => cellText(overTime.rows, ({ provider }) => provider === id)),
        amountText(overTime.totals, figure),
      ],
    },
  });
}

import type { UsageRow } from '../../report/usage-report.js';
import { AMOUNT_NAMES } from '../figure-text.js';
import { figuresBy, legend, numberOf, seriesOf } from './carriers.js';
import { chartFigure } from './chart-figure.js';
import { readableAmount } from './figure-columns.js';
import type { Markup } from './markup.js';
import type { PageData } from './page-data.js';
import { rankedAmount } from './ranked-amount.js';
import { highestStack, scaleFor } from './scale.js';
import type { TableOptions } from './table.js';

/** Something that used something: a country, a SIM. */
export interface Ranked {
  readonly label: string;
  readonly rows: readonly UsageRow[];
}

/** Bars in the given order, parted by carrier, with the sum at the end of each. */
export function rankingChart(
  data: PageData,
  ranked: readonly Ranked[],
  what: string,
  table: TableOptions<Ranked>,
): Promise<Markup> {
  const figure = rankedAmount(data.byCarrier.totals);
  const series = seriesOf(
    data.carriers,
    ranked.map(({ rows }) => rows),
    (figures) => numberOf(figures, figure),
  );
  const { divisor, axisText } = scaleFor(figure, highestStack(series));
  return chartFigure({
    name: `${AMOUNT_NAMES[figure]} ${what}: bars for ${ranked.map(({ label }) => label).join(', ')}. The table below holds the figures.`,
    legend: series.length > 1 ? legend(series) : null,
    data: {
      kind: 'bars',
      categories: ranked.map(({ label }) => label),
      series: series.map((one) => ({ ...one, values: one.values.map((value) => value && value / divisor) })),
      axisText,
      pieceText: (at, index) => {
        const drawn = data.carriers.drawn.find(({ name }) => name === series[at]?.name);
        const own = figuresBy(ranked[index]?.rows ?? [], ({ provider }) => drawn?.ids.has(provider ?? '') ?? false);
        return `${ranked[index]?.label ?? ''}, ${drawn?.name ?? ''}: ${readableAmount(own, figure)}`;
      },
      endText: (index) =>
        readableAmount(
          figuresBy(ranked[index]?.rows ?? [], () => true),
          figure,
        ),
    },
    table,
  });
}

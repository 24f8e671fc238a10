import { type ChartData, chartSvg } from './chart-svg.js';
import { html, type Markup } from './markup.js';
import { type TableOptions, table } from './table.js';

/** A chart that says in one sentence what it shows, with its figures in a table behind it. */
export async function chartFigure<T>(chart: {
  readonly name: string;
  readonly data: ChartData;
  readonly legend: Markup | null;
  readonly table: TableOptions<T>;
}): Promise<Markup> {
  return html`<figure>${chart.legend}${await chartSvg(chart.data, chart.name)}
<details><summary>The figures of this chart</summary>${table(chart.table)}</details></figure>`;
}

import type { UsageFigures, UsageReport } from '../../../report/usage-report.js';
import { groupedText } from '../../numbers.js';
import { figuresBy } from '../carriers.js';
import { chartFigure } from '../chart-figure.js';
import { moneyCell, moneyText } from '../figure-columns.js';
import { html, type Markup } from '../markup.js';
import type { PageData } from '../page-data.js';

/** A chart for each currency: amounts of two currencies stand on no common axis. */
export async function costsSection(data: PageData): Promise<Markup> {
  const { carriers, byCarrier } = data;
  const costs = carriers.ids.map((id) => ({
    id,
    figures: figuresBy(byCarrier.rows, ({ provider }) => provider === id),
  }));
  const currencies = Object.keys(byCarrier.totals.cost ?? {});
  if (currencies.length === 0)
    return html`<section><h2>Cost by currency</h2><p class="muted">No carrier told a cost for this period. That is not the same as no cost.</p></section>`;
  const charts = await Promise.all(currencies.map((currency) => chartOf(data, currency, costs)));
  return html`<section><h2>Cost by currency</h2><p class="muted">${costNote(byCarrier)}</p>${charts}</section>`;
}

function costNote({ conversion }: UsageReport): string {
  return conversion === null
    ? 'As the carriers told it; currencies are neither converted nor added.'
    : `Converted into ${conversion.to} by “${conversion.name}”, each amount by the rate of its day.`;
}

async function chartOf(
  { carriers, byCarrier }: PageData,
  currency: string,
  costs: readonly { readonly id: string; readonly figures: UsageFigures }[],
): Promise<Markup> {
  const told = costs.filter(({ figures }) => figures.cost?.[currency] !== undefined);
  const drawn = carriers.drawn.filter(({ ids }) => told.some(({ id }) => ids.has(id)));
  const amountOf = (ids: ReadonlySet<string>) =>
    figuresBy(byCarrier.rows, ({ provider }) => ids.has(provider ?? '')).cost?.[currency] ?? null;
  const endText = (index: number) => {
    const amount = amountOf(drawn[index]?.ids ?? new Set());
    return amount === null ? '' : `${moneyText(amount, currency)} ${currency}`;
  };
  const chart = await chartFigure({
    name: `Cost in ${currency}, by carrier: ${drawn.map(({ name }, index) => `${name} ${endText(index)}`).join(', ')}`,
    legend: null,
    data: {
      kind: 'bars',
      categories: drawn.map(({ name }) => name),
      series: drawn.map(({ name, colour, ids }, own) => ({
        name,
        colour,
        values: drawn.map((_, index) => (index === own ? Number(amountOf(ids)) : null)),
      })),
      axisText: String,
      pieceText: (_, index) => `${drawn[index]?.name ?? ''}: ${endText(index)}`,
      endText,
    },
    table: {
      caption: `Cost in ${currency}, by carrier`,
      columns: [
        { title: 'Carrier', cell: ({ id }) => id },
        { title: currency, figure: true, cell: ({ figures }) => moneyCell(figures, currency) },
        { title: 'Records', figure: true, cell: ({ figures }) => groupedText(figures.records) },
        { title: 'Without cost', figure: true, cell: ({ figures }) => groupedText(figures.untold.cost) },
      ],
      rows: costs,
      total: [
        'Sum',
        moneyCell(byCarrier.totals, currency),
        groupedText(byCarrier.totals.records),
        groupedText(byCarrier.totals.untold.cost),
      ],
    },
  });
  return html`<h3>${currency}</h3>${chart}`;
}

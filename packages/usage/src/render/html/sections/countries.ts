import type { UsageFigures, UsageRow } from '../../../report/usage-report.js';
import { NOT_TOLD } from '../../figure-text.js';
import { figuresBy } from '../carriers.js';
import { figureCells, figureColumns } from '../figure-columns.js';
import { html, type Markup } from '../markup.js';
import type { PageData } from '../page-data.js';
import { rankedAmount } from '../ranked-amount.js';
import { type Ranked, rankingChart } from '../ranking-chart.js';

const MOST_BARS = 12;
const NAMES = new Intl.DisplayNames('en', { type: 'region' });

export async function countriesSection(data: PageData): Promise<Markup> {
  const figure = rankedAmount(data.byCarrier.totals);
  const countries = rankedCountries(data.byCountry.rows, (figures) => Number(figures[figure] ?? -1));
  const sums = countries.map(({ rows }) => sumOf(rows));
  const drawn = countries.filter(({ rows }) => sumOf(rows)[figure] !== null).slice(0, MOST_BARS);
  const more = countries.length - drawn.length;
  const chart = await rankingChart(data, drawn, 'by country', {
    caption: 'Usage by country',
    columns: [{ title: 'Country', cell: ({ label }) => label }, ...figureColumns(countries, ({ rows }) => sumOf(rows))],
    rows: countries,
    total: ['Sum', ...figureCells(sums, data.byCountry.totals)],
  });
  return html`<section><h2>By country</h2>${chart}${more > 0 ? html`<p class="note">${more} more in the table.</p>` : ''}</section>`;
}

function rankedCountries(rows: readonly UsageRow[], rank: (figures: UsageFigures) => number): readonly Ranked[] {
  const codes = [...new Set(rows.map(({ country }) => country ?? null))];
  return codes
    .map((code) => {
      const own = rows.filter(({ country }) => (country ?? null) === code);
      return { label: countryName(code), rows: own, rank: rank(sumOf(own)) };
    })
    .toSorted((a, b) => b.rank - a.rank || (a.label < b.label ? -1 : 1));
}

function sumOf(rows: readonly UsageRow[]): UsageFigures {
  return figuresBy(rows, () => true);
}

function countryName(code: string | null): string {
  if (code === null) return `Country ${NOT_TOLD}`;
  try {
    return NAMES.of(code) ?? code;
  } catch {
    return code; // not an ISO 3166 code: shown as the carrier tells it
  }
}

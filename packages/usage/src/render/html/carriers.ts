import type { ProviderId } from '@carrierkit/core';
import { addFigures, NO_FIGURES } from '../../report/figures.js';
import type { UsageFigures, UsageReport, UsageRow } from '../../report/usage-report.js';
import type { Amount } from '../figure-text.js';
import type { ChartSeries } from './chart-svg.js';
import { html, type Markup } from './markup.js';

/** Who is told apart in charts: each carrier in its own colour, the same on the whole page. */
export interface Carriers {
  readonly ids: readonly ProviderId[];
  /** Names of what is drawn: the carriers, or seven of them and `others`. */
  readonly drawn: readonly { readonly name: string; readonly colour: number; readonly ids: ReadonlySet<ProviderId> }[];
}

const COLOURS = 8;

export function carriersOf({ rows, coverage }: UsageReport): Carriers {
  const ids = [
    ...new Set([...rows.flatMap(({ provider }) => provider ?? []), ...coverage.map(({ provider }) => provider)]),
  ].toSorted();
  const apart = ids.length > COLOURS ? ids.slice(0, COLOURS - 1) : ids;
  const others = ids.slice(apart.length);
  const drawn = apart.map((id, index) => ({ name: id, colour: index + 1, ids: new Set([id]) }));
  return {
    ids,
    drawn: others.length > 0 ? [...drawn, { name: 'others', colour: COLOURS, ids: new Set(others) }] : drawn,
  };
}

/** The rows of each category and carrier, added. */
export function figuresBy(rows: readonly UsageRow[], belongs: (row: UsageRow) => boolean): UsageFigures {
  return rows.filter(belongs).reduce<UsageFigures>(addFigures, NO_FIGURES);
}

/** The series of a chart with a column or bar for each of `cells`, which hold that category's rows. */
export function seriesOf(
  { drawn }: Carriers,
  cells: readonly (readonly UsageRow[])[],
  valueOf: (figures: UsageFigures) => number | null,
): readonly ChartSeries[] {
  return drawn
    .map(({ name, colour, ids }) => ({
      name,
      colour,
      values: cells.map((rows) => valueOf(figuresBy(rows, ({ provider }) => ids.has(provider ?? '')))),
    }))
    .filter(({ values }) => values.some((value) => value !== null));
}

export function legend(series: readonly ChartSeries[]): Markup {
  return html`<ul class="legend">${series.map(({ name, colour }) => html`<li><i style="background:var(--c${colour})"></i>${name}</li>`)}</ul>`;
}

export function numberOf(figures: UsageFigures, figure: Amount): number | null {
  const value = figures[figure];
  return value === null ? null : Number(value);
}

import type { UsageFigures } from '../../report/usage-report.js';
import { costText, FIGURE_NAMES, FIGURES, type Figure, figureText, isAboutFigure } from '../figure-text.js';
import { bytesText, durationText, groupedText } from '../numbers.js';
import { html, type Markup } from './markup.js';
import type { TableColumn } from './table.js';

/** As people say it: `1.23 GB`, `2 h 05 min`. */
export function readableFigure(figures: UsageFigures, figure: Figure): string {
  const value = figure === 'cost' ? null : figures[figure];
  switch (figure) {
    case 'bytes':
      return value === null ? '' : bytesText(value);
    case 'seconds':
      return value === null ? '' : durationText(value);
    case 'messages':
      return value === null ? '' : groupedText(value);
    case 'cost':
      return costText(figures.cost);
  }
}

/** Readable, with the exact figure below where it is another one. */
export function figureCell(figures: UsageFigures, figure: Figure): Markup {
  const exact = figureText(figures, figure);
  const readable = figureText(figures, figure, readableFigure);
  const isExact = exact === readable || figures[figure] === null;
  const unit = figure === 'bytes' ? 'bytes' : 's';
  return isExact || (figure === 'bytes' && exact === readable.replace(' bytes', ''))
    ? html`${readable}`
    : html`${readable}<small>${exact.replace('*', '')} ${unit}</small>`;
}

/** A column for each figure that any of the rows has something to say about. */
export function figureColumns<T>(rows: readonly T[], figuresOf: (row: T) => UsageFigures): readonly TableColumn<T>[] {
  return presentFigures(rows.map(figuresOf)).map((figure) => ({
    title: FIGURE_NAMES[figure],
    figure: true,
    cell: (row) => figureCell(figuresOf(row), figure),
  }));
}

export function presentFigures(rows: readonly UsageFigures[]): readonly Figure[] {
  return FIGURES.filter(
    (figure) => isAboutFigure(rows, figure) && (figure !== 'cost' || rows.some(({ cost }) => cost !== null)),
  );
}

import { keyName, NOT_TOLD } from '../../figure-text.js';
import { groupedText } from '../../numbers.js';
import { figureCells, figureColumns } from '../figure-columns.js';
import { html, type Markup } from '../markup.js';
import { DETAIL_ROWS, type PageData } from '../page-data.js';
import { table } from '../table.js';

/** The table by keys of the caller's own. */
export function detailSection({ detail }: PageData): Markup | null {
  if (detail === null) return null;
  const { groupBy, rows, totals } = detail;
  const name = groupBy.map(keyName).join(', ');
  const shown = rows.slice(0, DETAIL_ROWS);
  const left = rows.length - shown.length;
  return html`<section><h2>Details by ${name}</h2>${
    left > 0
      ? html`<p class="note">The first ${groupedText(shown.length)} of ${groupedText(rows.length)} groups; the other formats hold all.</p>`
      : ''
  }${table({
    caption: `Usage by ${name}`,
    columns: [
      ...groupBy.map((key) => ({ title: keyName(key), cell: (row: (typeof rows)[number]) => row[key] ?? NOT_TOLD })),
      ...figureColumns(shown, (row) => row),
      { title: 'Records', figure: true, cell: ({ records }) => groupedText(records) },
    ],
    rows: shown,
    total: ['Sum', ...groupBy.slice(1).map(() => ''), ...figureCells(shown, totals), groupedText(totals.records)],
  })}</section>`;
}

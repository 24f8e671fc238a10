import { html, Markup } from './markup.js';

export interface TableColumn<T> {
  readonly title: string;
  /** Figures stand to the right, on one line. */
  readonly figure?: boolean;
  /** Never broken into lines. */
  readonly whole?: boolean;
  readonly cell: (row: T) => Markup | string;
}

export interface TableOptions<T> {
  readonly caption: string;
  readonly columns: readonly TableColumn<T>[];
  readonly rows: readonly T[];
  /** Stands last, set off. */
  readonly total?: readonly (Markup | string)[];
}

/** The first column names its row. Wider than the page, it can be moved within itself, also by keyboard. */
export function table<T>({ caption, columns, rows, total }: TableOptions<T>): Markup {
  const kind = ({ figure = false, whole = false }: TableColumn<T>) =>
    new Markup(figure ? ' class="figure"' : whole ? ' class="whole"' : '');
  const line = (cells: readonly (Markup | string)[]) =>
    columns.map((column, index) =>
      index === 0
        ? html`<th scope="row"${kind(column)}>${cells[index] ?? ''}</th>`
        : html`<td${kind(column)}>${cells[index] ?? ''}</td>`,
    );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${kind(column)}>${column.title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${line(columns.map(({ cell }) => cell(row)))}</tr>\n`)}</tbody>
${total ? html`<tfoot><tr>${line(total)}</tr></tfoot>` : ''}</table></div>`;
}

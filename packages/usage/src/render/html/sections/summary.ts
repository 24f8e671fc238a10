import { isComplete } from '../../../coverage/coverage.js';
import { AMOUNT_NAMES, AMOUNTS, NOT_TOLD, PARTLY } from '../../figure-text.js';
import { groupedText } from '../../numbers.js';
import { figuresBy } from '../carriers.js';
import { figureCells, figureColumns, moneyText, readableAmount } from '../figure-columns.js';
import { html, type Markup } from '../markup.js';
import type { PageData } from '../page-data.js';
import { table } from '../table.js';
import { periodText, timeText } from '../time-axis.js';

export function heading({ title, byCarrier: { window }, carriers }: PageData): Markup {
  return html`<header><h1>${title}</h1>
<p class="lead">${periodText(window, window.timezone)}</p>
<p class="muted">${carriers.ids.length === 1 ? 'Carrier' : 'Carriers'}: ${carriers.ids.join(', ') || 'none'}. Days and times in ${window.timezone}.</p></header>`;
}

export function tiles({ byCarrier: { totals } }: PageData): Markup {
  const amounts = AMOUNTS.map((figure) => ({
    name: AMOUNT_NAMES[figure],
    value: readableAmount(totals, figure) || NOT_TOLD,
    exact: figure === 'messages' || totals[figure] === null ? '' : `${groupedText(totals[figure])} ${figure}`,
  }));
  const costs = Object.entries(totals.cost ?? {}).map(([currency, amount]) => ({
    name: `Cost in ${currency}`,
    value: `${moneyText(amount, currency)}${totals.untold.cost > 0 ? PARTLY : ''}`,
    exact: totals.untold.cost > 0 ? 'not told for all usage' : '',
  }));
  const all = [...amounts, ...(costs.length > 0 ? costs : [{ name: 'Cost', value: NOT_TOLD, exact: '' }])];
  const columns = all.length % 3 === 0 ? 3 : 4;
  return html`<dl class="tiles" style="--columns:${columns}">${all.map(({ name, value, exact }) => html`<div><dt>${name}</dt><dd>${value}</dd>${exact === '' ? '' : html`<dd class="small">${exact}</dd>`}</div>`)}</dl>`;
}

/** Says at once whether the figures are all there, and what a reader has to know before using them. */
export function stateSection({ byCarrier, overTime }: PageData): Markup {
  const complete = isComplete(overTime.coverage);
  const warnings = [...new Set([...byCarrier.warnings, ...overTime.warnings])];
  return html`<section class="state ${complete ? 'good' : 'warn'}"><h2>${complete ? '✓ Complete' : '⚠ Incomplete'}</h2>
<p>${complete ? 'Every SIM of every source was read for the whole period.' : 'Not everything was read: the sums below may be too low.'}</p>
${warnings.length > 0 ? html`<ul>${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>` : ''}</section>`;
}

export function carriersSection({ carriers, byCarrier: { rows, totals } }: PageData): Markup {
  const all = carriers.ids.map((id) => ({ id, figures: figuresBy(rows, ({ provider }) => provider === id) }));
  return html`<section><h2>Totals by carrier</h2>${table({
    caption: 'Totals by carrier. Exact figures stand below the rounded ones.',
    columns: [
      { title: 'Carrier', cell: ({ id }) => id },
      ...figureColumns(all, ({ figures }) => figures),
      { title: 'Records', figure: true, cell: ({ figures }) => groupedText(figures.records) },
    ],
    rows: all,
    total: [
      'Sum',
      ...figureCells(
        all.map(({ figures }) => figures),
        totals,
      ),
      groupedText(totals.records),
    ],
  })}</section>`;
}

export function footing({ madeAt, byCarrier: { window, schema } }: PageData): Markup {
  return html`<footer><dl>
<dt>${NOT_TOLD}</dt><dd>the carrier does not say; it is not zero</dd>
<dt>${PARTLY}</dt><dd>a sum that leaves records out because they do not tell the figure</dd>
<dt>GB, MB, kB</dt><dd>decimal: 1 GB = 1,000,000,000 bytes</dd>
<dt>Period</dt><dd>${window.from} to ${window.to} (excluded), time zone ${window.timezone}</dd>
<dt>Made</dt><dd>${timeText(madeAt, window.timezone)} by CarrierKit from its usage ledger (${schema})</dd>
</dl></footer>`;
}

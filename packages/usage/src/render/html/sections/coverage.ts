import type { CoverageEntry } from '../../../coverage/coverage.js';
import type { UsageRow } from '../../../report/usage-report.js';
import { bucketingText, NOT_TOLD, simsText, unitText } from '../../figure-text.js';
import { groupedText } from '../../numbers.js';
import { figuresBy } from '../carriers.js';
import { html, type Markup } from '../markup.js';
import type { PageData } from '../page-data.js';
import { table } from '../table.js';
import { timeText } from '../time-axis.js';

/** What was read, from whom, until when it is final, and what the carriers' units were taken for. */
export function coverageSection({ byCarrier, overTime: { coverage, window } }: PageData): Markup {
  const time = (instant: string | null, without: string) =>
    instant === null ? without : timeText(instant, window.timezone);
  return html`<section><h2>Coverage</h2><p class="muted">How far each source was read. Figures before “settled through” no longer change.</p>${table<CoverageEntry>(
    {
      caption: 'Coverage by carrier and source',
      columns: [
        { title: 'Carrier', cell: ({ provider }) => provider },
        { title: 'Source', cell: sourceText },
        {
          title: 'SIMs read',
          whole: true,
          cell: (entry) => html`${meter(entry)}${simsText(entry)}${failedText(entry)}`,
        },
        { title: 'Settled through', whole: true, cell: ({ settledThrough }) => time(settledThrough, 'nothing') },
        { title: 'Read at', whole: true, cell: ({ readAt }) => time(readAt, 'never') },
        { title: 'Cost', whole: true, cell: (entry) => costText(entry, byCarrier.rows) },
        {
          title: 'Units and days',
          cell: (entry) => [unitText(entry), bucketingText(entry)].filter(Boolean).join('; '),
        },
      ],
      rows: coverage,
    },
  )}</section>`;
}

function sourceText({ kinds, grain, source }: CoverageEntry): string {
  if (grain === null) return source;
  return `${kinds.join(', ')} ${grain === 'event' ? 'as single events' : `per ${grain}`}`;
}

/** What the source can tell, and what it did tell. */
function costText({ provider, kinds, costTold }: CoverageEntry, rows: readonly UsageRow[]): string {
  if (!costTold) return NOT_TOLD;
  const { cost, records, untold } = figuresBy(
    rows,
    (row) => row.provider === provider && kinds.some((kind) => kind === row.kind),
  );
  if (cost === null) return records > 0 ? 'told for none' : 'told';
  return untold.cost > 0 ? 'told for some' : 'told';
}

function failedText({ sims }: CoverageEntry): string {
  return sims.failed > 0 ? `, ${groupedText(sims.failed)} failed` : '';
}

function meter(entry: CoverageEntry): Markup {
  const { expected, read } = entry.sims;
  const share = expected === null ? 0 : expected === 0 ? 1 : read / expected;
  return html`<svg class="meter" width="36" height="8" viewBox="0 0 36 8" role="img" aria-label="${simsText(entry)} SIMs read"><rect width="36" height="8" rx="4" fill="var(--grid)"/><rect width="${Number((36 * share).toFixed(1))}" height="8" rx="4" fill="var(--${share < 1 ? 'c2' : 'c3'})"/></svg>`;
}

import { html, Markup } from './markup.js';
import { type HtmlReportOptions, readPageData } from './page-data.js';
import { costsSection } from './sections/costs.js';
import { countriesSection } from './sections/countries.js';
import { coverageSection } from './sections/coverage.js';
import { detailSection } from './sections/detail.js';
import { overTimeSection } from './sections/over-time.js';
import { carriersSection, footing, heading, stateSection, tiles } from './sections/summary.js';
import { topSimsSection } from './sections/top-sims.js';
import { STYLE } from './style.js';

/**
 * The usage of a window as one HTML file: totals, usage over time by carrier, by country, top consumers, cost by currency, coverage.
 * It asks for nothing from any network and runs no script; charts are SVG with their figures in a table behind each.
 * All of it is read from one state of the ledger.
 * @throws `input` as `usageReport` does
 */
export async function htmlReport({ ledger, ...options }: HtmlReportOptions): Promise<string> {
  const data = await ledger.read((reader) => readPageData(reader, options));
  const sections = await Promise.all([
    overTimeSection(data),
    countriesSection(data),
    topSimsSection(data),
    costsSection(data),
  ]);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${data.title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
${heading(data)}
${tiles(data)}
${stateSection(data)}
${carriersSection(data)}
${sections}
${coverageSection(data)}
${detailSection(data)}
${footing(data)}
</main>
</body>
</html>
`.text;
}

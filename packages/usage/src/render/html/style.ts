/** Light unless the reader prefers dark; always light on paper, where the tables behind the charts are open too. */
export const STYLE = `
:root { color-scheme: light dark;
  --paper: #ffffff; --ground: #f5f6f8; --ink: #16181d; --muted: #5a606b; --line: #c3c8d1; --grid: #e7e9ee;
  --good: #0b6b3a; --good-ground: #e6f4ec; --warn: #7a4a00; --warn-ground: #fff4dc;
  --c1: #2a6fd6; --c2: #e0701a; --c3: #149a72; --c4: #8a5bd0; --c5: #c9980a; --c6: #d1457b; --c7: #3a9db5; --c8: #858c98; }
@media screen and (prefers-color-scheme: dark) { :root {
  --paper: #1b1e24; --ground: #121419; --ink: #eceef2; --muted: #a6adba; --line: #4a515e; --grid: #2c3038;
  --good: #7fd6a4; --good-ground: #16301f; --warn: #f2c46b; --warn-ground: #33270f;
  --c1: #6aa5ff; --c2: #f5934a; --c3: #45c79d; --c4: #b592f0; --c5: #e3bd45; --c6: #ef7fa8; --c7: #68c4da; --c8: #9aa1ad; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
main { max-width: 944px; margin: 0 auto; padding: 32px 16px 48px; }
header { margin-bottom: 20px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 19px; line-height: 1.3; margin: 0 0 2px; }
h3 { font-size: 15px; margin: 20px 0 2px; }
p { margin: 0 0 8px; }
.lead { font-size: 17px; }
.muted, caption, .note { color: var(--muted); }
.note { font-size: 13px; margin: 4px 0 0; }
section { background: var(--paper); border: 1px solid var(--grid); border-radius: 10px; padding: 18px 16px; margin: 0 0 16px; }
.tiles { display: grid; grid-template-columns: repeat(var(--columns), 1fr); gap: 12px; margin: 0 0 16px; padding: 0; }
.tiles div { background: var(--paper); border: 1px solid var(--grid); border-radius: 10px; padding: 12px 16px; }
.tiles dt { color: var(--muted); font-size: 13px; }
.tiles dd { margin: 0; font-size: 22px; font-weight: 650; line-height: 1.25; letter-spacing: -0.01em; overflow-wrap: anywhere; }
.tiles dd.small { font-size: 13px; font-weight: 400; line-height: 1.4; letter-spacing: 0; color: var(--muted); }
.state { border: 0; }
.state.good { background: var(--good-ground); }
.state.warn { background: var(--warn-ground); }
.state h2 { font-size: 16px; }
.state.good h2 { color: var(--good); }
.state.warn h2 { color: var(--warn); }
.state ul { margin: 6px 0 0; padding-left: 20px; }
.state p { margin: 0; }
figure { margin: 10px 0 0; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 0 0 4px; padding: 0; list-style: none; font-size: 13px; }
.legend i { display: inline-block; width: 11px; height: 11px; border-radius: 2px; margin-right: 6px; }
figure svg { display: block; width: 100%; height: auto; font-family: inherit; }
.narrow { display: none; }
details { margin-top: 8px; }
summary { cursor: pointer; color: var(--muted); font-size: 13px; padding: 6px 0; width: fit-content; }
summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--c1); outline-offset: 2px; border-radius: 4px; }
.scroll { overflow-x: auto; margin-top: 8px; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
caption { text-align: left; font-size: 13px; padding-bottom: 4px; }
th, td { text-align: left; vertical-align: baseline; padding: 6px 16px 6px 0; border-bottom: 1px solid var(--grid); font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--muted); font-size: 12.5px; border-bottom-color: var(--line); white-space: nowrap; }
.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody th { white-space: nowrap; font-variant-numeric: tabular-nums; }
tfoot th, tfoot td { font-weight: 650; border-bottom: 0; border-top: 1px solid var(--line); }
td small, dd small { display: block; color: var(--muted); font-size: 12px; font-weight: 400; }
.meter { display: inline-block; vertical-align: middle; margin-right: 8px; }
.whole { white-space: nowrap; }
footer { color: var(--muted); font-size: 13px; padding: 0 2px; }
footer dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 0; }
footer dt { font-weight: 600; }
footer dd { margin: 0; }
@media screen and (max-width: 720px) {
  main { padding: 20px 10px 32px; }
  h1 { font-size: 24px; }
  section { padding: 14px 12px; }
  .wide { display: none; }
  .narrow { display: block; }
  .tiles { grid-template-columns: 1fr 1fr; gap: 8px; }
  .tiles div { padding: 10px 12px; }
  .tiles dd { font-size: 20px; }
  .tiles dd.small { font-size: 12px; }
  th, td { padding-right: 12px; }
  td { white-space: nowrap; }
}
@media print {
  @page { size: A4; margin: 14mm; }
  :root { color-scheme: light; }
  body { background: none; font-size: 10pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  section { padding: 10px 0; border: 0; border-top: 1px solid var(--line); border-radius: 0; margin: 0 0 6px; }
  .state { padding: 8px 12px; }
  h2, h3, h2 + p, caption, thead { break-after: avoid; }
  figure > div, .tiles, tr, .state, dl { break-inside: avoid; }
  .legend { break-after: avoid; }
  tfoot { display: table-row-group; }
  tbody tr:nth-child(-n + 3) { break-after: avoid; }
  tbody tr:nth-last-child(-n + 3), tfoot tr { break-before: avoid; }
  .tiles div { padding: 8px 10px; }
  .tiles dd { font-size: 13pt; white-space: nowrap; }
  .tiles dd.small { font-size: 8pt; }
  summary { display: none; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .scroll { overflow: visible; }
  table { font-size: 8.5pt; }
  th, td { padding: 2.5px 10px 2.5px 0; }
}
`;

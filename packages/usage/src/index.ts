export type { CoverageEntry } from './coverage/coverage.js';
export { isComplete } from './coverage/coverage.js';
export type { Ledger, LedgerOptions, LedgerReader } from './ledger/ledger.js';
export { openLedger } from './ledger/ledger.js';
export type { ExplainedRecord, ExplainOptions, UsageExplanation } from './questions/explain-usage.js';
export { explainUsage } from './questions/explain-usage.js';
export type { SilentFinding, SilentOptions, SilentReport, SilentSim } from './questions/silent-sims.js';
export { silentSims } from './questions/silent-sims.js';
export type { GrowthOptions, GrowthReport, GrowthRow } from './questions/usage-growth.js';
export { usageGrowth } from './questions/usage-growth.js';
export { htmlReport } from './render/html/html-report.js';
export type { HtmlReportOptions } from './render/html/page-data.js';
export { writeParquet } from './render/parquet.js';
export type { RenderOptions, TextFormat } from './render/render-report.js';
export { renderReport } from './render/render-report.js';
export type { ExchangeRate, ExchangeRates } from './report/exchange-rates.js';
export { parseExchangeRates } from './report/exchange-rates.js';
export { usageReport } from './report/run-report.js';
export type {
  CostConversion,
  GroupKey,
  ReportFilter,
  ReportOptions,
  TimeKey,
  TopGroups,
  UsageFigures,
  UsageReport,
  UsageRow,
  Whole,
} from './report/usage-report.js';
export type { WindowInput } from './report/window.js';
export { resolveWindow } from './report/window.js';
export type { SyncEstimate } from './sync/estimate-sync.js';
export { estimateSync } from './sync/estimate-sync.js';
export type { SyncOptions, SyncProgress, SyncResult } from './sync/sync-usage.js';
export { syncInto, syncUsage } from './sync/sync-usage.js';
export type { ReadTarget, RecordCounts, SourceInUse, UsageRead, UsageStore } from './sync/usage-store.js';

export type { Complete } from './complete.js';
export type { FleetConfig, ProviderSettings } from './config/fleet-config.js';
export { type LoadedConfig, loadConfig, type ProviderFacts } from './config/load-config.js';
export { carrierModule, createContainer } from './container/carrier-module.js';
export { Ports } from './container/ports.js';
export { createFleet, type TypedConfig } from './create-fleet.js';
export type { ClientOf, Factories, Fleet, FleetInventory, FleetProvider, FleetUsage, MergeOptions } from './fleet.js';
export type { FleetOptions } from './options.js';
export type { RunProgress } from './runs/run-progress.js';
export type {
  ItemOutcome,
  Items,
  Job,
  RunOptions,
  RunOutcome,
  RunPlan,
  RunProblem,
  RunReport,
  Runs,
} from './runs/runs.js';
export { fileRunStore } from './runs/store/file-run-store.js';
export { memoryRunStore } from './runs/store/memory-run-store.js';
export type { HeldRun, RunStore } from './runs/store/run-store.js';
export { fileStore } from './stores/file-store.js';
export { memoryStore } from './stores/memory-store.js';

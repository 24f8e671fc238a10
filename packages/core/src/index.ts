export type {
  AnyConnectivityError,
  AnyErrorInfo,
  Effect,
  ErrorDetails,
  ErrorInfo,
  ErrorKind,
} from './errors/connectivity-error.js';
export { ConnectivityError } from './errors/connectivity-error.js';
export type { Eid, Iccid, Imei, Imsi, Instant, Msisdn, ProviderId } from './identifiers/brand.js';
export type { Json } from './model/json.js';
export type { Known } from './model/known.js';
export type { Money } from './model/money.js';
export type { Sim, SimChanges, SimFilter, SimTarget } from './model/sim.js';
export type { ServiceName, ServiceState, SettableState, SimStateName } from './model/state.js';
export type { TimeWindow } from './model/time-window.js';
export type { Grain, UsageKind, UsageRecord } from './model/usage-record.js';
export type { OutcomeCounts, OutcomeStatus, PendingChange, SimOutcome, Wanted } from './outcomes/outcome.js';
export { merged } from './paging/merged.js';
export { paged } from './paging/paged.js';
export type { CallOptions, Page, PagedList, PageOptions, WriteOptions } from './paging/paged-list.js';
export type { Ability, Capabilities, Support, UsageSource } from './ports/capabilities.js';
export type { CallEvent, Hooks } from './ports/hooks.js';
export type { BatchCheck, SimBatches, SimInventory, SimSecrets } from './ports/inventory.js';
export type { Lifecycle, RatePlans } from './ports/lifecycle.js';
export type { Delivery, DeliveryState, Messaging, Recipient, SendOutcome } from './ports/messaging.js';
export type { Order, OrderDelivery, OrderOutcome, OrderRequest, Orders, Ref } from './ports/orders.js';
export type { Adapter, AdapterContext, KeyValueStore, Provider, ProviderFactory, RateStore } from './ports/provider.js';
export type { Usage } from './ports/usage.js';
export type { Transition, TransitionTable } from './transitions/table.js';

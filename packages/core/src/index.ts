export type {
  AnyConnectivityError,
  AnyErrorInfo,
  Effect,
  ErrorDetails,
  ErrorInfo,
  ErrorKind,
} from './errors/connectivity-error.js';
export { ConnectivityError } from './errors/connectivity-error.js';
export type { ErrorContext } from './errors/make-error.js';
export {
  cancelledError,
  errorFrom,
  inputError,
  inputErrors,
  toErrorInfo,
  unsupportedError,
} from './errors/make-error.js';
export type { Eid, Iccid, Imei, Imsi, Instant, Msisdn, ProviderId } from './identifiers/brand.js';
export { fitsCandidate } from './identifiers/damaged-iccid.js';
export { eidFromVendor, imeiFromVendor, imsiFromVendor, parseEid, parseImei, parseImsi } from './identifiers/digits.js';
export type { IccidFindings, IccidWarning } from './identifiers/iccid.js';
export { iccidFromVendor, inspectIccid, isIccid, parseIccid, sameIccid, spellingsOf } from './identifiers/iccid.js';
export { hasValidCheckDigit, luhnCheckDigit, withCheckDigit } from './identifiers/luhn.js';
export { formatMsisdn, isMsisdn, msisdnFromVendor, parseMsisdn } from './identifiers/msisdn.js';
export { epochMs, instantFrom, isInstant, parseInstant, toInstant } from './instants/instant.js';
export type { TimeWindow } from './instants/time-window.js';
export type { MonthPart } from './instants/windows.js';
export {
  commonWindow,
  isWholeMonth,
  monthsOf,
  monthWindow,
  splitWindow,
  timeWindow,
  windowContains,
  windowsOverlap,
} from './instants/windows.js';
export { addDecimals, compareDecimals, multiplyDecimals } from './model/decimal.js';
export { inChunks } from './model/in-chunks.js';
export type { Json } from './model/json.js';
export type { Known } from './model/known.js';
export { known } from './model/known.js';
export { matches, simMatcher } from './model/matches.js';
export type { Money } from './model/money.js';
export { addMoney, moneyFromVendor, parseMoney } from './model/money.js';
export type { Ref } from './model/ref.js';
export type { Sim, SimChanges, SimFilter, SimTarget } from './model/sim.js';
export { simTargetIccid } from './model/sim-target.js';
export type { ServiceName, ServiceState, SettableState, SimStateName, StateFacts } from './model/state.js';
export { isSettableState, serviceNames, simStates, stateFacts, unknownServices } from './model/state.js';
export { usageCellId, usageSourceKey } from './model/usage-ids.js';
export type { Grain, UsageKind, UsageRecord } from './model/usage-record.js';
export { assertNever } from './outcomes/assert-never.js';
export { addCounts, noOutcomes, outcomeCounts } from './outcomes/counts.js';
export type { OutcomeCounts, OutcomeStatus, PendingChange, SimOutcome, Wanted } from './outcomes/outcome.js';
export type { Sources } from './paging/merged.js';
export { merged } from './paging/merged.js';
export { onAbort } from './paging/on-abort.js';
export type { FetchPage } from './paging/paged.js';
export { paged } from './paging/paged.js';
export type { WalkPages } from './paging/paged-from.js';
export { pagedFrom } from './paging/paged-from.js';
export type { CallOptions, Page, PagedList, PageOptions, WriteOptions } from './paging/paged-list.js';
export { allHooks } from './ports/all-hooks.js';
export type { Ability, Capabilities, Support, UsageSource } from './ports/capabilities.js';
export type { CallEvent, Hooks } from './ports/hooks.js';
export type { BatchCheck, SimBatches, SimInventory, SimSecrets } from './ports/inventory.js';
export type { Lifecycle, RatePlans } from './ports/lifecycle.js';
export type { Delivery, DeliveryState, Messaging, Recipient, SendOutcome } from './ports/messaging.js';
export type { Order, OrderDelivery, OrderOutcome, OrderRequest, Orders } from './ports/orders.js';
export type { Adapter, AdapterContext, KeyValueStore, Provider, ProviderFactory, RateStore } from './ports/provider.js';
export type { Usage } from './ports/usage.js';
export type { SmsSegments } from './sms/sms-segments.js';
export { smsSegments } from './sms/sms-segments.js';
export type { TransitionPlan } from './transitions/plan.js';
export { illegalTransition, legalNextStates, plan } from './transitions/plan.js';
export type { Transition, TransitionTable } from './transitions/table.js';

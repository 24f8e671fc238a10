export type { Check, CheckResult } from './check.js';
export { checks } from './checks/all.js';
export { conformanceReport } from './conformance-report.js';
export type { DescribeOptions } from './describe-provider.js';
export { describeProvider } from './describe-provider.js';
export type { KnownFleet, UsageTruth, VendorControl } from './known-fleet.js';
export { runCheck } from './run-check.js';
export type { Setup, Subject } from './subject.js';

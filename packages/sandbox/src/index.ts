export type { SandboxInfo } from './control/info.js';
export { createSandbox, type SandboxOptions, type SandboxSwitches } from './create-sandbox.js';
export type { Delays } from './framework/vendor.js';
export type { Sandbox } from './start-sandbox.js';
export type { EmnifySwitches } from './vendors/emnify/index.js';
export type { SubscriptionsSwitches } from './vendors/subscriptions/index.js';
export type { TruphoneSwitches } from './vendors/truphone/index.js';

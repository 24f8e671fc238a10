import type { Check } from '../check.js';
import { inventoryReadChecks } from './inventory-read.js';
import { inventoryWriteChecks } from './inventory-write.js';
import { lifecycleChangeChecks } from './lifecycle-change.js';
import { messagingDeliveryChecks } from './messaging-delivery.js';
import { messagingSendChecks } from './messaging-send.js';
import { orderChecks } from './orders.js';
import { providerChecks } from './provider.js';
import { servicesAndPlansChecks } from './services-and-plans.js';
import { usageChecks } from './usage.js';

/** Every promise that the suite examines, by port. */
export const checks: readonly Check[] = [
  ...providerChecks,
  ...inventoryReadChecks,
  ...inventoryWriteChecks,
  ...lifecycleChangeChecks,
  ...servicesAndPlansChecks,
  ...orderChecks,
  ...messagingSendChecks,
  ...messagingDeliveryChecks,
  ...usageChecks,
];

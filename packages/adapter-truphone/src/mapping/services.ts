import type { ServiceName, ServiceState } from '@carrierkit/core';
import type { SimCard } from '../operations/sims.js';

type Bearers = NonNullable<SimCard['subscription']>['bearerServices'];

/** The bearers of a SIM's subscription, data under its GSM name. */
export function servicesOf(bearers: Bearers): Readonly<Record<ServiceName, ServiceState>> {
  return {
    data: serviceState(bearers?.gprs),
    smsMo: serviceState(bearers?.smsMo),
    smsMt: serviceState(bearers?.smsMt),
    voiceMo: serviceState(bearers?.voiceMo),
    voiceMt: serviceState(bearers?.voiceMt),
  };
}

function serviceState(word: string | boolean | null | undefined): ServiceState {
  if (word === 'ACTIVE' || word === true) return 'enabled';
  return word === 'SUSPENDED' || word === false ? 'disabled' : 'unknown';
}

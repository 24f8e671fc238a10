import { formatMsisdn, type Sim, type SimStateName, serviceNames } from '@carrierkit/core';
import type { Tone, View } from '../output/view.js';

const TONES: Readonly<Record<SimStateName | 'unknown', Tone | null>> = {
  provisioning: 'quiet',
  inventory: 'quiet',
  test: 'warning',
  ready: 'good',
  active: 'good',
  suspended: 'warning',
  blocked: 'bad',
  retired: 'quiet',
  unknown: 'bad',
};

export const stateTone = (state: SimStateName | 'unknown'): Tone | null => TONES[state];

export const simView: View<Sim> = [
  { name: 'provider', value: ({ provider }) => provider, whole: true },
  { name: 'iccid', value: ({ iccid }) => iccid, whole: true },
  { name: 'state', value: ({ state }) => state.value, whole: true, tone: ({ state }) => stateTone(state.value) },
  { name: 'vendorState', value: ({ state }) => state.raw },
  { name: 'msisdns', value: ({ msisdns }) => msisdns.map(formatMsisdn).join(' ') },
  { name: 'label', value: ({ label }) => label },
  { name: 'ratePlan', value: ({ ratePlan }) => ratePlan },
  { name: 'tags', value: ({ tags }) => tags.join(' ') },
  { name: 'account', value: ({ account }) => account },
  { name: 'ref', value: ({ ref }) => ref, detail: true },
  { name: 'imsis', value: ({ imsis }) => imsis.join(' '), detail: true },
  { name: 'imei', value: ({ imei }) => imei, detail: true },
  { name: 'eid', value: ({ eid }) => eid, detail: true },
  ...serviceNames.map((service) => ({
    name: service,
    value: ({ services }: Sim) => services[service],
    detail: true as const,
  })),
  {
    name: 'attributes',
    value: ({ attributes }) => (Object.keys(attributes).length > 0 ? JSON.stringify(attributes) : null),
    detail: true,
  },
  { name: 'firstActivatedAt', value: ({ firstActivatedAt }) => firstActivatedAt, detail: true },
];

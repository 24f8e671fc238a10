import type { RatePlans, ServiceName } from '@carrierkit/core';
import { expect } from 'vitest';
import { type Check, required } from '../check.js';
import { ratePlan as ratePlanShape } from '../shapes/model.js';
import type { Subject } from '../subject.js';
import { collect } from '../support/collect.js';
import { oneOf } from '../support/known.js';
import { complete, expectDone, expectOutcomes } from '../support/outcomes.js';
import { pagingChecks } from './paging.js';

type Switch = 'enabled' | 'disabled';

const service = (promise: string, run: (subject: Subject) => Promise<void>): Check => ({
  name: `lifecycle.setServices: ${promise}`,
  ability: 'lifecycle.setServices',
  run,
});
const plan = (promise: string, run: (subject: Subject) => Promise<void>): Check => ({
  name: `lifecycle.ratePlans: ${promise}`,
  ability: 'lifecycle.ratePlans',
  run,
});

const switchable = ({ fleet }: Subject) => {
  const { sims, service: name } = required(fleet.switchable, 'switchable', 'lifecycle.setServices');
  return { iccid: oneOf(sims, 'switchable.sims'), name };
};
const services = (name: ServiceName, to: Switch): Readonly<Partial<Record<ServiceName, Switch>>> => ({ [name]: to });

const serviceChecks: readonly Check[] = [
  service('a service is switched off and on, and the others stay', async (subject) => {
    const { provider } = subject;
    const { iccid, name } = switchable(subject);
    const before = (await provider.inventory.get(iccid)).services;
    for (const to of ['disabled', 'enabled'] as const) {
      const request = { sims: [iccid], services: services(name, to) };
      await complete(subject, [iccid], (await provider.lifecycle.setServices?.(request)) ?? []);
      expect((await provider.inventory.get(iccid)).services).toEqual({ ...before, [name]: to });
    }
  }),
  service('an unknown ICCID fails alone', async (subject) => {
    const { provider, fleet } = subject;
    const { iccid, name } = switchable(subject);
    const sims = [fleet.unknownIccid, iccid];
    const request = { sims, services: services(name, 'disabled') };
    const outcomes = (await provider.lifecycle.setServices?.(request)) ?? [];
    expectOutcomes(provider, outcomes, sims);
    expect(outcomes[0]).toMatchObject({ status: 'failed', error: { kind: 'not-found' } });
    expectDone(outcomes.slice(1));
  }),
];

const known = ({ fleet }: Subject) => {
  const { sims, plan: id } = required(fleet.ratePlan, 'ratePlan', 'lifecycle.ratePlans');
  return { iccid: oneOf(sims, 'ratePlan.sims'), id };
};
const ratePlans = ({ provider }: Subject): RatePlans =>
  required(provider.lifecycle.ratePlans, 'ratePlans', 'lifecycle.ratePlans');

const planChecks: readonly Check[] = [
  ...pagingChecks({
    ability: 'lifecycle.ratePlans',
    what: 'rate plans',
    open: (subject, options) => ratePlans(subject).list(options),
    key: (ratePlan) => ratePlan.id,
    shape: ({ provider }) => ratePlanShape(provider.id),
    sized: true,
  }),
  plan('a SIM can be put on a listed plan', async (subject) => {
    const { iccid, id } = known(subject);
    const listed = await collect(ratePlans(subject).list());
    expect(
      listed.map((ratePlan) => ratePlan.id),
      'ids of the listed plans',
    ).toContain(id);
    const outcomes = await ratePlans(subject).change({ sims: [iccid], plan: id });
    expectOutcomes(subject.provider, outcomes, [iccid]);
    // When the change happens is the vendor's affair (often at the end of the billing cycle), so it is not waited for.
    expectDone(outcomes);
    expect(outcomes[0]?.status, 'a plan that the SIM did not have').not.toBe('unchanged');
  }),
  plan('an unknown ICCID fails alone', async (subject) => {
    const { iccid, id } = known(subject);
    const sims = [subject.fleet.unknownIccid, iccid];
    const outcomes = await ratePlans(subject).change({ sims, plan: id });
    expectOutcomes(subject.provider, outcomes, sims);
    expect(outcomes[0]).toMatchObject({ status: 'failed', error: { kind: 'not-found' } });
    expectDone(outcomes.slice(1));
  }),
  plan('cancelling a change gives one outcome per SIM', async (subject) => {
    const { iccid, id } = known(subject);
    await ratePlans(subject).change({ sims: [iccid], plan: id });
    expectOutcomes(subject.provider, await ratePlans(subject).cancelChange({ sims: [iccid] }), [iccid]);
  }),
];

export const servicesAndPlansChecks: readonly Check[] = [...serviceChecks, ...planChecks];

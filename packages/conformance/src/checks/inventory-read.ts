import { type Iccid, matches, type Sim, type SimFilter } from '@carrierkit/core';
import { expect } from 'vitest';
import { type Check, notProven } from '../check.js';
import { sim as simShape } from '../shapes/model.js';
import type { Subject } from '../subject.js';
import { collect } from '../support/collect.js';
import { expectShape } from '../support/expect-shape.js';
import { knownSims, oneOf } from '../support/known.js';
import { expectRejection } from '../support/rejection.js';
import { pagingChecks } from './paging.js';

const list = (promise: string, run: (subject: Subject) => Promise<void>): Check => ({
  name: `inventory.list: ${promise}`,
  ability: 'inventory.list',
  run,
});
const get = (promise: string, run: (subject: Subject) => Promise<void>): Check => ({
  name: `inventory.get: ${promise}`,
  ability: 'inventory.get',
  run,
});

const listChecks: readonly Check[] = [
  ...pagingChecks<Sim>({
    ability: 'inventory.list',
    what: 'SIMs',
    open: ({ provider }, options) => provider.inventory.list({}, options),
    key: (sim) => sim.iccid,
    shape: ({ provider }) => simShape(provider.id),
    sized: true,
  }),
  list('every known SIM is there, in its state', async ({ provider, fleet }) => {
    const states = new Map((await collect(provider.inventory.list())).map((sim) => [sim.iccid, sim.state.value]));
    expect(knownSims(fleet).length, 'SIMs that the known fleet names').toBeGreaterThan(0);
    for (const [state, iccids] of Object.entries(fleet.sims))
      for (const iccid of iccids) expect(states.get(iccid), `state of ${iccid}`).toBe(state);
  }),
  list('a state that is new to us lists as unknown, with the word of the vendor', async ({ provider, fleet }) => {
    const iccids = fleet.sims.unknown ?? notProven('the known fleet gives no `sims.unknown`');
    const sims = (await collect(provider.inventory.list())).filter((sim) => iccids.includes(sim.iccid));
    expect(sims.map((sim) => sim.state.value)).toEqual(iccids.map(() => 'unknown'));
    for (const sim of sims) expect(sim.state.raw, `word of the vendor for ${sim.iccid}`).toMatch(/\S/);
  }),
];

const getChecks: readonly Check[] = [
  get('one SIM by its ICCID, in full shape', async ({ provider, fleet }) => {
    for (const [state, [iccid]] of Object.entries(fleet.sims)) {
      if (iccid === undefined) continue;
      const sim = await provider.inventory.get(iccid);
      expectShape(sim, simShape(provider.id), 'the SIM');
      expect(sim.iccid).toBe(iccid);
      expect(sim.state.value, `state of ${iccid}`).toBe(state);
    }
  }),
  get('the same SIM by what the list gave, whole or ICCID and ref', async ({ provider, fleet }) => {
    const iccid = oneOf(knownSims(fleet), 'sims');
    const listed = (await collect(provider.inventory.list())).find((sim) => sim.iccid === iccid);
    if (!listed) return expect.fail(`${iccid} is not listed`);
    const { ref } = listed;
    for (const target of [listed, { iccid, ref }, { iccid, ref, provider: provider.id }, { iccid }]) {
      const sim = await provider.inventory.get(target);
      expect({ iccid: sim.iccid, ref: sim.ref, state: sim.state.value }).toEqual({
        iccid,
        ref,
        state: listed.state.value,
      });
    }
  }),
  get('an unknown ICCID is not-found', async ({ provider, fleet }) => {
    const error = await expectRejection(provider, 'not-found', () => provider.inventory.get(fleet.unknownIccid));
    expect(error.effect, 'effect of a read').toBe('none');
  }),
  get('ends with cancelled when the signal aborts', async ({ provider, fleet }) => {
    const iccid = oneOf(knownSims(fleet), 'sims');
    await expectRejection(provider, 'cancelled', () => provider.inventory.get(iccid, { signal: AbortSignal.abort() }));
  }),
];

/** Filters made from what the list tells, and some that nothing fulfils: pushed down or not, the answer must be the same. */
type Examples = (sims: readonly Sim[], subject: Subject) => readonly SimFilter[];

const NOBODY = 'conformance-nobody';
const told = <T>(sims: readonly Sim[], values: (sim: Sim) => readonly T[], most = 2): readonly T[] =>
  [...new Set(sims.flatMap(values))].slice(0, most);
const given = <T>(value: T | null): readonly T[] => (value === null ? [] : [value]);

const EXAMPLES: Readonly<Record<keyof SimFilter, Examples>> = {
  providers: (_, { provider }) => [{ providers: [provider.id, NOBODY] }, { providers: [NOBODY] }, { providers: [] }],
  states: (sims) => {
    const states = told(sims, (sim) => (sim.state.value === 'unknown' ? [] : [sim.state.value]), 8);
    return [...states.map((state) => ({ states: [state] })), { states: states.slice(0, 2) }, { states: [] }];
  },
  iccids: (sims, { fleet }) => {
    const iccids = told<Iccid>(sims, (sim) => [sim.iccid], 3);
    return [{ iccids }, { iccids: [...iccids.slice(0, 1), fleet.unknownIccid] }, { iccids: [fleet.unknownIccid] }];
  },
  msisdn: (sims) => told(sims, (sim) => sim.msisdns).map((msisdn) => ({ msisdn })),
  imsi: (sims) => told(sims, (sim) => sim.imsis).map((imsi) => ({ imsi })),
  label: (sims) => [
    ...told(sims, (sim) => given(sim.label)).flatMap((label) => [{ label }, { label: label.slice(0, -1) || NOBODY }]),
    { label: NOBODY },
  ],
  account: (sims) => [...told(sims, (sim) => given(sim.account)), NOBODY].map((account) => ({ account })),
  tags: (sims) => {
    const tags = told(sims, (sim) => sim.tags);
    return [...tags.map((tag) => ({ tags: [tag] })), { tags }, { tags: [...tags, NOBODY] }, { tags: [] }];
  },
  attributes: (sims) => [
    ...told(sims, (sim) => Object.entries(sim.attributes)).flatMap(([name, value]) => [
      { attributes: { [name]: value } },
      { attributes: { [name]: NOBODY } },
    ]),
    { attributes: { [NOBODY]: NOBODY } },
  ],
};

const filterChecks: readonly Check[] = [
  ...Object.entries(EXAMPLES).map(([field, examples]) =>
    list(`the filter ${field} means what core's matches says`, async (subject) => {
      const whole = await collect(subject.provider.inventory.list());
      const filters = examples(whole, subject);
      for (const filter of filters) await expectFiltered(subject, whole, filter);
      const selects = filters.some((filter) => whole.some((sim) => matches(sim, filter)));
      if (!selects) notProven(`no SIM of the account has something that the filter ${field} could select`);
    }),
  ),
  list('filters combine', async (subject) => {
    const whole = await collect(subject.provider.inventory.list());
    const states = told(whole, (sim) => (sim.state.value === 'unknown' ? [] : [sim.state.value]), 1);
    for (const field of ['account', 'label', 'tags', 'iccids'] as const)
      for (const filter of EXAMPLES[field](whole, subject)) await expectFiltered(subject, whole, { ...filter, states });
  }),
];

async function expectFiltered({ provider }: Subject, whole: readonly Sim[], filter: SimFilter): Promise<void> {
  const found = (await collect(provider.inventory.list(filter))).map((sim) => sim.iccid);
  const meant = whole.filter((sim) => matches(sim, filter)).map((sim) => sim.iccid);
  expect([...found].sort(), `SIMs found by ${Object.keys(filter).join(' and ')}`).toEqual([...meant].sort());
}

export const inventoryReadChecks: readonly Check[] = [...listChecks, ...filterChecks, ...getChecks];

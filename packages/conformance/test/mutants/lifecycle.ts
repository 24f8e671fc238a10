import {
  ConnectivityError,
  type ErrorInfo,
  type Iccid,
  type Lifecycle,
  paged,
  type SimOutcome,
  simTargetIccid,
} from '@carrierkit/core';
import { lifecycle, type Mutant, mutantOf, orders, ratePlans } from './mutant.js';

const change = mutantOf('lifecycle.change');
const services = mutantOf('lifecycle.setServices');
const plans = mutantOf('lifecycle.ratePlans');
const order = mutantOf('lifecycle.orders');

type Change = Lifecycle['change'];
type Outcomes = readonly SimOutcome[];

const changing = (spoil: (change: Change) => Change): Mutant['mutate'] =>
  lifecycle((port) => ({ change: spoil(port.change) }));
const answering = (spoil: (outcomes: Outcomes) => Outcomes): Mutant['mutate'] =>
  changing((original) => async (request, options) => spoil(await original(request, options)));
const item = (iccid: Iccid) => ({ provider: 'ref', iccid });
const failed = (kind: 'not-found' | 'unavailable' | 'conflict'): ErrorInfo =>
  new ConnectivityError(kind, 'the vendor said no', { provider: 'ref' }).toJSON() as ErrorInfo;
/** The whole call fails when one SIM is unknown, as a vendor's bulk call does. */
const throwing = async (outcomes: Promise<Outcomes>): Promise<Outcomes> => {
  const settled = await outcomes;
  if (settled.some((outcome) => outcome.status === 'failed'))
    throw new ConnectivityError('not-found', 'unknown', { provider: 'ref' });
  return settled;
};

const changeMutants: readonly Mutant[] = [
  change(
    'a SIM moves, confirms, reads back, and moves back',
    'applied is said and nothing done',
    changing(
      () =>
        async ({ sims }) =>
          sims.map((sim) => ({ ...item(simTargetIccid(sim)), status: 'applied' })),
    ),
  ),
  change(
    'a SIM moves, confirms, reads back, and moves back',
    'a pending change never becomes applied',
    lifecycle(() => ({
      confirm: async (pending) => pending.map((open) => ({ ...item(open.iccid), status: 'accepted', pending: open })),
    })),
    'slow',
  ),
  change(
    'a SIM that is there already is not moved again',
    'it is written again',
    lifecycle((port, vendor) => ({
      change: async (request, options) => {
        vendor.effects += 1;
        return port.change(request, options);
      },
    })),
  ),
  change(
    'nothing is called unchanged on what the caller knew before',
    'the state of the given SIM is believed',
    changing((original) => async (request, options) => {
      const known = (sim: object | string): boolean =>
        typeof sim === 'object' && 'state' in sim && (sim.state as { readonly value: string }).value === request.to;
      return request.sims.every(known)
        ? request.sims.map((sim) => ({ ...item(simTargetIccid(sim)), status: 'unchanged' }))
        : original(request, options);
    }),
  ),
  change(
    'several SIMs give one outcome each, in input order',
    'sorted by ICCID',
    answering((outcomes) => outcomes.toSorted((a, b) => (a.iccid < b.iccid ? -1 : 1))),
  ),
  change(
    'a SIM named twice gives two outcomes and is moved once',
    'one outcome for both',
    answering((outcomes) => [...new Map(outcomes.map((outcome) => [outcome.iccid, outcome])).values()]),
  ),
  change(
    'an unknown ICCID among good ones fails alone',
    'the call fails',
    changing((original) => (request, options) => throwing(original(request, options))),
  ),
  change(
    'no SIMs give no outcomes',
    'none is refused',
    changing((original) => async (request, options) => {
      if (request.sims.length === 0) throw new ConnectivityError('input', 'sims: expected at least one');
      return original(request, options);
    }),
  ),
  change(
    'a move outside a closed table is refused with the legal next states',
    'the vendor is asked and says conflict',
    answering((outcomes) =>
      outcomes.map((outcome) => (outcome.status === 'failed' ? { ...outcome, error: failed('conflict') } : outcome)),
    ),
  ),
  change(
    'an end for good needs irreversible',
    'it goes without',
    changing((original) => (request, options) => original({ ...request, irreversible: true }, options)),
  ),
  change(
    'a SIM ends for good when told so',
    'it is suspended instead',
    changing(
      (original) => (request, options) =>
        original({ ...request, to: request.to === 'retired' ? 'suspended' : request.to }, options),
    ),
  ),
  change(
    'an aborted signal stops the write before it starts',
    'the signal is ignored',
    changing((original) => (request) => original(request)),
  ),
  change(
    'what is still open at the deadline comes back as accepted',
    'it throws',
    lifecycle(() => ({ confirm: () => Promise.reject(new ConnectivityError('timeout', 'not done in time')) })),
    'slow',
  ),
  change(
    'a change whose answer is lost is not reported as failed, and happens once',
    'unknown is told as failed',
    answering((outcomes) =>
      outcomes.map((outcome) => (outcome.status === 'unknown' ? { ...outcome, status: 'failed' } : outcome)),
    ),
  ),
  change(
    'a change refused by a failing vendor tells the truth',
    'it is told as applied',
    answering((outcomes) => outcomes.map(({ iccid }) => ({ ...item(iccid), status: 'applied' }))),
  ),
];

const serviceMutants: readonly Mutant[] = [
  services(
    'a service is switched off and on, and the others stay',
    'all go off together',
    lifecycle((port) => ({
      setServices: ({ sims }, options) =>
        port.setServices({ sims, services: { data: 'disabled', smsMo: 'disabled' } }, options),
    })),
  ),
  services(
    'an unknown ICCID fails alone',
    'the call fails',
    lifecycle((port) => ({ setServices: (request, options) => throwing(port.setServices(request, options)) })),
  ),
  plans(
    'a SIM can be put on a listed plan',
    'the change is not made',
    ratePlans(() => ({
      change: async ({ sims }) => sims.map((sim) => ({ ...item(simTargetIccid(sim)), status: 'unchanged' })),
    })),
  ),
  plans(
    'an unknown ICCID fails alone',
    'the call fails',
    ratePlans((port) => ({ change: (request, options) => throwing(port.change(request, options)) })),
  ),
  plans(
    'cancelling a change gives one outcome per SIM',
    'none is given',
    ratePlans(() => ({ cancelChange: async () => [] })),
  ),
];

const orderMutants: readonly Mutant[] = [
  order(
    'an order is placed, read, waited for and completed',
    'wait gives a pending order',
    orders((port) => ({
      wait: async (ref) => ({ ...(await port.get(ref)), state: { value: 'pending', raw: 'pending' } }),
    })),
  ),
  order(
    'an unknown order is not-found',
    'it is a contract error',
    orders(() => ({ get: () => Promise.reject(new ConnectivityError('contract', 'no such member')) })),
  ),
  order(
    'waiting ends with cancelled when the signal aborts',
    'the signal is ignored',
    orders((port) => ({ wait: (ref) => port.wait(ref) })),
  ),
  order(
    'an aborted signal stops an order before it is placed',
    'the signal is ignored',
    orders((port) => ({ place: (request) => port.place(request) })),
  ),
  order(
    'the template of an activation is listed',
    'no template is listed',
    orders(() => ({ templates: () => paged(async () => ({ items: [], next: null, total: null })) })),
  ),
  mutantOf('lifecycle.orders.list')(
    'placed orders are there',
    'none is listed',
    orders(() => ({ list: () => paged(async () => ({ items: [], next: null, total: null })) })),
  ),
  order(
    'two equal orders on purpose are two',
    'the key is made of the content',
    orders((port) => ({ place: (request) => port.place(request, { intent: JSON.stringify(request) }) })),
  ),
  order(
    'the same intent is one order where the vendor has keys',
    'the intent is not passed on',
    orders((port) => ({ place: (request) => port.place(request) })),
  ),
  order(
    'an order whose answer is lost is not reported as not placed, and placed once',
    'it is placed again',
    orders((port) => ({ place: (request) => port.place(request).catch(() => port.place(request)) })),
  ),
  order(
    'an order whose answer is lost is not reported as not placed, and placed once',
    'effect none is told',
    orders((port) => ({
      place: (request) =>
        port.place(request).catch(() => {
          throw new ConnectivityError('timeout', 'no answer came', { provider: 'ref' });
        }),
    })),
  ),
];

export const lifecycleMutants: readonly Mutant[] = [...changeMutants, ...serviceMutants, ...orderMutants];

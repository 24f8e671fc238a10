import {
  ConnectivityError,
  type Iccid,
  type PagedList,
  paged,
  type Sim,
  type SimFilter,
  type SimInventory,
  simTargetIccid,
} from '@carrierkit/core';
import { SECRET } from '../reference/subject.js';
import { capabilities, inventory, type Mutant, mutantOf, provider, without } from './mutant.js';

const wholeProvider = mutantOf('provider');
const list = mutantOf('inventory.list');
const get = mutantOf('inventory.get');
const update = mutantOf('inventory.update');
const secrets = mutantOf('inventory.secrets');
const batches = mutantOf('inventory.batches');

const mapped = (sims: PagedList<Sim>, change: (sim: Sim) => Sim): PagedList<Sim> =>
  paged(async () => ({ items: (await sims.toArray({ limit: 1000 })).map(change), next: null, total: null }));
const listing = (change: (sim: Sim) => Sim): Mutant['mutate'] =>
  inventory((port) => ({ list: (filter, options) => mapped(port.list(filter, options), change) }));
/** Leaves one member of every filter out of account. */
const forgetting = (field: keyof SimFilter): Mutant['mutate'] =>
  inventory((port) => ({
    list: (filter = {}, options) => port.list(without(filter, field), options),
  }));
const updating = (change: (port: Required<SimInventory>) => Required<SimInventory>['update']): Mutant['mutate'] =>
  inventory((port) => ({ update: change(port) }));

const FIELDS = ['providers', 'states', 'iccids', 'msisdn', 'imsi', 'label', 'account', 'tags', 'attributes'] as const;

export const providerAndInventoryMutants: readonly Mutant[] = [
  wholeProvider(
    'has specVersion 1, an id, an adapter name and a client',
    'no name',
    provider(() => ({ adapter: '' })),
  ),
  wholeProvider(
    'declares every capability as plain data',
    'no parallel calls',
    capabilities(() => ({ parallelCalls: 0 })),
  ),
  wholeProvider(
    'declares none exactly where the member is absent',
    'cancel is there and declared none',
    capabilities(({ supports }) => ({ supports: { ...supports, 'messaging.cancel': 'none' } })),
  ),
  wholeProvider(
    'has a coherent transition table',
    'a SIM leaves retired',
    capabilities(({ transitions: { closed, rules } }) => ({
      transitions: { closed, rules: rules.map((rule) => ({ ...rule, from: 'retired' as const })) },
    })),
  ),
  wholeProvider(
    'check answers null when all is well',
    'check answers undefined',
    provider(() => ({ check: async () => undefined as never })),
  ),
  wholeProvider(
    'check and lists name wrong credentials without showing them',
    'the token is in the message',
    (subject) => {
      const error = new ConnectivityError('authentication', `the token ${SECRET} is wrong`, { provider: 'ref' });
      const { inventory: port } = subject.provider;
      const wrong = {
        check: async () => error.toJSON(),
        inventory: { ...port, list: () => paged(() => Promise.reject(error)) },
      };
      return { ...subject, wrongCredentials: { ...subject.provider, ...wrong } as never };
    },
  ),
  wholeProvider(
    'check ends when the signal aborts',
    'check ignores the signal',
    provider((whole) => ({ check: () => whole.check() })),
  ),
  wholeProvider(
    'shows no secret in SIMs and errors',
    'the PIN is in raw',
    listing((sim) => ({ ...sim, raw: { card: { pin1: '1234' } } })),
  ),
  wholeProvider(
    'closes, and closes again',
    'the second close fails',
    provider(() => {
      let closed = false;
      return {
        close: async () => {
          if (closed) throw new Error('already closed');
          closed = true;
        },
      };
    }),
  ),
  list(
    'SIMs come once each and in full shape',
    'a member is left out',
    listing((sim) => without(sim, 'label') as Sim),
  ),
  list(
    'SIMs come once each and in full shape',
    'the check digit is cut off',
    listing((sim) => ({ ...sim, iccid: sim.iccid.slice(0, -1) as Iccid })),
  ),
  list(
    'SIMs come once each and in full shape',
    'a member is undefined',
    listing((sim) => ({ ...sim, label: undefined as never })),
  ),
  list(
    'SIMs come once each and in full shape',
    'a member of the vendor more',
    listing((sim) => ({ ...sim, simType: 'eUICC' }) as Sim),
  ),
  list(
    'SIMs come once each and in full shape',
    'another provider is named',
    listing((sim) => ({ ...sim, provider: 'someone' })),
  ),
  list(
    'every known SIM is there, in its state',
    'suspended reads as active',
    listing((sim) =>
      sim.state.value === 'suspended' ? { ...sim, state: { value: 'active', raw: 'SUSPENDED' } } : sim,
    ),
  ),
  list(
    'a state that is new to us lists as unknown, with the word of the vendor',
    'the word is lost',
    listing((sim) => ({ ...sim, state: { ...sim.state, raw: '' } })),
  ),
  ...FIELDS.map((field) =>
    list(`the filter ${field} means what core's matches says`, 'it is ignored', forgetting(field)),
  ),
  list(
    'filters combine',
    'only the first member counts',
    inventory((port) => ({
      list: (filter = {}, options) => port.list(Object.fromEntries(Object.entries(filter).slice(0, 1)), options),
    })),
  ),
  get(
    'one SIM by its ICCID, in full shape',
    'instants and such are classes',
    inventory((port) => ({
      get: async (sim) => ({ ...(await port.get(sim)), firstActivatedAt: new Date(0) as never }),
    })),
  ),
  get(
    'the same SIM by what the list gave, whole or ICCID and ref',
    'a ref is taken for an ICCID',
    inventory((port) => ({
      get: (sim) => port.get(typeof sim === 'string' ? sim : ((sim.ref ?? sim.iccid) as Iccid)),
    })),
  ),
  get(
    'an unknown ICCID is not-found',
    'it is a contract error',
    inventory(() => ({ get: () => Promise.reject(new ConnectivityError('contract', 'no such member')) })),
  ),
  get(
    'ends with cancelled when the signal aborts',
    'the signal is ignored',
    inventory((port) => ({ get: (sim) => port.get(sim) })),
  ),
  update(
    'what is changed reads back, and nothing else is touched',
    'tags are wiped',
    updating(
      (port) =>
        ({ sims, changes }, options) =>
          port.update({ sims, changes: { ...changes, tags: [] } }, options),
    ),
  ),
  update(
    'an unknown ICCID fails alone',
    'it throws',
    updating((port) => async (request, options) => {
      for (const sim of request.sims) await port.get(simTargetIccid(sim));
      return port.update(request, options);
    }),
  ),
  secrets(
    'are told on demand, each as a text or null',
    'a PIN is a number',
    inventory((port) => ({ secrets: async (sim) => ({ ...(await port.secrets(sim)), pin1: 1234 as never }) })),
  ),
  secrets(
    'of an unknown ICCID are not-found',
    'they are empty',
    inventory(() => ({ secrets: async () => ({ pin1: null, pin2: null, puk1: null, puk2: null }) })),
  ),
  batches(
    'a code is validated, and the reason told when it cannot be registered',
    'the reason is lost',
    inventory(({ batches: port }) => ({
      batches: { ...port, validate: async (batch) => ({ ...(await port.validate(batch)), reason: null }) },
    })),
  ),
  batches(
    'registering brings the SIMs of the batch into the inventory',
    'no outcome is told',
    inventory(({ batches: port }) => ({
      batches: { ...port, register: async (batch) => ({ ...(await port.register(batch)), outcomes: [] }) },
    })),
  ),
  batches(
    'a code that cannot be registered is refused',
    'it is registered all the same',
    inventory(({ batches: port }, vendor) => ({
      batches: {
        ...port,
        register: async ({ code }) => {
          vendor.effects += 1;
          return { code, outcomes: [{ provider: 'ref', iccid: vendor.sims[0]?.iccid as Iccid, status: 'applied' }] };
        },
      },
    })),
  ),
  batches(
    'a code is not registered twice when the answer is lost',
    'the loss is told as a failure without effect',
    inventory(({ batches: port }) => ({
      batches: {
        ...port,
        register: (batch, options) =>
          port.register(batch, options).catch(() => {
            throw new ConnectivityError('timeout', 'no answer came', { provider: 'ref' });
          }),
      },
    })),
  ),
];

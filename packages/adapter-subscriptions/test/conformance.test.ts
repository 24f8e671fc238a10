import { describeProvider } from '@carrierkit/conformance';
import {
  type Ability,
  type OrderRequest,
  parseIccid,
  parseInstant,
  parseMsisdn,
  withCheckDigit,
} from '@carrierkit/core';
import { clientSecret, type Fault, vendorFor } from './support.js';

const vendor = await vendorFor();
const window = { from: parseInstant('2026-11-01T00:00:00Z'), to: parseInstant('2026-11-08T00:00:00Z') };

const writes: Partial<Record<Ability, string>> = {
  'lifecycle.change': 'createOrder',
  'lifecycle.orders': 'createOrder',
  'messaging.send': 'sendMessage',
};

const faultOn = async (ability: Ability, fault: Omit<Fault, 'operationId'>) => {
  const operationId = writes[ability];
  if (operationId === undefined) throw new Error(`no write of ${ability} is known`);
  await vendor.fault({ ...fault, operationId });
};

describeProvider('subscriptions', async () => {
  vendor.reset();
  const { accounts, templates, senders } = vendor.sandbox.info;
  const byState = async (state: string) => (await vendor.sims(state)).map(({ iccid }) => iccid);
  const active = await byState('active');
  const listed = vendor.provider();
  const withNumbers = await listed.inventory.list({ states: ['active'] }).toArray({ limit: 4 });
  await listed.close();
  const before = (await vendor.requests()).length;
  const truth = await vendor.control<{
    rows: readonly { kind: 'data' | 'sms' | 'voice'; bytes: number; messages: number; seconds: number }[];
  }>('usage?from=2026-11-01&to=2026-11-08&by=adapter,kind');
  const own = truth.rows.filter((row) => (row as { adapter?: string }).adapter === 'subscriptions');
  const activate: OrderRequest = {
    type: 'activate',
    account: accounts[0] as string,
    template: templates[0] as string,
    subscriber: { firstName: 'Kim', lastName: 'Example', email: 'kim@example.com' },
    delivery: { by: 'email', to: ['kim@example.com'] },
  };
  return {
    provider: vendor.provider({ sender: senders[0] }),
    wrongCredentials: vendor.provider({ clientSecret: 'wrong' }),
    advance: vendor.advance,
    fleet: {
      sims: { active, suspended: await byState('suspended'), retired: await byState('terminated') },
      unknownIccid: parseIccid(withCheckDigit('8931068999999999999')),
      movable: { sims: active.slice(3), to: 'suspended', back: 'active' },
      orders: { requests: [activate], unknownId: 'order_00000000000000000000000000' },
      messages: {
        sims: withNumbers.slice(0, 2).map((sim) => sim.iccid),
        msisdns: withNumbers
          .slice(2)
          .flatMap((sim) => sim.msisdns.slice(0, 1).map((number) => parseMsisdn(`+${number}`))),
        text: 'conformance',
        from: senders[0] as string,
      },
      usage: {
        window,
        truth: own.map(({ kind, bytes, messages, seconds }) =>
          kind === 'data' ? { kind, bytes } : kind === 'sms' ? { kind, messages } : { kind, seconds },
        ),
      },
      secrets: async () => [clientSecret, ...(await vendor.control<readonly string[]>('secrets'))],
      vendor: {
        effects: async () => (await vendor.effects()).length,
        calls: async () => (await vendor.requests()).length - before,
        lostReply: (ability) => faultOn(ability, { kind: 'drop', when: 'after' }),
        failNext: (ability, status) => faultOn(ability, { kind: 'status', when: 'before', status }),
      },
    },
  };
});

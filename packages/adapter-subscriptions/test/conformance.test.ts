import { describeProvider, type Subject } from '@carrierkit/conformance';
import {
  type Ability,
  type OrderRequest,
  parseIccid,
  parseInstant,
  parseMsisdn,
  withCheckDigit,
} from '@carrierkit/core';
import type { SubscriptionsSettings } from '../src/index.js';
import { clientSecret, type Fault, type Vendor, vendorFor } from './support.js';

const plain = await vendorFor();
/** What the vendor's pages leave open, the other way round. */
const contrary = await vendorFor({
  suspendedReads: 'active',
  messageIdName: 'id',
  links: 'foreign',
  ignorePrefer: true,
  listOrders: true,
  canceledReads: 'cancelled',
  pendingOrders: 'filled',
  usageMsisdn: 'string',
  emptyPages: 'missing',
  templateShape: 'early',
});
const window = { from: parseInstant('2026-11-01T00:00:00Z'), to: parseInstant('2026-11-08T00:00:00Z') };

const writes: Partial<Record<Ability, string>> = {
  'lifecycle.change': 'createOrder',
  'lifecycle.orders': 'createOrder',
  'messaging.send': 'sendMessage',
};

const faultOn = async (vendor: Vendor, ability: Ability, fault: Omit<Fault, 'operationId'>) => {
  const operationId = writes[ability];
  if (operationId === undefined) throw new Error(`no write of ${ability} is known`);
  await vendor.fault({ ...fault, operationId });
};

describeProvider('subscriptions', () => subjectOf(plain, {}));
describeProvider('subscriptions with trusted keys and listed orders, at a vendor that does the other thing', () =>
  subjectOf(contrary, { trustIdempotencyKey: true, listOrders: 'vendor' }),
);

async function subjectOf(vendor: Vendor, settings: Partial<SubscriptionsSettings>): Promise<Subject> {
  vendor.reset();
  const { accounts, templates, senders } = vendor.sandbox.info;
  const byState = async (state: string) => (await vendor.sims(state)).map(({ iccid }) => iccid);
  const [frozen, ...active] = (await byState('active')).toReversed();
  if (frozen === undefined) throw new Error('the sandbox has no active SIM');
  await vendor.control(`sims/${frozen}`, { state: 'frozen' }, 'PATCH');
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
    provider: vendor.provider({ ...settings, sender: senders[0] }),
    wrongCredentials: vendor.provider({ ...settings, clientSecret: 'wrong' }),
    advance: vendor.advance,
    fleet: {
      sims: {
        active,
        retired: await byState('terminated'),
        // Where the status does not tell a suspension, one that we did not order is not known.
        ...(vendor === plain && { suspended: await byState('suspended') }),
        unknown: [frozen],
      },
      unknownIccid: parseIccid(withCheckDigit('8931068999999999999')),
      movable: { sims: active.slice(0, 5), to: 'suspended', back: 'active' },
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
        lostReply: (ability) => faultOn(vendor, ability, { kind: 'drop', when: 'after' }),
        failNext: (ability, status) => faultOn(vendor, ability, { kind: 'status', when: 'before', status }),
      },
    },
  };
}

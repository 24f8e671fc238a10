import { describeProvider } from '@carrierkit/conformance';
import { type Ability, type Iccid, parseIccid, parseInstant, parseMsisdn, withCheckDigit } from '@carrierkit/core';
import { applicationToken, type Fault, vendorFor } from './support.js';

const vendor = await vendorFor({ batchStatus: 'applied' });
const window = { from: parseInstant('2026-10-01T00:00:00Z'), to: parseInstant('2026-11-01T00:00:00Z') };

/** The vendor call that writes, for each ability that writes. */
const writes: Partial<Record<Ability, string>> = {
  'lifecycle.change': 'updateSim',
  'messaging.send': 'sendEndpointSms',
  'messaging.cancel': 'cancelEndpointSms',
  'inventory.batches': 'registerSimBatchByBic',
};

const faultOn = async (ability: Ability, fault: Omit<Fault, 'operationId'>) => {
  const operationId = writes[ability];
  if (operationId === undefined) throw new Error(`no write of ${ability} is known`);
  await vendor.fault({ ...fault, operationId });
};

describeProvider('emnify', async () => {
  vendor.reset();
  const { bics } = vendor.sandbox.info;
  const byState = async (state: string) => (await vendor.sims(state)).map(({ iccid }) => iccid);
  const active = await byState('Activated');
  const inventory = await byState('Issued');
  const listed = vendor.provider();
  const withNumbers = await listed.inventory.list({ states: ['active'] }).toArray({ limit: 4 });
  await listed.close();
  const before = (await vendor.requests()).length;
  const truth = await vendor.control<{ rows: readonly { kind: 'data' | 'sms'; bytes: number; messages: number }[] }>(
    'usage?from=2026-10-01&to=2026-11-01&by=adapter,kind',
  );
  const own = truth.rows.filter((row) => (row as { adapter?: string }).adapter === 'emnify');
  return {
    provider: vendor.provider(),
    wrongCredentials: vendor.provider({ applicationToken: 'wrong' }),
    advance: vendor.advance,
    fleet: {
      sims: { active, inventory, suspended: await byState('Suspended'), test: await byState('Factory Test') },
      unknownIccid: parseIccid(withCheckDigit('8988303999999999999')),
      movable: { sims: active, to: 'suspended', back: 'active' },
      retirable: inventory[0] as Iccid,
      batches: {
        registrable: bics.valid[0] as string,
        registered: bics.registered,
        unknown: '9999999999999999',
        foreign: bics.foreign,
      },
      messages: {
        sims: withNumbers.slice(0, 2).map((sim) => sim.iccid),
        msisdns: withNumbers.slice(2).flatMap((sim) => sim.msisdns.map((number) => parseMsisdn(`+${number}`))),
        text: 'conformance',
      },
      usage: {
        window,
        truth: own.map(({ kind, bytes, messages }) => (kind === 'data' ? { kind, bytes } : { kind, messages })),
      },
      secrets: async () => [applicationToken, ...(await vendor.control<readonly string[]>('secrets'))],
      vendor: {
        effects: async () => (await vendor.effects()).length,
        calls: async () => (await vendor.requests()).length - before,
        lostReply: (ability) => faultOn(ability, { kind: 'drop', when: 'after' }),
        failNext: (ability, status) => faultOn(ability, { kind: 'status', when: 'before', status }),
      },
    },
  };
});

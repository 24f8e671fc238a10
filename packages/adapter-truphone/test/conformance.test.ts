import { describeProvider } from '@carrierkit/conformance';
import { type Ability, type Iccid, parseIccid, parseInstant, parseMsisdn, withCheckDigit } from '@carrierkit/core';
import { type Fault, token, vendorFor } from './support.js';

const vendor = await vendorFor();
const window = { from: parseInstant('2026-10-01T00:00:00Z'), to: parseInstant('2026-11-01T00:00:00Z') };

/** The vendor call that writes, for each ability that writes. */
const writes: Partial<Record<Ability, string>> = {
  'lifecycle.change': 'changeSimCardStatus',
  'messaging.send': 'sendSms',
};

const faultOn = async (ability: Ability, fault: Omit<Fault, 'operationId'>) => {
  const operationId = writes[ability];
  if (operationId === undefined) throw new Error(`no write of ${ability} is known`);
  await vendor.fault({ ...fault, operationId });
};

describeProvider('truphone', async () => {
  vendor.reset();
  const byState = async (...states: readonly string[]) =>
    (await vendor.sims()).filter(({ state }) => states.includes(state)).map(({ iccid }) => iccid);
  const active = await vendor.iccids('ACTIVE');
  await vendor.setState((await byState('BLOCKED'))[0] as Iccid, 'MISPLACED');
  const provider = vendor.provider();
  const [first] = await provider.inventory.list({ iccids: active.slice(0, 1) }).toArray({ limit: 1 });
  const numbered = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 4 });
  const plans = await provider.lifecycle.ratePlans!.list().toArray({ limit: 10 });
  const before = (await vendor.requests()).length;
  const truth = await vendor.control<{
    rows: readonly { adapter: string; kind: 'data' | 'sms'; bytes: number; messages: number }[];
  }>('usage?from=2026-10-01&to=2026-11-01&by=adapter,kind');
  const own = truth.rows.filter((row) => row.adapter === 'truphone');
  return {
    provider,
    wrongCredentials: vendor.provider({ token: 'f'.repeat(40) }),
    advance: vendor.advance,
    fleet: {
      sims: {
        active,
        inventory: await byState('PROVISIONED', 'PRE_TEST'),
        test: await byState('TEST'),
        ready: await byState('PRE_ACTIVE'),
        suspended: await byState('SUSPENDED'),
        retired: await byState('RETIRED', 'REMOVED'),
        unknown: await byState('MISPLACED'),
      },
      unknownIccid: parseIccid(withCheckDigit('894447999999999999')),
      movable: { sims: active, to: 'suspended', back: 'active' },
      retirable: (await byState('PROVISIONED'))[0] as Iccid,
      editable: {
        sims: active.slice(0, 1),
        changes: { label: 'Pump 7', tags: ['Meters', 'Made here'], attributes: { Contract: 'C-1', Depth: '12 m' } },
      },
      switchable: { sims: active.slice(0, 1), service: 'data' },
      ratePlan: { sims: active.slice(0, 1), plan: plans.find(({ id }) => id !== first?.ratePlan)?.id as string },
      messages: {
        sims: active.slice(0, 2),
        msisdns: numbered.slice(2).flatMap((sim) => sim.msisdns.slice(0, 1).map((number) => parseMsisdn(`+${number}`))),
        text: 'conformance',
      },
      usage: {
        window,
        truth: own.map(({ kind, bytes, messages }) => (kind === 'data' ? { kind, bytes } : { kind, messages })),
      },
      secrets: async () => [token, ...(await vendor.control<readonly string[]>('secrets'))],
      vendor: {
        effects: async () => (await vendor.effects()).length,
        calls: async () => (await vendor.requests()).length - before,
        lostReply: (ability) => faultOn(ability, { kind: 'drop', when: 'after' }),
        failNext: (ability, status) => faultOn(ability, { kind: 'status', when: 'before', status }),
      },
    },
  };
});

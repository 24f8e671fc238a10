import type { PendingChange, ServiceName, SimTarget, TimeWindow } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { vendorFor } from './support.js';

const delayed = await vendorFor({ batchStatus: 'delayed' });
const vendor = await vendorFor();
const withCost = await vendorFor({ cost: true }, { days: 120 });

const window = (from: string, to: string) =>
  ({ from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` }) as TimeWindow;
const pendingOf = (iccid: string, to: unknown, ref: string | null = null) =>
  ({ provider: 'iot', iccid, to, ref, since: '2026-11-15T12:00:00.000Z' }) as PendingChange;

describe('what is pending', () => {
  it('is done when the vendor has set the state of a batch later', async () => {
    const provider = delayed.provider();
    const { outcomes } = await provider.inventory.batches!.register({
      code: String(delayed.sandbox.info.bics.valid[0]),
      state: 'active',
    });
    const pending = outcomes.flatMap((outcome) => (outcome.status === 'accepted' ? [outcome.pending] : []));
    expect(pending).toHaveLength(outcomes.length);
    const confirmed = await provider.lifecycle.confirm(pending);
    expect(new Set(confirmed.map(({ status }) => status))).toEqual(new Set(['applied']));
    await provider.close();
  });

  it('stays pending at the deadline, and is unknown where it cannot be read', async () => {
    const provider = vendor.provider();
    const [sim] = await provider.inventory.list({ states: ['inventory'] }).toArray({ limit: 1 });
    const change = pendingOf(sim!.iccid, 'active', sim!.ref);
    expect(await provider.lifecycle.confirm([change], { deadlineMs: 3_000 })).toEqual([
      { provider: 'iot', iccid: sim!.iccid, status: 'accepted', pending: change },
    ]);
    await vendor.fault({ operationId: 'getSim', kind: 'status', status: 403, when: 'before' });
    expect(await provider.lifecycle.confirm([change])).toMatchObject([
      { status: 'unknown', error: { kind: 'permission' } },
    ]);
    await provider.close();
  });

  it('and is gone, was retired; gone without that wish it is a failure', async () => {
    const provider = vendor.provider();
    const [sim] = await provider.inventory.list({ states: ['inventory'] }).toArray({ limit: 1 });
    await provider.lifecycle.change({ sims: [sim!], to: 'retired', irreversible: true });
    const [retired, active] = await provider.lifecycle.confirm([
      pendingOf(sim!.iccid, 'retired', sim!.ref),
      pendingOf(sim!.iccid, 'active', sim!.ref),
    ]);
    expect(retired).toMatchObject({ status: 'applied' });
    expect(active).toMatchObject({ status: 'failed', error: { kind: 'not-found' } });
    await provider.close();
  });

  it('in something other than a state does not exist here', async () => {
    const provider = vendor.provider();
    const [sim] = await provider.inventory.list().toArray({ limit: 1 });
    const services = { data: 'enabled' } satisfies Partial<Record<ServiceName, 'enabled'>>;
    expect(await provider.lifecycle.confirm([pendingOf(sim!.iccid, { services })])).toMatchObject([
      { status: 'failed', error: { kind: 'unsupported' } },
    ]);
    await provider.close();
  });
});

describe('messages', () => {
  it('are listed by time, read and cancelled; a second cancelling is told apart', async () => {
    const provider = vendor.provider();
    const messaging = provider.messaging!;
    const [sim] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
    const [sent] = await messaging.send({ to: [{ sim: sim as SimTarget }], text: 'hello' });
    if (sent?.status !== 'accepted') return expect.fail('expected accepted');
    const list = (from: string, to: string) =>
      messaging.list!({ sim: sim!, window: window(from, to) }).toArray({ limit: 100 });
    expect((await list('2026-11-15', '2026-11-16')).some(({ message }) => message.id === sent.message.id)).toBe(true);
    expect((await list('2026-11-14', '2026-11-15')).some(({ message }) => message.id === sent.message.id)).toBe(false);
    await messaging.cancel!(sent.message);
    expect(await messaging.delivery!(sent.message)).toMatchObject([{ state: { value: 'cancelled' } }]);
    await provider.close();
    return undefined;
  });

  it('to a SIM without endpoint fail, and say why', async () => {
    const provider = vendor.provider();
    const [sim] = await provider.inventory.list({ states: ['inventory'] }).toArray({ limit: 1 });
    const outcomes = await provider.messaging!.send({ to: [{ sim: sim! }], text: 'hello' });
    expect(outcomes).toMatchObject([{ status: 'failed', error: { effect: 'none' } }]);
    expect(await vendor.effects()).toEqual([]);
    await provider.close();
  });
});

describe('months', () => {
  it('that the monthly figures no longer tell are summed from their days; costs stand only where they are told', async () => {
    const provider = withCost.provider();
    const [sim] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
    const read = (from: string, to: string) =>
      provider
        .usage!.records({ window: window(from, to), grain: 'month', kinds: ['data'], sims: [sim!] })
        .toArray({ limit: 100 });
    const sum = (records: Awaited<ReturnType<typeof read>>) =>
      records.reduce((total, { bytes }) => total + (bytes?.total ?? 0), 0);
    const truth = async (from: string, to: string) => {
      const { rows } = await withCost.control<{ rows: readonly { bytes: number; kind: string; iccid: string }[] }>(
        `usage?from=${from}&to=${to}&by=adapter,kind,iccid`,
      );
      return rows
        .filter(({ kind, iccid }) => kind === 'data' && iccid === sim!.iccid)
        .reduce((total, { bytes }) => total + bytes, 0);
    };
    const old = await read('2026-08-01', '2026-09-01');
    expect(sum(old)).toBe(await truth('2026-08-01', '2026-09-01'));
    expect(sum(old)).toBeGreaterThan(0);
    const recent = await read('2026-10-01', '2026-11-01');
    expect(sum(recent)).toBe(await truth('2026-10-01', '2026-11-01'));
    expect(recent.some(({ cost }) => cost !== null)).toBe(true);
    expect(old.every(({ cost }) => cost === null)).toBe(true);
    await provider.close();
  });
});

import { type Iccid, parseIccid, parseInstant } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { now, worldFor } from './support.js';

const world = await worldFor();
const since = parseInstant(now);

const one = (status: string): Iccid => world.inStatus(status)[0] as Iccid;
const count = (operation: string): number => world.server.seen.filter((name) => name === operation).length;

describe('a write that may have been taken', () => {
  it('is not sent again where looking finds nothing', async () => {
    world.server.fault({ operation: 'DisableSimCard', kind: 'refused', status: 503 });
    const [outcome] = await world.provider().lifecycle.change({ sims: [one('enabled')], to: 'suspended' });
    expect(outcome).toMatchObject({ status: 'unknown', error: { kind: 'unavailable', effect: 'unknown' } });
    expect(count('DisableSimCard')).toBe(1);
  });

  it('is followed by the action that it started', async () => {
    world.server.fault({ operation: 'DisableSimCard', kind: 'lost-reply' });
    const us = world.provider();
    const [outcome] = await us.lifecycle.change({ sims: [one('enabled')], to: 'suspended' });
    if (outcome?.status !== 'accepted') return expect.fail(`not accepted but ${outcome?.status}`);
    expect(outcome.pending.ref).toBe(world.server.vendor.actions[0]?.id);
    expect(await us.lifecycle.confirm([outcome.pending])).toMatchObject([{ status: 'applied' }]);
    return expect(count('DisableSimCard')).toBe(1);
  });

  it('may be repeated where it ends the SIM, which happens once', async () => {
    world.server.fault({ operation: 'DeleteSimCard', kind: 'lost-reply' });
    const us = world.provider();
    const [outcome] = await us.lifecycle.change({ sims: [one('registered')], to: 'retired', irreversible: true });
    if (outcome?.status !== 'accepted') return expect.fail(`not accepted but ${outcome?.status}`);
    return expect(await us.lifecycle.confirm([outcome.pending])).toMatchObject([{ status: 'applied' }]);
  });
});

describe('a SIM that is moving', () => {
  it('is not called unchanged for what it is about to leave', async () => {
    const us = world.provider();
    const sims = [one('enabled')];
    await us.lifecycle.change({ sims, to: 'suspended' });
    const [outcome] = await us.lifecycle.change({ sims, to: 'active' });
    expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'input', vendorCode: '10015' } });
  });

  it('has not arrived at what it is about to leave', async () => {
    const us = world.provider();
    const iccid = one('enabled');
    await us.lifecycle.change({ sims: [iccid], to: 'suspended' });
    const pending = { provider: 'us', iccid, to: 'active', ref: null, since } as const;
    expect(await us.lifecycle.confirm([pending], { deadlineMs: 1 })).toMatchObject([{ status: 'accepted', pending }]);
  });

  it('tells why it did not arrive', async () => {
    const us = world.provider();
    world.server.vendor.nextMoveFails = 'the data limit was exceeded';
    const [outcome] = await us.lifecycle.change({ sims: [one('disabled')], to: 'active' });
    if (outcome?.status !== 'accepted') return expect.fail(`not accepted but ${outcome?.status}`);
    const [confirmed] = await us.lifecycle.confirm([outcome.pending]);
    return expect(JSON.stringify(confirmed)).toContain('the data limit was exceeded');
  });

  it('is waited for no longer than its reader wants', async () => {
    const stop = new AbortController();
    let waits = 0;
    const sleep = () => {
      waits++;
      stop.abort();
      return Promise.resolve();
    };
    const us = world.provider({}, { sleep });
    const [outcome] = await us.lifecycle.change({ sims: [one('enabled')], to: 'suspended' });
    if (outcome?.status !== 'accepted') return expect.fail(`not accepted but ${outcome?.status}`);
    const [confirmed] = await us.lifecycle.confirm([outcome.pending], { signal: stop.signal });
    expect(confirmed?.status).toBe('accepted');
    return expect(waits).toBe(1);
  });
});

describe('confirming', () => {
  const pending = (iccid: Iccid) => ({ provider: 'us', iccid, to: 'suspended', ref: null, since }) as const;

  it('outlasts a vendor that fails for a while', async () => {
    const us = world.provider();
    for (let attempt = 1; attempt <= 4; attempt++)
      world.server.fault({ operation: 'GetSimCards', kind: 'refused', status: 503 });
    expect(await us.lifecycle.confirm([pending(one('standby'))])).toMatchObject([{ status: 'applied' }]);
  });

  it('cannot tell what it may not look at', async () => {
    world.server.fault({ operation: 'GetSimCards', kind: 'refused', status: 403 });
    const [outcome] = await world.provider().lifecycle.confirm([pending(one('standby'))]);
    expect(outcome).toMatchObject({ status: 'unknown', error: { kind: 'permission' } });
  });

  it('of a SIM that is not there has failed', async () => {
    const [outcome] = await world.provider().lifecycle.confirm([pending(parseIccid('89310410106549999990'))]);
    expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'not-found' } });
  });
});

it('asks nothing about states that the vendor does not have', async () => {
  const list = world.provider().inventory.list({ states: ['test', 'ready'] });
  expect(await list.toArray({ limit: 10 })).toEqual([]);
  expect(world.server.calls).toBe(0);
});

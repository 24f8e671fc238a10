import { expect, it } from 'vitest';
import { toSim } from '../src/mapping/sim.js';
import { stateOf } from '../src/mapping/state.js';

const entry = { id: 'sim-1', iccid: '89999000000000000018', status: 'enabled' };

// REPLACE: answers as the vendor gives them, with everything that it may leave out.
it('tells what the vendor tells, and null for the rest', () => {
  expect(toSim('test', { ...entry, msisdn: '882100000001' })).toMatchObject({
    iccid: entry.iccid,
    ref: 'sim-1',
    state: { value: 'active', raw: 'enabled' },
    msisdns: ['882100000001'],
    imsis: [],
    label: null,
  });
});

it('does not know a new word, and says it', () => {
  expect(stateOf('misplaced')).toEqual({ value: 'unknown', raw: 'misplaced' });
});

it('takes no SIM without an ICCID', () => {
  expect(() => toSim('test', { ...entry, iccid: '' })).toThrow('SIM sim-1');
});

import {
  ConnectivityError,
  illegalTransition,
  legalNextStates,
  plan,
  type SimStateName,
  simStates,
  type Transition,
  type TransitionTable,
} from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';

const rule = (from: SimStateName, to: SimStateName, members: Partial<Transition> = {}): Transition => ({
  from,
  to,
  basis: 'documented',
  by: 'customer',
  reversible: true,
  billing: null,
  ...members,
});
const closed: TransitionTable = {
  closed: true,
  rules: [
    rule('inventory', 'active', { billing: 'billed from today' }),
    rule('active', 'suspended'),
    rule('suspended', 'active', { billing: 'billed for the whole month' }),
    rule('suspended', 'retired', { reversible: false }),
    rule('ready', 'active', { by: 'network' }),
  ],
};

describe('plan', () => {
  test('a move of the table is legal, with its billing', () => {
    expect(plan(closed, 'inventory', 'active')).toEqual({
      from: 'inventory',
      to: 'active',
      legal: true,
      path: ['inventory', 'active'],
      steps: [closed.rules[0]],
    });
  });
  test('a closed table refuses the rest, and shows the way round', () => {
    const found = plan(closed, 'inventory', 'retired');
    expect(found.legal).toBe(false);
    expect(found.path).toEqual(['inventory', 'active', 'suspended', 'retired']);
    expect(found.steps.map((step) => step.reversible)).toEqual([true, true, false]);
    expect(plan(closed, 'retired', 'active')).toEqual({
      from: 'retired',
      to: 'active',
      legal: false,
      path: null,
      steps: [],
    });
  });
  test('an open table leaves the rest to the vendor', () => {
    expect(plan({ ...closed, closed: false }, 'inventory', 'retired').legal).toBeNull();
    expect(plan({ ...closed, closed: false }, 'active', 'suspended').legal).toBe(true);
  });
  test('what the network does is no move of the customer', () => {
    expect(plan(closed, 'ready', 'active')).toMatchObject({ legal: false, path: null });
    expect(legalNextStates(closed, 'ready')).toEqual([]);
  });
  test('no move is needed to stay, none is known from an unknown state', () => {
    expect(plan(closed, 'blocked', 'blocked')).toEqual({
      from: 'blocked',
      to: 'blocked',
      legal: true,
      path: ['blocked'],
      steps: [],
    });
    expect(plan(closed, 'unknown', 'active')).toEqual({
      from: 'unknown',
      to: 'active',
      legal: null,
      path: null,
      steps: [],
    });
  });
  test('the error names the legal next states and the way', () => {
    const error = illegalTransition(closed, 'inventory', 'retired', { provider: 'iot' });
    expect(ConnectivityError.is(error, 'illegal-transition')).toBe(true);
    expect(error.details).toEqual({
      from: 'inventory',
      to: 'retired',
      legal: ['active'],
      via: ['inventory', 'active', 'suspended', 'retired'],
    });
    expect(error.message).toBe(
      'a SIM that is inventory cannot become retired: from there it can become active; the way is inventory -> active -> suspended -> retired',
    );
    expect(illegalTransition(closed, 'retired', 'active').message).toBe(
      'a SIM that is retired cannot become active: nothing can be done from there',
    );
    expect(illegalTransition(closed, 'suspended', 'inventory').message).toMatch(/it can become active, retired$/);
  });
  test('a rule to stay where one is names no next state', () => {
    const staying = { closed: true, rules: [rule('active', 'active'), rule('active', 'suspended')] };
    expect(legalNextStates(staying, 'active')).toEqual(['suspended']);
  });

  const states = fc.constantFrom(...simStates);
  const tables = fc
    .array(fc.tuple(states, states, fc.constantFrom('customer', 'network')), { maxLength: 25 })
    .map((rules): TransitionTable => ({ closed: true, rules: rules.map(([from, to, by]) => rule(from, to, { by })) }));
  /** Distances by relaxation: another algorithm than the one under test. */
  const distance = (table: TransitionTable, from: SimStateName, to: SimStateName): number => {
    const far = new Map<SimStateName, number>([[from, 0]]);
    for (let round = 0; round < simStates.length; round += 1) {
      for (const { from: a, to: b } of table.rules.filter((one) => one.by === 'customer')) {
        far.set(b, Math.min(far.get(b) ?? Infinity, (far.get(a) ?? Infinity) + 1));
      }
    }
    return far.get(to) ?? Infinity;
  };
  test.prop([tables, states, states])('finds the shortest way, of moves that exist', (table, from, to) => {
    const found = plan(table, from, to);
    expect(found.path === null ? Infinity : found.path.length - 1).toBe(distance(table, from, to));
    expect(found.legal).toBe(distance(table, from, to) <= 1);
    found.steps.forEach((step, index) => {
      expect(table.rules).toContain(step);
      expect(step.by).toBe('customer');
      expect([step.from, step.to]).toEqual([found.path![index], found.path![index + 1]]);
    });
    for (const next of legalNextStates(table, from)) expect(plan(table, from, next).legal).toBe(true);
  });
});

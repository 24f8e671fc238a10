import { spellingsOf } from '../identifiers/iccid.js';
import type { Sim, SimFilter } from './sim.js';

type Test = (sim: Sim) => boolean;

/**
 * The meaning of a filter, for every vendor. Members combine with AND; a member left out asks for nothing.
 * `providers`, `states`, `iccids`: any of (an empty list matches no SIM). `tags`, `attributes`: all of (an empty one matches every SIM).
 * `msisdn`, `imsi`: the SIM has it. `label`, `account`: equal, case included. ICCIDs compare as `sameIccid` does.
 * A state in no filter's vocabulary (`unknown`) never matches `states`.
 */
export function matches(sim: Sim, filter: SimFilter): boolean {
  return simMatcher(filter)(sim);
}

/** `matches` prepared once for many SIMs: a filter of thousands of ICCIDs costs one look-up per SIM. */
export function simMatcher(filter: SimFilter): (sim: Sim) => boolean {
  const tests: Test[] = [];
  const { providers, states, iccids, msisdn, imsi, label, account, tags, attributes } = filter;
  if (providers) tests.push(oneOf(providers, (sim) => sim.provider));
  if (states) tests.push(oneOf<string>(states, (sim) => sim.state.value));
  if (iccids) tests.push(oneOf(iccids.flatMap(spellingsOf), (sim) => sim.iccid.toUpperCase()));
  if (msisdn !== undefined) tests.push((sim) => sim.msisdns.includes(msisdn));
  if (imsi !== undefined) tests.push((sim) => sim.imsis.includes(imsi));
  if (label !== undefined) tests.push((sim) => sim.label === label);
  if (account !== undefined) tests.push((sim) => sim.account === account);
  if (tags) tests.push((sim) => tags.every((tag) => sim.tags.includes(tag)));
  if (attributes) {
    const wanted = Object.entries(attributes);
    tests.push((sim) =>
      wanted.every(([name, value]) => Object.hasOwn(sim.attributes, name) && sim.attributes[name] === value),
    );
  }
  return (sim) => tests.every((test) => test(sim));
}

function oneOf<V>(wanted: readonly V[], valueOf: (sim: Sim) => V): Test {
  const values = new Set(wanted);
  return (sim) => values.has(valueOf(sim));
}

import type { ServiceName, Sim, SimChanges, Wanted } from '@carrierkit/core';

/** Whether the SIM is as it was wanted. */
export function isDone(sim: Sim, wanted: Wanted): boolean {
  if (typeof wanted === 'string') return sim.state.value === wanted;
  if ('services' in wanted) {
    const services = Object.entries(wanted.services) as readonly [ServiceName, string][];
    return services.every(([name, state]) => sim.services[name] === state);
  }
  return 'ratePlan' in wanted ? sim.ratePlan === wanted.ratePlan : isChanged(sim, wanted.changes);
}

function isChanged(sim: Sim, { label, tags, attributes }: SimChanges): boolean {
  if (label !== undefined && label !== (sim.label ?? '')) return false;
  if (tags !== undefined && !isSame(new Set(tags), new Set(sim.tags))) return false;
  if (attributes === undefined) return true;
  // An empty value is one that is not set.
  const wanted = Object.entries(attributes).filter(([, value]) => value !== '');
  const has = (name: string) => Object.hasOwn(sim.attributes, name);
  return (
    wanted.length === Object.keys(sim.attributes).length &&
    wanted.every(([name, value]) => has(name) && sim.attributes[name] === value)
  );
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}

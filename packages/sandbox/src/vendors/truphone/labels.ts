/** A tag or an attribute: defined once for the account, with a value on some of its SIMs. */
export interface LabelDefinition<Value> {
  readonly label: string;
  readonly description: string;
  /** Values of the initial fleet; absent for definitions made later. */
  readonly initial?: (index: number) => Value;
  readonly changed: Map<number, Value>;
}

/** Definitions by label. Deleting one takes its values along; one made anew starts empty. */
export interface LabelStore<Value> {
  /** Ordered by label. */
  list(): readonly LabelDefinition<Value>[];
  get(label: string): LabelDefinition<Value> | undefined;
  create(label: string, description: string): boolean;
  remove(label: string): boolean;
  value(definition: LabelDefinition<Value>, index: number): Value;
  /** `false`: it was so already. */
  set(definition: LabelDefinition<Value>, index: number, value: Value): boolean;
}

export interface InitialLabel<Value> {
  readonly label: string;
  readonly description: string;
  readonly initial: (index: number) => Value;
}

export function createLabelStore<Value>(none: Value, initial: readonly InitialLabel<Value>[]): LabelStore<Value> {
  const definitions = new Map<string, LabelDefinition<Value>>();
  let ordered: readonly LabelDefinition<Value>[] = [];
  const changed = (): void => {
    ordered = [...definitions.values()].toSorted((left, right) => (left.label < right.label ? -1 : 1));
  };
  for (const definition of initial) definitions.set(definition.label, { ...definition, changed: new Map() });
  changed();
  const value = (definition: LabelDefinition<Value>, index: number): Value =>
    definition.changed.get(index) ?? definition.initial?.(index) ?? none;
  return {
    list: () => ordered,
    get: (label) => definitions.get(label),
    create: (label, description) => {
      if (definitions.has(label)) return false;
      definitions.set(label, { label, description, changed: new Map() });
      changed();
      return true;
    },
    remove: (label) => {
      const removed = definitions.delete(label);
      changed();
      return removed;
    },
    value,
    set: (definition, index, wanted) => {
      if (value(definition, index) === wanted) return false;
      definition.changed.set(index, wanted);
      return true;
    },
  };
}

export const initialTags: readonly InitialLabel<boolean>[] = [
  { label: 'Meters', description: 'Smart meters', initial: (index) => index % 3 === 0 },
  { label: 'Trucks North', description: 'Trackers of the northern fleet', initial: (index) => index % 4 === 1 },
  { label: 'Winter 2026', description: '', initial: (index) => index % 6 === 0 },
];

const SITES = ['Lisbon', 'Oslo', '', 'Porto', 'Bergen'];

export const initialAttributes: readonly InitialLabel<string>[] = [
  { label: 'Contract', description: 'Contract number', initial: (index) => `C-${1000 + (index % 25)}` },
  { label: 'Site', description: 'Where the unit stands', initial: (index) => SITES[index % SITES.length] ?? '' },
];

import { type Collection, createCollection } from '../../framework/collection.js';
import type { VendorContext } from '../../framework/vendor.js';
import { createJournal, type Journal } from './journal.js';
import { createLabelStore, initialAttributes, initialTags, type LabelStore } from './labels.js';
import { createSubOrganizations, type SubOrganization } from './organizations.js';
import type { RuleEvent } from './rules.js';
import { createSimStore, type SimStore } from './sim-store.js';
import { defaultSwitches, type TruphoneSwitches } from './switches.js';
import { createUsers, type NewUser, type User } from './users.js';

/** Everything the account holds; each area of the API works on it. */
export interface Portal {
  readonly context: VendorContext<TruphoneSwitches>;
  readonly switches: TruphoneSwitches;
  readonly startedAt: number;
  readonly sims: SimStore;
  readonly tags: LabelStore<boolean>;
  readonly attributes: LabelStore<string>;
  readonly subOrganizations: Collection<SubOrganization>;
  readonly users: Collection<User>;
  addUser(user: NewUser): User;
  readonly journal: Journal;
  /** Told of every change of a SIM's state; the rules watch it. */
  readonly watchers: ((index: number, from: string, to: string) => void)[];
  readonly ruleEvents: RuleEvent[];
}

export function createPortal(context: VendorContext<TruphoneSwitches>): Portal {
  const startedAt = context.clock.now();
  const users = createCollection<User>(({ id }) => id, createUsers(startedAt));
  let lastUser = users.list().length;
  return {
    context,
    switches: { ...defaultSwitches, ...context.switches },
    startedAt,
    sims: createSimStore(context),
    tags: createLabelStore<boolean>(false, initialTags),
    attributes: createLabelStore<string>('', initialAttributes),
    subOrganizations: createSubOrganizations(startedAt),
    users,
    addUser: (user) => {
      lastUser += 1;
      return users.put({ ...user, id: String(lastUser), dateJoined: context.clock.now() });
    },
    journal: createJournal(context.clock),
    watchers: [],
    ruleEvents: [],
  };
}

/** ICCIDs of a request as indexes, each once, beside those that the account does not have. */
export function findSims(
  portal: Portal,
  iccids: readonly string[],
): { readonly known: readonly number[]; readonly unknown: readonly string[] } {
  const known = new Set<number>();
  const unknown: string[] = [];
  for (const iccid of iccids) {
    const index = portal.sims.indexOf(iccid);
    if (index === undefined) unknown.push(iccid);
    else known.add(index);
  }
  return { known: [...known], unknown };
}

/** Organisations around the caller's own. */
export interface Organisation {
  readonly id: number;
  readonly name: string;
  readonly type: 'Mobile Network Operator' | 'Service Provider' | 'Reseller' | 'Enterprise';
  readonly parent: number | null;
}

export const OPERATOR = 10;
export const OWN = 7001;
export const CHILD_ENTERPRISE = 7002;
export const CHILD_PROVIDER = 7003;
export const CHILD_RESELLER = 7004;
export const STRANGER = 9001;

const ALL: readonly Organisation[] = [
  { id: OPERATOR, name: 'Sandbox Mobile', type: 'Mobile Network Operator', parent: null },
  { id: OWN, name: 'Sandbox Fleet', type: 'Enterprise', parent: OPERATOR },
  { id: CHILD_ENTERPRISE, name: 'Sandbox Fleet Logistics', type: 'Enterprise', parent: OWN },
  { id: CHILD_PROVIDER, name: 'Sandbox Fleet Connect', type: 'Service Provider', parent: OWN },
  { id: CHILD_RESELLER, name: 'Sandbox Fleet Resale', type: 'Reseller', parent: OWN },
  { id: STRANGER, name: 'Somebody Else', type: 'Enterprise', parent: OPERATOR },
];

export function organisation(id: number): Organisation | undefined {
  return ALL.find((known) => known.id === id);
}

export type OrganisationRole = 'issuer_org' | 'reseller_org' | 'customer_org';

/** Whether the caller may make `id` the issuer, reseller or customer of a SIM. */
export function mayBecome(role: OrganisationRole, id: number): boolean {
  const target = organisation(id);
  if (target === undefined) return false;
  const isChild = target.parent === OWN;
  switch (role) {
    case 'issuer_org':
      return isChild && (target.type === 'Mobile Network Operator' || target.type === 'Service Provider');
    case 'reseller_org':
      return isChild && target.type !== 'Enterprise';
    case 'customer_org':
      return id === OWN || (isChild && target.type === 'Enterprise');
  }
}

/** An address space that endpoints take their IP address from. */
export interface AddressSpace {
  readonly id: number;
  readonly cidr: string;
  /** First usable address as a number. */
  readonly first: number;
  /** Usable addresses. */
  readonly size: number;
}

/** A space large enough for any fleet, and a /28 that holds 14. */
export const ADDRESS_SPACES: readonly AddressSpace[] = [
  { id: 1, cidr: '10.64.0.0/10', first: addressNumber('10.64.0.1'), size: 4_194_302 },
  { id: 2, cidr: '10.199.7.0/28', first: addressNumber('10.199.7.1'), size: 14 },
];

export function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

export function addressNumber(text: string): number {
  return text.split('.').reduce((address, part) => address * 256 + Number(part), 0);
}

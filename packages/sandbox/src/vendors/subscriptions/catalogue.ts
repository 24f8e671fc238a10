export interface AccountFacts {
  /** Missing from some accounts. */
  readonly reference_code?: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** The business accounts of the organisation. */
export const ACCOUNTS: readonly AccountFacts[] = [
  { reference_code: 'BU-NL', name: 'Business Unit Netherlands', country: 'NL' },
  { reference_code: 'BU-GB', name: 'Business Unit United Kingdom', country: 'GB' },
  { name: 'Business Unit United States', country: 'US' },
  { reference_code: 'BU-OLD', name: 'Business Unit Legacy', country: 'GB' },
];

/**
 * The account whose id is as short as the vendor's own sample. No order can name it, because orders check the
 * documented pattern; so it has terminated subscriptions only.
 */
export const LOOSE_ACCOUNT = ACCOUNTS.length - 1;

/** More than a default page holds. */
export const TEMPLATE_COUNT = 12;

/** Name of the plan that a template sells. */
export function planName(template: number): string {
  return `Plan ${template + 1}, ${(template + 1) * 5} GB`;
}

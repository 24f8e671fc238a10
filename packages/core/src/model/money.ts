/** An amount as decimal text with its ISO 4217 currency; never a number, never zero for "not told". */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

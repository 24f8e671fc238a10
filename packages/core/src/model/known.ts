/** A vendor's enumeration: our word beside the vendor's. A word that is new to us is `unknown`, never an error. */
export interface Known<V extends string> {
  readonly value: V | 'unknown';
  readonly raw: string;
}

/** What is wrong where, with the remedy in the message. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

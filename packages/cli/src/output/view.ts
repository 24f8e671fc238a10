export type Tone = 'good' | 'warning' | 'bad' | 'quiet';

/** One column of a table or CSV. The name is the CSV's; a table shows `ratePlan` as `Rate plan`. */
export interface Column<T> {
  readonly name: string;
  /** `null` = not told. */
  readonly value: (item: T) => string | number | boolean | null;
  /** An identifier: never shortened to fit the terminal. */
  readonly whole?: true;
  /** Left out of tables of many. */
  readonly detail?: true;
  /** Set to the right, as numbers are. */
  readonly right?: true;
  readonly tone?: (item: T) => Tone | null;
}

/** How a kind of thing is shown to people and to spreadsheets. */
export type View<T> = readonly Column<T>[];

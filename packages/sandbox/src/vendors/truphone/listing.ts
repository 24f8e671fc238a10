import { type Answer, json } from '../../framework/answer.js';
import type { VendorRequest } from '../../framework/vendor.js';
import { refused } from './answers.js';
import { parseDate } from './timestamps.js';

export type Test<Row> = (row: Row) => boolean;
/** `undefined`: the value says nothing, the filter is not applied. */
export type Filter<Row> = (value: string) => Test<Row> | undefined;

/** Rows that need not exist until they are shown. */
export interface Listing<Row> {
  readonly length: number;
  /** In the default order. */
  at(place: number): Row;
  readonly filters: Readonly<Record<string, Filter<Row>>>;
  /** Fields that `ordering` knows; others are ignored. */
  readonly orderings?: Readonly<Record<string, (row: Row) => string | number>>;
  readonly show: (row: Row) => unknown;
}

interface Selection<Row> {
  readonly length: number;
  at(place: number): Row;
}

const DEFAULT_SIZE = 50;
const LARGEST_SIZE = 500;

/** One page as a bare array, with the paging facts in `Link` (RFC 8288). */
export function listed<Row>(request: VendorRequest, listing: Listing<Row>): Answer {
  const page = pageOf(request, listing);
  return 'refusal' in page ? page.refusal : json(200, page.rows.map(listing.show), page.headers);
}

export type Page<Row> =
  | { readonly rows: readonly Row[]; readonly headers: Readonly<Record<string, string>> }
  | { readonly refusal: Answer };

export function pageOf<Row>(request: VendorRequest, listing: Listing<Row>): Page<Row> {
  const selection = ordered(request.rawQuery, listing, filtered(request.rawQuery, listing));
  const size = pageSize(request.rawQuery.get('per_page'));
  const last = Math.max(1, Math.ceil(selection.length / size));
  const number = pageNumber(request.rawQuery.get('page'), last);
  // Not described; what the vendor's server framework does (inferred).
  if (number === undefined) return { refusal: { ...refused(404, 'Invalid page.'), offContract: true } };
  const rows: Row[] = [];
  const end = Math.min(number * size, selection.length);
  for (let place = (number - 1) * size; place < end; place++) rows.push(selection.at(place));
  return { rows, headers: { Link: links(request, number, last) } };
}

function filtered<Row>(query: URLSearchParams, listing: Listing<Row>): Selection<Row> {
  const tests: Test<Row>[] = [];
  for (const [name, filter] of Object.entries(listing.filters)) {
    const value = query.get(name);
    const test = value === null || value === '' ? undefined : filter(value);
    if (test !== undefined) tests.push(test);
  }
  if (tests.length === 0) return listing;
  const found: Row[] = [];
  for (let place = 0; place < listing.length; place++) {
    const row = listing.at(place);
    if (tests.every((test) => test(row))) found.push(row);
  }
  return selectionOf(found);
}

function ordered<Row>(query: URLSearchParams, listing: Listing<Row>, selection: Selection<Row>): Selection<Row> {
  const asked = (query.get('ordering') ?? query.get('o') ?? '').split(',');
  const keys = asked.flatMap((name) => {
    const descending = name.startsWith('-');
    const read = listing.orderings?.[descending ? name.slice(1) : name];
    return read === undefined ? [] : [{ read, sign: descending ? -1 : 1 }];
  });
  if (keys.length === 0) return selection;
  const rows = Array.from({ length: selection.length }, (_, place) => {
    const row = selection.at(place);
    return { row, values: keys.map(({ read }) => read(row)) };
  });
  rows.sort((left, right) => {
    for (const [place, { sign }] of keys.entries()) {
      const difference = compare(left.values[place] ?? '', right.values[place] ?? '');
      if (difference !== 0) return difference * sign;
    }
    return 0;
  });
  return selectionOf(rows.map(({ row }) => row));
}

function compare(left: string | number, right: string | number): number {
  if (left < right) return -1;
  return left > right ? 1 : 0;
}

function selectionOf<Row>(rows: readonly Row[]): Selection<Row> {
  return { length: rows.length, at: (place) => rows[place] as Row };
}

function pageSize(text: string | null): number {
  const size = Number(text);
  return Number.isInteger(size) && size >= 1 ? Math.min(size, LARGEST_SIZE) : DEFAULT_SIZE;
}

function pageNumber(text: string | null, last: number): number | undefined {
  if (text === null || text === '') return 1;
  if (text === 'last') return last;
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 && number <= last ? number : undefined;
}

function links(request: VendorRequest, number: number, last: number): string {
  const link = (relation: string, page: number): string => {
    const query = new URLSearchParams(request.rawQuery);
    query.set('page', String(page));
    return `<${request.baseUrl}${request.path}?${query.toString()}>; rel="${relation}"`;
  };
  return [
    link('first', 1),
    ...(number > 1 ? [link('prev', number - 1)] : []),
    ...(number < last ? [link('next', number + 1)] : []),
    link('last', last),
  ].join(', ');
}

/** Equal, whatever the case (the vendor's samples differ in it). */
export function equal<Row>(read: (row: Row) => string): Filter<Row> {
  return (value) => {
    const wanted = value.toLowerCase();
    return (row) => read(row).toLowerCase() === wanted;
  };
}

export function contains<Row>(read: (row: Row) => string): Filter<Row> {
  return (value) => {
    const wanted = value.toLowerCase();
    return (row) => read(row).toLowerCase().includes(wanted);
  };
}

/** One of several texts of the row is equal. */
export function oneEqual<Row>(read: (row: Row) => readonly string[]): Filter<Row> {
  return (value) => {
    const wanted = value.toLowerCase();
    return (row) => read(row).some((text) => text.toLowerCase() === wanted);
  };
}

type ReadDate<Row> = (row: Row) => number | undefined;

/** `name_from` and `name_to`: both bounds inclusive, a row without the date is left out. */
export function dateRange<Row>(name: string, read: ReadDate<Row>): Readonly<Record<string, Filter<Row>>> {
  return { [`${name}_from`]: notBefore(read), [`${name}_to`]: notAfter(read) };
}

export function notBefore<Row>(read: ReadDate<Row>): Filter<Row> {
  return dated((value, bound) => value >= bound, read);
}

export function notAfter<Row>(read: ReadDate<Row>): Filter<Row> {
  return dated((value, bound) => value <= bound, read);
}

export function sameInstant<Row>(read: ReadDate<Row>): Filter<Row> {
  return dated((value, bound) => value === bound, read);
}

function dated<Row>(holds: (value: number, bound: number) => boolean, read: ReadDate<Row>): Filter<Row> {
  return (text) => {
    const bound = parseDate(text);
    if (bound === undefined) return undefined;
    return (row) => {
      const value = read(row);
      // Rows are shown to the second, so they compare to the second.
      return value !== undefined && holds(Math.floor(value / 1000) * 1000, bound);
    };
  };
}

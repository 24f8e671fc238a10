import { type Answer, json } from '../../framework/answer.js';
import type { VendorRequest } from '../../framework/vendor.js';
import { badRequest } from './answers.js';
import type { Organisation } from './organisation.js';

/** Something that can be listed page by page, from any of its members on. */
export interface Collection<T> {
  /** In the order of the list; after the member that `cursor` stands for. `undefined`: no such member. */
  after(cursor: string | undefined): Iterable<T> | undefined;
  cursor(item: T): string;
}

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

/** One page of a collection, cut off by `limit` and continued by `cursor`; both are read from the request. */
export function pageOf<T>(
  organisation: Organisation,
  request: VendorRequest,
  collection: Collection<T>,
  render: (page: { readonly items: readonly T[]; readonly links: object }) => object,
): Answer {
  const limit = limitOf(request);
  if (limit === undefined) return badRequest(`limit must be between 1 and ${MAX_LIMIT}`);
  const received = request.rawQuery.getAll('cursor').at(-1);
  const position = received === undefined ? undefined : decodeCursor(received);
  const rest = received !== undefined && position === undefined ? undefined : collection.after(position);
  if (rest === undefined) return badRequest('cursor is not valid');

  const items: T[] = [];
  let more = false;
  for (const item of rest) {
    more = items.length === limit;
    if (more) break;
    items.push(item);
  }
  const last = items.at(-1);
  const next = more && last !== undefined ? encodeCursor(collection.cursor(last)) : undefined;
  return json(200, render({ items, links: pageLinks(organisation, request, limit, next) }));
}

/** `{ _links, _embedded: { <name>: [...] } }`. */
export function halPage(organisation: Organisation, name: string, items: readonly object[], links: object): object {
  if (items.length === 0 && organisation.switches.emptyPages === 'missing') return { _links: links };
  return { _links: links, _embedded: { [name]: items } };
}

/** A collection whose members have a fixed order and can be found by id. */
export function listed<T>(
  members: (from: number) => Iterable<T>,
  cursor: (item: T) => string,
  positionOf: (cursor: string) => number | undefined,
): Collection<T> {
  return {
    cursor,
    after: (received) => {
      if (received === undefined) return members(0);
      const position = positionOf(received);
      return position === undefined ? undefined : members(position + 1);
    },
  };
}

export function* filtered<T>(items: Iterable<T>, wanted: (item: T) => boolean): Iterable<T> {
  for (const item of items) if (wanted(item)) yield item;
}

function limitOf(request: VendorRequest): number | undefined {
  const received = request.rawQuery.getAll('limit').at(-1);
  if (received === undefined) return DEFAULT_LIMIT;
  const limit = Number(received);
  return Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT ? limit : undefined;
}

function pageLinks(organisation: Organisation, request: VendorRequest, limit: number, next: string | undefined) {
  const path = request.path.slice('/enterprise'.length);
  const filters = [...request.rawQuery].filter(
    ([name]) => name !== 'cursor' && name !== 'limit' && name in request.query,
  );
  const link = (cursor: string | undefined) => {
    const query = new URLSearchParams(filters);
    const parts = [
      ...(cursor === undefined ? [] : [`cursor=${encodeURIComponent(cursor)}`]),
      ...String(query).split('&'),
    ];
    return organisation.links.to(
      request,
      `${path}?${[...parts.filter((part) => part !== ''), `limit=${limit}`].join('&')}`,
    );
  };
  const self = link(request.rawQuery.getAll('cursor').at(-1));
  return next === undefined ? { self } : { self, next: link(next) };
}

function encodeCursor(position: string): string {
  return Buffer.from(`${position}|Next`).toString('base64');
}

function decodeCursor(cursor: string): string | undefined {
  const text = Buffer.from(cursor, 'base64').toString('latin1');
  if (Buffer.from(text, 'latin1').toString('base64') !== cursor || !text.endsWith('|Next')) return undefined;
  return text.slice(0, -'|Next'.length);
}

import { type Answer, json } from '../../framework/answer.js';

export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly perPage: number;
  readonly pages: number;
  readonly total: number;
}

export interface PageLimits {
  readonly default: number;
  readonly maximum: number;
}

/** Nothing is rejected: sizes are adjusted, and a page beyond the last one serves the last one again. */
export function pageOf<T>(
  query: URLSearchParams,
  limits: PageLimits,
  total: number,
  slice: (from: number, to: number) => readonly T[],
): Page<T> {
  const asked = wholeNumber(query.get('per_page'));
  const perPage = asked === undefined || asked < 1 ? limits.default : Math.min(asked, limits.maximum);
  const pages = Math.ceil(total / perPage);
  const page = Math.max(1, Math.min(wholeNumber(query.get('page')) ?? 1, pages));
  const from = (page - 1) * perPage;
  return { items: slice(from, Math.min(from + perPage, total)), page, perPage, pages, total };
}

export interface PageHeaders {
  readonly sort: string | null;
  readonly filter: string | null;
}

/** The answer of SIM and endpoint lists: a bare array, paging facts only in headers. */
export function pageAnswer(page: Page<unknown>, asked: PageHeaders): Answer {
  return json(200, page.items, {
    'X-Count-Per-Page': String(page.perPage),
    'X-Current-Page': String(page.page),
    'X-Total-Pages': String(page.pages),
    'X-Total-Count': String(page.total),
    'X-Sort': asked.sort ?? 'id',
    ...(asked.filter === null ? {} : { 'X-Filter': asked.filter }),
  });
}

export function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

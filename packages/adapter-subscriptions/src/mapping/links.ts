/** Only to complete links that are relative: no link is ever followed. */
const anyBase = 'https://links.invalid';

/** The cursor of a next link, decoded once. Only the query counts: whatever host and path the link names, the next page is asked of the configured one. */
export function cursorOf(href: string | null | undefined): string | null {
  if (!href || !URL.canParse(href, anyBase)) return null;
  return new URL(href, anyBase).searchParams.get('cursor') || null;
}

/** The id at the end of a link's path; `null` where there is no link. */
export function idOf(link: { readonly href?: string | null | undefined } | null | undefined): string | null {
  const last = /([^/?#]+)\/?(?:[?#].*)?$/.exec(link?.href ?? '')?.[1];
  return last === undefined ? null : last;
}

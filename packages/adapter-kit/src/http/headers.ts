/** Answer headers by name, in whatever case the vendor sends them. */
export interface HeadersView {
  get(name: string): string | null;
}

/** Node gives lower-case names; repeated headers are joined. */
export function headersView(raw: Readonly<Record<string, unknown>>): HeadersView {
  const lower = new Map(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    get(name) {
      const value = lower.get(name.toLowerCase());
      if (value === undefined || value === null) return null;
      return Array.isArray(value) ? value.join(', ') : String(value);
    },
  };
}

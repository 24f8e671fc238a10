let codes: ReadonlyMap<string, string> | null = null;

/** The ISO 3166-1 code (alpha-2) of a country that the vendor names in English; `null` for a name that nobody else uses. */
export function countryCode(name: string | null | undefined): string | null {
  if (!name) return null;
  codes ??= codesByName();
  return codes.get(name.trim().toLowerCase()) ?? null;
}

/** Unicode's English names (CLDR), as Node knows them. */
function codesByName(): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const found = new Map<string, string>();
  for (const first of letters)
    for (const second of letters) {
      const code = first + second;
      const name = names.of(code);
      // A code that was replaced by another bears its name too.
      if (name !== undefined && new Intl.Locale(`und-${code}`).region === code) found.set(name.toLowerCase(), code);
    }
  return found;
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

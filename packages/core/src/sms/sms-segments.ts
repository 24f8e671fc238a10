import { gsm7Septets } from './gsm7.js';

/** How a text is sent, and what it will cost: operators charge by segment. */
export interface SmsSegments {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** How many short messages the text becomes; an empty text is one. */
  readonly segments: number;
  /** The length of the text: septets in GSM-7 (an extension character counts two), 16-bit units in UCS-2 (an emoji counts two or more). */
  readonly units: number;
  /** How many units a segment holds here: 160 or 70 when there is one, else 153 or 67, for the header that joins them takes its share. */
  readonly perSegment: number;
  /** Units left in the last segment. */
  readonly remaining: number;
  /** The characters outside the GSM alphabet that made it UCS-2, each once; replacing them would more than double what a segment holds. */
  readonly unsupported: readonly string[];
}

const LIMITS = { 'GSM-7': { single: 160, joined: 153 }, 'UCS-2': { single: 70, joined: 67 } } as const;

/**
 * How many short messages a text becomes (3GPP TS 23.038: default alphabet with its extension table, else UCS-2; TS 23.040: joined messages with an 8-bit reference).
 * An escape sequence or a surrogate pair is never split over two segments. National language tables are not considered: no vendor uses them unasked.
 */
export function smsSegments(text: string): SmsSegments {
  const characters = Array.from(text);
  const unsupported = [...new Set(characters.filter((character) => gsm7Septets(character) === 0))];
  const encoding = unsupported.length > 0 ? 'UCS-2' : 'GSM-7';
  const sizes = characters.map(encoding === 'GSM-7' ? gsm7Septets : (character) => character.length);
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { single, joined } = LIMITS[encoding];
  if (units <= single)
    return { encoding, segments: 1, units, perSegment: single, remaining: single - units, unsupported };
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > joined) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { encoding, segments, units, perSegment: joined, remaining: joined - used, unsupported };
}

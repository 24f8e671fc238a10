import type { Json } from '@carrierkit/core';

/**
 * `JSON.parse` that keeps integers beyond 2^53 (ICCIDs sent as bare numbers, int64 ids) as text instead of rounding them.
 * Safe integers and decimals stay numbers. Throws SyntaxError like `JSON.parse`.
 */
export function parseLossless(text: string): Json {
  return JSON.parse(quoteUnsafeIntegers(text)) as Json;
}

/** An unsafe integer has at least this many digits; shorter stretches between two strings cannot hold one. */
const unsafeDigits = 16;
const numberLiteral = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Walks the text once, jumping over strings, and puts quotes around integer literals that a double cannot hold. */
export function quoteUnsafeIntegers(text: string): string {
  if (!mayHoldUnsafe(text)) return text;
  let out = '';
  let copied = 0;
  let position = 0;
  for (;;) {
    const quote = text.indexOf('"', position);
    const end = quote === -1 ? text.length : quote;
    if (end - position >= unsafeDigits) {
      for (const match of text.slice(position, end).matchAll(numberLiteral)) {
        if (!isUnsafeInteger(match[0])) continue;
        const start = position + match.index;
        out += `${text.slice(copied, start)}"${match[0]}"`;
        copied = start + match[0].length;
      }
    }
    if (quote === -1) break;
    position = endOfString(text, quote);
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/**
 * Is there a stretch of so many digits, other than right behind a quote, where no literal stands (ICCIDs sent as text)? Nearly every answer is done with after this,
 * and it looks at every sixteenth character only: no such stretch fits between two of those.
 */
function mayHoldUnsafe(text: string): boolean {
  for (let position = unsafeDigits - 1; position < text.length; position += unsafeDigits) {
    if (!isDigit(text.charCodeAt(position))) continue;
    let start = position;
    while (isDigit(text.charCodeAt(start - 1))) start--;
    while (isDigit(text.charCodeAt(position + 1))) position++;
    if (position - start >= unsafeDigits - 1 && text.charCodeAt(start - 1) !== QUOTE) return true;
  }
  return false;
}

const QUOTE = 34;
const BACKSLASH = 92;

/** `NaN`, which stands before the beginning and behind the end, is none. */
function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isUnsafeInteger(literal: string): boolean {
  return literal.length >= unsafeDigits && /^-?\d+$/.test(literal) && !Number.isSafeInteger(Number(literal));
}

function endOfString(text: string, open: number): number {
  for (let close = open; ; ) {
    close = text.indexOf('"', close + 1);
    if (close === -1) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(close - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return close + 1;
  }
}

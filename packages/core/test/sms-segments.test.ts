import { smsSegments } from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';

const BASIC = [
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?',
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
].join('');
const EXTENSION = '\f^{}\\[~]|€';

describe('smsSegments', () => {
  test('knows the default alphabet: 127 characters in one septet, ten in two', () => {
    expect(new Set(BASIC).size).toBe(127);
    for (const character of BASIC)
      expect(smsSegments(character)).toMatchObject({ encoding: 'GSM-7', units: 1, unsupported: [] });
    for (const character of EXTENSION)
      expect(smsSegments(character)).toMatchObject({ encoding: 'GSM-7', units: 2, unsupported: [] });
    // lower-case ç, backtick, tab, escape and typographic signs are not in it
    for (const character of 'ç`\t\u001b\u2019\u2013\u00a0ÁőЖ中')
      expect(smsSegments(character)).toMatchObject({ encoding: 'UCS-2', units: 1, unsupported: [character] });
  });
  test.each([
    ['nothing', '', 'GSM-7', 1, 0, 160, 160],
    ['a full message', 'a'.repeat(160), 'GSM-7', 1, 160, 160, 0],
    ['one septet more', 'a'.repeat(161), 'GSM-7', 2, 161, 153, 145],
    ['two full segments', 'a'.repeat(306), 'GSM-7', 2, 306, 153, 0],
    ['three segments', 'a'.repeat(307), 'GSM-7', 3, 307, 153, 152],
    ['extension characters', '€'.repeat(80), 'GSM-7', 1, 160, 160, 0],
    ['an escape sequence that would be cut', `${'a'.repeat(152)}€${'b'.repeat(10)}`, 'GSM-7', 2, 164, 153, 141],
    ['escape sequences only', '€'.repeat(81), 'GSM-7', 2, 162, 153, 143],
    ['a full message in UCS-2', 'ж'.repeat(70), 'UCS-2', 1, 70, 70, 0],
    ['one unit more', 'ж'.repeat(71), 'UCS-2', 2, 71, 67, 63],
    ['a full message of emoji', '😀'.repeat(35), 'UCS-2', 1, 70, 70, 0],
    ['a surrogate pair that would be cut', `${'ж'.repeat(66)}😀${'ж'.repeat(3)}`, 'UCS-2', 2, 71, 67, 62],
    ['emoji only', '😀'.repeat(36), 'UCS-2', 2, 72, 67, 61],
  ])('%s', (_, text, encoding, segments, units, perSegment, remaining) => {
    expect(smsSegments(text)).toMatchObject({ encoding, segments, units, perSegment, remaining });
  });
  test('names what forced UCS-2, each once', () => {
    expect(smsSegments('It\u2019s 5 °C, isn\u2019t it 😀').unsupported).toEqual(['\u2019', '°', '😀']);
  });

  /** Fills segments one by one, over the characters of the text: the definition, without the shortcut for single messages. */
  const segmentsOf = (text: string, size: (character: string) => number, limit: number): number[] => {
    const fills = [0];
    for (const character of text) {
      if (fills.at(-1)! + size(character) > limit) fills.push(0);
      fills[fills.length - 1]! += size(character);
    }
    return fills;
  };
  const gsm = fc.string({ unit: fc.constantFrom(...Array.from(BASIC + EXTENSION)), maxLength: 500 });
  const any = fc.string({ unit: fc.constantFrom('a', '€', 'ж', '😀', '中'), maxLength: 250 });
  test.prop([fc.oneof(gsm, any)])('fills segments without cutting a character', (text) => {
    const { encoding, segments, units, perSegment, remaining } = smsSegments(text);
    const size = (character: string): number =>
      encoding === 'UCS-2' ? character.length : EXTENSION.includes(character) ? 2 : 1;
    const total = [...segmentsOf(text, size, Infinity)][0]!;
    expect(units).toBe(total);
    const single = encoding === 'GSM-7' ? 160 : 70;
    const fills = segmentsOf(text, size, total <= single ? single : single - (encoding === 'GSM-7' ? 7 : 3));
    expect(segments).toBe(fills.length);
    expect(remaining).toBe(perSegment - fills.at(-1)!);
    expect(segments === 1).toBe(units <= single);
  });
  test.prop([any, any])('a longer text never takes fewer segments', (text, more) => {
    expect(smsSegments(text + more).segments).toBeGreaterThanOrEqual(smsSegments(text).segments);
  });
});

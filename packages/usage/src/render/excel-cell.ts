/** What a spreadsheet takes for the beginning of a formula, also behind blanks and in its full-width spelling. */
const FORMULA = /^[\s\0\u00a0\ufeff]*[=+\-@|%＝＋－＠]|^[\t\r\n]/;
/** What a spreadsheet would take for a number, a date or a truth value: digits get lost, `3-4` becomes the third of April. */
const CONVERTED =
  /^[\s(]*[\d.][\d\s.,:/()\\-]*(?:e[+-]?\d*)?\s*$|^\d{1,4}[-\s/.]?[a-zäéû]{3,9}\.?$|^[a-zäéû]{3,9}\.?[-\s/.]?\d{1,4}$|^(?:true|false)$/i;

/** A text as it can stand in a cell: never a formula, and exactly as it is. The apostrophe is how spreadsheets themselves mark text. */
export function excelText(text: string): string {
  return FORMULA.test(text) || CONVERTED.test(text) ? `'${text}` : text;
}

/** A number as a spreadsheet can hold it exactly, which is up to 15 digits; a longer one stays text. */
export function excelNumber(decimal: string, comma: boolean): string {
  if (decimal.replace(/^-?0*\.?0*/, '').replace('.', '').length > 15) return `'${decimal}`;
  return comma ? decimal.replace('.', ',') : decimal;
}

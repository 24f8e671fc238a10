/** Spreadsheets show long numbers so: `8.94E+18`, with a decimal comma in many countries. */
const EXPONENT = /^\+?(\d+)(?:[.,](\d+))?e\+?(\d{1,2})$/i;
/** A column read as floating point and written out again: `8944500102198304826.0`. */
const DECIMAL = /^\d+[.,]\d*$/;

/** Does this text come from an ICCID that some program took for a number? */
export function looksLikeNumber(text: string): boolean {
  return EXPONENT.test(text) || DECIMAL.test(text);
}

/** What an ICCID may have been before it became a JavaScript number: all that rounds to this floating-point value. */
export function candidatesOfNumber(value: number): readonly string[] {
  if (!Number.isFinite(value) || value < 0) return [];
  const exact = BigInt(Math.round(value));
  const half = stepAt(exact) / 2n;
  return between(exact - half, exact + half);
}

/** The same for `8.94E+18` and `8944500102198304826.0`. */
export function candidatesOfText(text: string): readonly string[] {
  const parts = EXPONENT.exec(text);
  if (!parts) return DECIMAL.test(text) ? candidatesOfNumber(Number.parseFloat(text)) : [];
  const [, whole = '', fraction = '', exponent = ''] = parts;
  const zeros = Number(exponent) - fraction.length;
  return zeros >= 0 && zeros <= 22 ? rounded(BigInt(whole + fraction), zeros) : [];
}

/** How many digits at the end look as if rounding had made them zero; 0 when none. Floating point keeps 15 to 17 digits. */
export function roundedZeros(digits: string): number {
  const zeros = digits.length - digits.replace(/0+$/, '').length;
  return zeros >= 3 && digits.length - zeros <= 17 ? zeros : 0;
}

/** What digits that end in `zeros` zeros may have been. */
export function candidatesOfRounded(digits: string, zeros: number): readonly string[] {
  return rounded(BigInt(digits.slice(0, digits.length - zeros)), zeros);
}

/**
 * Is `iccid` one of the numbers that a candidate stands for? `?` takes the place of one lost digit.
 * Serves to look a damaged identifier up in a fleet: `sims.filter((sim) => candidates.some((c) => fitsCandidate(sim.iccid, c)))`.
 */
export function fitsCandidate(iccid: string, candidate: string): boolean {
  if (iccid.length !== candidate.length) return false;
  for (let index = 0; index < iccid.length; index += 1) {
    if (candidate[index] !== '?' && candidate[index] !== iccid[index]) return false;
  }
  return true;
}

/** Some programs round (half a unit down), others cut (nearly a whole unit up), and most went through floating point besides. */
function rounded(significant: bigint, zeros: number): readonly string[] {
  const unit = 10n ** BigInt(zeros);
  const value = significant * unit;
  const step = stepAt(value);
  return between(value - larger(unit / 2n, step), value + larger(unit - 1n, step));
}

/** The distance between neighbouring floating-point numbers of this size: their mantissa has 53 bits. */
function stepAt(value: bigint): bigint {
  const lostBits = value.toString(2).length - 53;
  return lostBits > 0 ? 1n << BigInt(lostBits) : 0n;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** The numbers from `low` to `high` as patterns, one for each value of the first digit that differs. */
function between(low: bigint, high: bigint): readonly string[] {
  const first = low.toString();
  const last = high.toString();
  if (first.length !== last.length || first.length < 18 || first.length > 22) return [];
  if (first === last) return [first];
  let common = 0;
  while (first[common] === last[common]) common += 1;
  const from = Number(first[common]);
  const count = Number(last[common]) - from + 1;
  const lost = '?'.repeat(first.length - common - 1);
  return Array.from({ length: count }, (_, index) => `${first.slice(0, common)}${from + index}${lost}`);
}

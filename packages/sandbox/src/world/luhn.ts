/** Luhn check digit (ITU-T E.118 refers to it for ICCIDs; ISO/IEC 7812-1 annex B) of a text of decimal digits. */
export function luhnCheckDigit(digits: string): string {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const weighted = place % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return String((10 - (sum % 10)) % 10);
}

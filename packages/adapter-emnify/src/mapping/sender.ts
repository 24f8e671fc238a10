import { inputError } from '@carrierkit/core';

/** Types of source address (GSM type of address): 145 international, 161 national, 208 alphanumeric. */
const [international, national, alphanumeric] = [145, 161, 208];

/** Who the SMS comes from, as the vendor wants it. @throws `input`, without the sender in its text */
export function sourceAddress(sender: string): {
  readonly source_address: string;
  readonly source_address_type: { readonly id: number };
} {
  const text = sender.trim();
  const number = text.replace(/[\s().-]/g, '');
  if (/^\+[1-9]\d{4,14}$/.test(number)) return address(number.slice(1), international);
  if (/^\d{3,15}$/.test(number)) return address(number, national);
  if (/^(?=.*[A-Za-z])[ -~]{1,11}$/.test(text)) return address(text, alphanumeric);
  throw inputError('from', 'expected a number with +, a short code, or a name of up to 11 characters');
}

function address(source: string, id: number) {
  return { source_address: source, source_address_type: { id } };
}

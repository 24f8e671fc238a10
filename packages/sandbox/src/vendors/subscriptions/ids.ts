import type { VendorContext } from '../../framework/vendor.js';
import { LOOSE_ACCOUNT } from './catalogue.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A family of ids: prefix, underscore, letters and digits, of which the last ones hold the numbers it stands for. */
export interface IdKind {
  readonly prefix: string;
  /** How many characters (5 bits each) each number takes. */
  readonly widths: readonly number[];
  /** Characters after the underscore. The documented 26 unless the vendor's samples break their own pattern. */
  length(index: number): number;
}

const strict = (): number => 26;

export const ACCOUNT_ID: IdKind = {
  prefix: 'acc',
  widths: [6],
  length: (index) => (index === LOOSE_ACCOUNT ? 18 : 26),
};
export const SUBSCRIPTION_ID: IdKind = { prefix: 'sub', widths: [6], length: strict };
export const SUBSCRIBER_ID: IdKind = { prefix: 'sbr', widths: [6], length: (index) => (index % 5 === 1 ? 22 : 26) };
export const PRODUCT_ID: IdKind = { prefix: 'prod', widths: [6], length: (index) => (index % 4 === 1 ? 18 : 26) };
/** The same product as usage items link to it. */
export const USAGE_PRODUCT_ID: IdKind = { prefix: 'prd', widths: [6], length: strict };
export const OFFERING_ID: IdKind = { prefix: 'prodoff', widths: [6], length: strict };
export const EARLY_OFFERING_ID: IdKind = { prefix: 'prdoff', widths: [6], length: strict };
export const TEMPLATE_ID: IdKind = { prefix: 'otpl', widths: [6], length: strict };
export const ORDER_ID: IdKind = { prefix: 'order', widths: [6], length: strict };
export const MESSAGE_ID: IdKind = { prefix: 'sms', widths: [6], length: strict };
/** SIM, day, and place of the item within that day. */
export const USAGE_ITEM_ID: IdKind = { prefix: 'uitem', widths: [6, 4, 4], length: strict };

/** Makes ids from numbers and reads them back, so that no table of ids is needed. */
export interface Ids {
  make(kind: IdKind, ...numbers: readonly number[]): string;
  /** `undefined`: no id that was ever made. */
  read(kind: IdKind, id: string): readonly number[] | undefined;
  /** The one number of an id that has one. */
  index(kind: IdKind, id: string): number | undefined;
}

export function createIds({ random }: Pick<VendorContext, 'random'>): Ids {
  const make: Ids['make'] = (kind, ...numbers) => {
    const tail = kind.widths.map((width, place) => encode(numbers[place] ?? 0, width)).join('');
    const filler = random('id', kind.prefix, ...numbers).text(kind.length(numbers[0] ?? 0) - tail.length - 2, ALPHABET);
    return `${kind.prefix}_01${filler}${tail}`;
  };
  const read: Ids['read'] = (kind, id) => {
    let end = id.length;
    const numbers: number[] = [];
    for (const width of kind.widths.toReversed()) {
      const number = decode(id.slice(Math.max(0, end - width), end));
      if (number === undefined) return undefined;
      numbers.unshift(number);
      end -= width;
    }
    return make(kind, ...numbers) === id ? numbers : undefined;
  };
  return { make, read, index: (kind, id) => read(kind, id)?.[0] };
}

function encode(value: number, width: number): string {
  let left = value;
  let text = '';
  for (let place = 0; place < width; place++) {
    text = (ALPHABET[left % 32] ?? '') + text;
    left = Math.floor(left / 32);
  }
  return text;
}

function decode(text: string): number | undefined {
  let value = 0;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return undefined;
    value = value * 32 + digit;
  }
  return value;
}

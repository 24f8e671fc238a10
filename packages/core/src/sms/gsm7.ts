/** 3GPP TS 23.038 section 6.2.1, in the order of its codes; the escape code between Ξ and Æ is no character. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Section 6.2.1.1: each is sent as the escape code and another septet. */
const EXTENSION = '\f^{}\\[~]|€';

const SEPTETS: ReadonlyMap<string, number> = new Map([
  ...Array.from(BASIC, (character) => [character, 1] as const),
  ...Array.from(EXTENSION, (character) => [character, 2] as const),
]);

/** How many septets a character takes in the GSM 7-bit default alphabet; 0 when it is not in it. */
export function gsm7Septets(character: string): number {
  return SEPTETS.get(character) ?? 0;
}

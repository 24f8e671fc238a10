import { redactMembers } from '@carrierkit/adapter-kit';
import type { Json } from '@carrierkit/core';

/** Not documented for these reads; overwritten should they ever come. Whoever has its activation code can install an eSIM. */
const secretMembers: ReadonlySet<string> = new Set([
  'activation_code',
  'confirmation_code',
  'matching_id',
  'lpa',
  'qr_code',
  'pin',
  'pin1',
  'pin2',
  'puk',
  'puk1',
  'puk2',
]);

/** The vendor's object as it came, secret members overwritten in place. */
export function withoutSecrets(received: object): Json {
  return redactMembers(received as Json, secretMembers);
}

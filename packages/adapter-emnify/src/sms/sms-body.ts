import { inputError, smsSegments } from '@carrierkit/core';
import { textLimit } from '../capabilities.js';
import { sourceAddress } from '../mapping/sender.js';
import type { SmsBody } from './send-sms.js';

const ucs2 = 8;

/**
 * One SMS as the vendor takes it: a single message of 160 characters of the GSM alphabet, or 70 of any other.
 * A longer text would need a call for each part, each of which may be lost alone. @throws `input`
 */
export function smsBody(text: string, sender: string | undefined): SmsBody {
  if (text === '') throw inputError('text', 'is empty');
  const { segments, encoding, units, perSegment } = smsSegments(text);
  if (segments > 1) {
    const limit = encoding === 'GSM-7' ? textLimit : 70;
    const why = encoding === 'GSM-7' ? '' : ', since it has characters outside the GSM alphabet';
    throw inputError(
      'text',
      `has ${units} units; one SMS holds ${limit}${why}; this vendor takes ${segments} parts of ${perSegment} only as separate messages`,
    );
  }
  return {
    payload: text,
    ...(encoding === 'UCS-2' && { dcs: ucs2 }),
    ...(sender !== undefined && sourceAddress(sender)),
  };
}

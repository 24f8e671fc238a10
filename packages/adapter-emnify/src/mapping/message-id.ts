import { inputError } from '@carrierkit/core';

/** An SMS is known under its endpoint only, so both ids make the handle: `<endpoint>/<sms>`. */
export function messageId(endpointId: string | number, smsId: string | number): string {
  return `${endpointId}/${smsId}`;
}

/** @throws `input` for what this adapter has not made */
export function parseMessageId(id: string): { readonly endpoint_id: string; readonly sms_id: string } {
  const match = /^(\d{1,19})\/(\d{1,19})$/.exec(id);
  if (match === null)
    throw inputError('message.id', 'is not a message of this provider; pass the id that `send` or `list` gave');
  return { endpoint_id: match[1]!, sms_id: match[2]! };
}

/** The id of what was created: the last part of the URL in `Location`; the body is empty. */
export function idFromLocation(location: string | null): string | null {
  return /(\d{1,19})\/?(?:[?#].*)?$/.exec(location ?? '')?.[1] ?? null;
}

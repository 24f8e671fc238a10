import { inputError } from '@carrierkit/core';

/** As lists spell ids; the URL of a report has seven digits, and both mean the same. */
const inLists = 8;
const inUrls = 7;

/** The id of a message, in one spelling wherever it was read. Compared as text: it is not ours to calculate with. */
export function messageId(id: string | number): string {
  return padded(String(id), inLists);
}

/**
 * The id of what was sent: the last segment of `resourceURL`. The rest of it is not used: the vendor was seen to send a malformed path,
 * and where it points to is nobody's business.
 */
export function idFromUrl(url: string | null | undefined): string | null {
  const path = (url ?? '').replace(/[?#].*$/s, '').replace(/\/+$/, '');
  const last = path.slice(path.lastIndexOf('/') + 1);
  return /^[\w-]{1,64}$/.test(last) ? messageId(last) : null;
}

/** The id as the path of a report takes it. @throws `input` for what this adapter has not made */
export function urlId(id: string): string {
  if (!/^[\w-]{1,64}$/.test(id))
    throw inputError('message.id', 'is not a message of this provider; pass the id that `send` or `list` gave');
  return padded(id, inUrls);
}

function padded(id: string, digits: number): string {
  return /^\d+$/.test(id) ? id.replace(/^0+/, '').padStart(digits, '0') : id;
}

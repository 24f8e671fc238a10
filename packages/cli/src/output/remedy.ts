import type { ErrorInfo } from '@carrierkit/core';

/** What the user can do about an error whose message leaves that open. */
export function remedyOf({ kind, provider, details }: ErrorInfo): string | null {
  switch (kind) {
    case 'authentication':
      return `Check the credentials of provider '${provider}' in the config.`;
    case 'unavailable':
    case 'timeout':
      return provider === null
        ? null
        : `Check the network and the baseUrl of provider '${provider}', or try again later.`;
    case 'contract':
      return 'The vendor answers something that its description does not allow. Update carrierkit, or report it.';
    case 'damaged-identifier': {
      const { candidates } = details as ErrorInfo<'damaged-identifier'>['details'];
      return candidates.length === 0 ? null : `It may have been ${candidates.join(' or ')} (? = a lost digit).`;
    }
    default:
      return null;
  }
}

/** What `carrierkit doctor` can say about an error; `null` where it knows no more. */
export function doctorHint({ kind }: ErrorInfo): string | null {
  if (kind === 'authentication') return "'carrierkit doctor' tries them.";
  return kind === 'contract' ? "'carrierkit doctor' lists what." : null;
}

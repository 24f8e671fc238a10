import { errorFrom, type Iccid, inspectIccid } from '@carrierkit/core';
import type { Session } from '../shell/session.js';

/** An ICCID as the user typed it; oddities are told. @throws `input` or `damaged-identifier` */
export function readIccid(session: Pick<Session, 'warn'>, text: string, path = 'ICCID'): Iccid {
  const { iccid, error, warnings, candidates } = inspectIccid(text, { path });
  if (error) throw errorFrom(error);
  for (const { message } of warnings) session.warn(candidatesTold(message, candidates));
  return iccid!;
}

function candidatesTold(message: string, candidates: readonly string[]): string {
  return candidates.length === 0 ? message : `${message} (perhaps ${candidates.join(' or ')})`;
}

import { type Iccid, inputError, type Msisdn, parseMsisdn, type Recipient, type SimTarget } from '@carrierkit/core';
import { named, type Session } from '../shell/session.js';
import { readIccid } from './iccids.js';
import { linesOf } from './lines.js';

/** Where the items of a write come from: words of the command line, or lines of a file. */
export interface ItemSource {
  readonly words?: readonly string[];
  readonly file?: string;
}

/** SIMs, readable again and again. A bad word is wrong usage at once; a bad line becomes the failed outcome of that line. */
export function simItems(session: Session, { words = [], file }: ItemSource): () => AsyncIterable<SimTarget> {
  const given = words.map((word) => targetOf(session, readIccid(session, word, '--iccid')));
  assertAny(given, file, '--iccid or --file');
  return async function* () {
    yield* given;
    if (file !== undefined)
      for await (const line of linesOf(session.world, file)) yield targetOf(session, line as Iccid);
  };
}

/** Recipients of a message: `+` begins a number, everything else is an ICCID. */
export function recipientItems(session: Session, { words = [], file }: ItemSource): () => AsyncIterable<Recipient> {
  const given = words.map(
    (word): Recipient =>
      word.startsWith('+')
        ? { msisdn: parseMsisdn(word, { path: '--to' }) }
        : { sim: targetOf(session, readIccid(session, word, '--to')) },
  );
  assertAny(given, file, '--to or --file');
  return async function* () {
    yield* given;
    if (file !== undefined) for await (const line of linesOf(session.world, file)) yield recipientOf(session, line);
  };
}

function recipientOf(session: Session, line: string): Recipient {
  return line.startsWith('+') ? { msisdn: line as Msisdn } : { sim: targetOf(session, line as Iccid) };
}

function targetOf({ globals }: Session, iccid: Iccid): SimTarget {
  return globals.provider === null ? iccid : { iccid, ...named(globals) };
}

function assertAny(given: readonly unknown[], file: string | undefined, options: string): void {
  if (given.length === 0 && file === undefined) throw inputError('', `say which: ${options}`);
}

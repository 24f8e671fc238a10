import { type Iccid, inputError, type Msisdn, parseMsisdn, type Recipient, type SimTarget } from '@carrierkit/core';
import { named, type Session } from '../shell/session.js';
import { readIccid } from './iccids.js';
import { linesOf } from './lines.js';

/** Where the items of a write come from: words of the command line, or lines of a file. */
export interface ItemSource {
  readonly words?: readonly string[];
  readonly file?: string;
}

/** The items of a write. */
export interface GivenItems<T> {
  /** Reads them, again each time. */
  read(): AsyncIterable<T>;
  /** Where the user finds an item: `sims.txt line 14`. Of a file, known once it was read. */
  placeOf(item: number): string;
}

/** SIMs. A bad word is wrong usage at once; a bad line becomes the failed outcome of that line. */
export function simItems(session: Session, source: ItemSource): GivenItems<SimTarget> {
  const given = (source.words ?? []).map((word) => targetOf(session, readIccid(session, word, '--iccid')));
  return itemsOf(session, given, source, '--iccid', (line) => targetOf(session, line as Iccid));
}

/** Recipients of a message: `+` begins a number, everything else is an ICCID. */
export function recipientItems(session: Session, source: ItemSource): GivenItems<Recipient> {
  const given = (source.words ?? []).map(
    (word): Recipient =>
      word.startsWith('+')
        ? { msisdn: parseMsisdn(word, { path: '--to' }) }
        : { sim: targetOf(session, readIccid(session, word, '--to')) },
  );
  return itemsOf(session, given, source, '--to', (line) => recipientOf(session, line));
}

function itemsOf<T>(
  { world }: Session,
  given: readonly T[],
  { file }: ItemSource,
  option: string,
  itemOf: (line: string) => T,
): GivenItems<T> {
  if (given.length === 0 && file === undefined) throw inputError('', `say which: ${option} or --file`);
  const lineNumbers: number[] = [];
  return {
    async *read() {
      yield* given;
      lineNumbers.length = 0;
      if (file === undefined) return;
      for await (const { text, number } of linesOf(world, file)) {
        lineNumbers.push(number);
        yield itemOf(text);
      }
      if (given.length === 0 && lineNumbers.length === 0)
        throw inputError('--file', `there is nothing in ${nameOf(file)}`);
    },
    placeOf(item) {
      const line = lineNumbers[item - given.length];
      if (line === undefined) return `${option} ${item + 1}`;
      return `${nameOf(file!)} line ${line}`;
    },
  };
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

function recipientOf(session: Session, line: string): Recipient {
  return line.startsWith('+') ? { msisdn: line as Msisdn } : { sim: targetOf(session, line as Iccid) };
}

function targetOf({ globals }: Session, iccid: Iccid): SimTarget {
  return globals.provider === null ? iccid : { iccid, ...named(globals) };
}

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inputError, type OrderRequest } from '@carrierkit/core';
import { orderRequestSchema, parseWith } from '@carrierkit/core/schema';
import { parseDocument } from 'yaml';
import { named, type Session } from '../shell/session.js';

/** One order or a list of them, in YAML or JSON. @throws `input` that names each wrong member and repeats no value */
export async function readOrders(session: Session, file: string): Promise<readonly OrderRequest[]> {
  const content = parsed(file, await readText(session, file));
  const orders: readonly unknown[] = Array.isArray(content) ? content : [content];
  return orders.map((order, index) => ({
    ...named(session.globals),
    ...parseWith(orderRequestSchema, order, Array.isArray(content) ? `orders[${index}]` : 'order'),
  }));
}

async function readText({ world }: Session, file: string): Promise<string> {
  if (file !== '-') return readFile(resolve(world.folder, file), 'utf8');
  const pieces: Uint8Array[] = [];
  for await (const piece of world.input) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('utf8');
}

/** ICCIDs written without quotes would lose their last digits as numbers, so numbers of that length stay as they are written. */
function parsed(file: string, text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false, intAsBigInt: true });
  const [problem] = document.errors;
  if (problem) throw inputError(file, `is neither YAML nor JSON (${problem.code.toLowerCase().replaceAll('_', ' ')})`);
  return document.toJS();
}

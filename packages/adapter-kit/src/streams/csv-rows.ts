import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ConnectivityError } from '@carrierkit/core';

/** The rows of a CSV text with a header line, one object a row, every value as text. Flat in memory; stops the source when broken off. */
export async function* csvRows(
  text: AsyncIterable<string>,
): AsyncGenerator<Readonly<Record<string, string>>, void, undefined> {
  const { parse } = await import('csv-parse');
  const parser = parse({ columns: true, bom: true, skip_empty_lines: true, relax_column_count: false });
  const source = Readable.from(text);
  // The pipeline's failure reaches the consumer through the parser; awaited here, it cannot become an unhandled rejection.
  const piped = pipeline(source, parser).catch((error: unknown) => error);
  try {
    for await (const row of parser) yield row as Record<string, string>;
  } catch (error) {
    if (ConnectivityError.is(error)) throw error;
    throw new ConnectivityError(
      'contract',
      'the vendor sent a CSV that cannot be read: its rows do not fit its header line',
    );
  } finally {
    source.destroy();
    await piped;
  }
}

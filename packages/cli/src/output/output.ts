import type { World } from '../world.js';
import { csvHeader, csvRow } from './csv.js';
import type { Format } from './format.js';
import { type Canvas, colorsFor, drawHead, drawOne, drawRows, filledColumns, type Layout, layoutFor } from './table.js';
import type { View } from './view.js';

/** Where answers go, in the format that was asked for. */
export interface Output {
  readonly format: Format;
  readonly canvas: Canvas;
  /** Writes items as they come; in JSON one array, closed whatever happens. Returns how many there were. */
  list<T>(items: AsyncIterable<T> | Iterable<T>, view: View<T>): Promise<number>;
  one<T>(item: T, view: View<T>): Promise<void>;
  text(text: string): Promise<void>;
}

/** Rows that are looked at before the widths of a table are settled. */
const LOOKED_AT = 200;

export function outputFor({ out, env }: Pick<World, 'out' | 'env'>, format: Format, raw: boolean): Output {
  const canvas: Canvas = { width: out.columns, colors: colorsFor(out.isTerminal, env) };
  const json = (item: unknown) => JSON.stringify(raw ? item : withoutRaw(item));

  const writers: Readonly<Record<Format, typeof writeJson>> = {
    json: writeJson,
    ndjson: (items) => each(items, (item) => out.write(`${json(item)}\n`)),
    async csv(items, view) {
      await out.write(csvHeader(view));
      return each(items, (item) => out.write(csvRow(item, view)));
    },
    table: writeTable,
  };

  async function writeJson<T>(items: AsyncIterable<T> | Iterable<T>, _: View<T>): Promise<number> {
    let count = 0;
    await out.write('[');
    try {
      return await each(items, (item) => out.write(`${count++ === 0 ? '\n' : ',\n'}${json(item)}`));
    } finally {
      await out.write(count === 0 ? ']\n' : '\n]\n');
    }
  }

  async function writeTable<T>(items: AsyncIterable<T> | Iterable<T>, view: View<T>): Promise<number> {
    const columns = view.filter(({ detail }) => !detail);
    let layout: Layout<T> | null = null;
    let rows: T[] = [];
    const flush = async (ended: boolean): Promise<void> => {
      if (rows.length === 0) return;
      if (layout === null) {
        layout = layoutFor(rows, ended ? filledColumns(rows, columns) : columns, canvas.width);
        await out.write(drawHead(layout, canvas));
      }
      await out.write(drawRows(rows, layout, canvas));
      rows = [];
    };
    try {
      return await each(items, async (item) => {
        if (rows.push(item) >= LOOKED_AT) await flush(false);
      });
    } finally {
      await flush(true);
    }
  }

  return {
    format,
    canvas,
    list: (items, view) => writers[format](items, view),
    async one(item, view) {
      switch (format) {
        case 'json':
        case 'ndjson':
          return out.write(`${json(item)}\n`);
        case 'csv':
          return out.write(csvHeader(view) + csvRow(item, view));
        case 'table':
          return out.write(drawOne(item, view, canvas));
      }
    },
    text: (text) => out.write(text),
  };
}

async function each<T>(items: AsyncIterable<T> | Iterable<T>, write: (item: T) => Promise<void>): Promise<number> {
  let count = 0;
  for await (const item of items) {
    await write(item);
    count += 1;
  }
  return count;
}

function withoutRaw(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || !('raw' in item)) return item;
  const { raw: _, ...rest } = item;
  return rest;
}

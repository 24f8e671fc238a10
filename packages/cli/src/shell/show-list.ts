import type { AnyConnectivityError, ErrorInfo, ErrorKind, ProviderId } from '@carrierkit/core';
import { ConnectivityError } from '@carrierkit/core';
import type { MergeOptions } from '@carrierkit/fleet';
import { reportError } from '../output/report-error.js';
import { colorsFor } from '../output/table.js';
import type { View } from '../output/view.js';
import type { ExitCode } from './exit-code.js';
import type { Session } from './session.js';

/** A list over several providers: what came is shown, and who failed is told at the end. */
export interface ShownList<T> {
  open(options: MergeOptions): AsyncIterable<T>;
  readonly view: View<T>;
  /** Who is read. */
  readonly from: readonly { readonly id: ProviderId }[];
  readonly limit?: number;
}

export async function showList<T>(session: Session, list: ShownList<T>): Promise<ExitCode> {
  const { world, output, progress } = session;
  const failures: AnyConnectivityError[] = [];
  const items = list.open({ signal: world.signal, onProviderError: (error) => failures.push(error) });
  const count = await output.list(limited(items, list.limit ?? Number.POSITIVE_INFINITY), list.view);
  progress.clear();
  if (failures.length === 0) return 0;
  const isJson = output.format === 'json' || output.format === 'ndjson';
  await reportError(together(failures), world.err, isJson, colorsFor(world.err.isTerminal, world.env));
  return count === 0 && failures.length >= list.from.length ? 1 : 3;
}

async function* limited<T>(items: AsyncIterable<T>, limit: number): AsyncGenerator<T, void, undefined> {
  if (limit <= 0) return;
  let left = limit;
  for await (const item of items) {
    yield item;
    left -= 1;
    if (left <= 0) return;
  }
}

function together(failures: readonly AnyConnectivityError[]): ErrorInfo {
  const [only] = failures;
  if (only && failures.length === 1) return only.toJSON();
  const infos = failures.flatMap((error) =>
    error.kind === 'partial' ? error.details.failures : [error.toJSON() as ErrorInfo<Exclude<ErrorKind, 'partial'>>],
  );
  const names = infos.map(({ provider }) => provider).join(', ');
  return new ConnectivityError('partial', `${names} could not be read to the end`, {
    details: { failures: infos },
  }).toJSON();
}

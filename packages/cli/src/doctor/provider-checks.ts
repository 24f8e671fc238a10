import type { Provider } from '@carrierkit/core';
import type { VendorName } from '@carrierkit/vendor-apis';
import { remedyOf } from '../output/remedy.js';
import { type Check, failed, passed } from './check.js';
import { clockCheck } from './clock.js';
import type { Difference } from './description.js';
import { limitsCheck } from './limits.js';
import { type Probe, probe } from './probe.js';

export interface Asking {
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Tells what is being asked. */
  readonly show: (text: string) => void;
}

/** Can it be reached, are its credentials good, and, where they are, does it behave as described. Only reads. */
export async function providerChecks(provider: Provider, asking: Asking): Promise<readonly Check[]> {
  const { id, adapter } = provider;
  const error = await provider.check({ signal: asking.signal });
  if (error === null)
    return [
      passed(id, 'connection', `${adapter} answers, the credentials are good`),
      ...(await described(provider, asking)),
    ];
  const refused = failed(id, 'connection', error.message, remedyOf(error));
  return error.kind === 'contract' ? [refused, ...(await described(provider, asking))] : [refused];
}

/** Adapters of other makers bring no description that could be compared. */
async function described(provider: Provider, asking: Asking): Promise<readonly Check[]> {
  const { description, operations, vendorNames } = await import('@carrierkit/vendor-apis');
  const vendor = vendorNames.find((name): name is VendorName => name === provider.adapter);
  if (vendor === undefined) return [];
  const { comparison } = await import('./description.js');
  const document = description(vendor);
  const all = operations(document);
  const compare = comparison(document);
  const probes: Probe[] = [];
  const differences: Difference[] = [];
  for await (const found of probe(provider, document, all, asking)) {
    asking.show(`asked ${provider.id}: ${found.operationId}`);
    probes.push(found);
    const operation = all.find(({ operationId }) => operationId === found.operationId);
    if (found.reply !== null && operation !== undefined)
      differences.push(...compare(operation, found.reply.status, found.reply.data));
    else if (found.error?.kind === 'contract') differences.push({ breaks: true, what: found.error.message });
  }
  return [
    clockCheck(provider.id, probes),
    limitsCheck(provider.id, probes),
    descriptionCheck(provider.id, probes, differences),
  ];
}

const SHOWN = 5;

function descriptionCheck(id: string, probes: readonly Probe[], differences: readonly Difference[]): Check {
  const unread = probes.flatMap(({ operationId, error }) =>
    error === null || error.kind === 'contract' ? [] : [`${operationId} (${error.kind})`],
  );
  const read = `${probes.length - unread.length} of ${probes.length} kinds of answers read`;
  const gaps = unread.length === 0 ? '' : `; not read: ${unread.join(', ')}`;
  const breaking = differences.filter(({ breaks }) => breaks);
  if (breaking.length > 0)
    return failed(
      id,
      'description',
      `the vendor no longer answers as described: ${listed(breaking)}${gaps}`,
      'Update carrierkit; if this is the newest version, report the lines above, which hold no data of yours.',
    );
  const news =
    differences.length === 0 ? 'all as described' : `as described, with something new: ${listed(differences)}`;
  return passed(id, 'description', `${read}, ${news}${gaps}`);
}

function listed(differences: readonly Difference[]): string {
  const shown = differences.slice(0, SHOWN).map(({ what }) => what);
  const more = differences.length - shown.length;
  return shown.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

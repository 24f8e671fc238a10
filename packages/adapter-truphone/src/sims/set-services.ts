import { refuseAll } from '@carrierkit/adapter-kit';
import {
  inputError,
  type ServiceName,
  type SimOutcome,
  type SimTarget,
  unsupportedError,
  type WriteOptions,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { bulkSteps } from '../bulk/bulk-steps.js';
import { writeSims } from './write-sims.js';

type Switch = 'enabled' | 'disabled';

/** Data, SMS MO and SMS MT, each with a call of its own. */
export async function setServices(
  account: Account,
  sims: readonly SimTarget[],
  services: Readonly<Partial<Record<ServiceName, Switch>>>,
  options: WriteOptions,
): Promise<readonly SimOutcome[]> {
  const wanted = Object.entries(services) as readonly [ServiceName, Switch][];
  const foreign = wanted.flatMap(([name]) => (name === 'voiceMo' || name === 'voiceMt' ? [name] : []));
  if (foreign.length > 0) {
    const message = `Truphone switches data, smsMo and smsMt; leave out ${foreign.join(' and ')}, which the rate plan decides`;
    return refuseAll(account.provider, sims, unsupportedError(message));
  }
  if (wanted.length === 0)
    return refuseAll(account.provider, sims, inputError('services', 'name at least one service'));
  return writeSims(account, sims, { services }, (iccids) =>
    bulkSteps(
      account,
      wanted.map(([name, to]) => ({
        name,
        iccids,
        write: (chunk) => switchService(account, chunk, name, to, options),
        evidence: { isDone: (sim) => sim.services[name] === to, isProof: () => false },
        atOnce: false,
      })),
      options,
    ),
  );
}

function switchService(
  { client }: Account,
  iccid: string[],
  name: ServiceName,
  to: Switch,
  options: WriteOptions,
): Promise<unknown> {
  const status = to === 'enabled' ? 'ACTIVE' : 'SUSPENDED';
  if (name === 'data') return client.changeDataStatus({ body: { iccid, status } }, options);
  const direction = name === 'smsMo' ? 'MO' : 'MT';
  return client.changeSmsService({ body: { iccid, sms_service: direction, status } }, options);
}

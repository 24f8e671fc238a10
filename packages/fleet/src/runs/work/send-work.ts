import {
  type Delivery,
  inputError,
  isMsisdn,
  type Provider,
  parseMsisdn,
  type Recipient,
  type SendOutcome,
  sameIccid,
  spellingsOf,
  toInstant,
} from '@carrierkit/core';
import type { Scope } from '../../ports/scope.js';
import { routeRecipient, sendSpread } from '../../ports/whole-messaging.js';
import { partsOf } from '../../routing/router.js';
import { callOne, statusOf } from '../../routing/spread.js';
import { unsupported } from '../../routing/team.js';
import type { JobHead } from '../intake/job-head.js';
import { cutOff } from '../run-errors.js';
import { checkTarget } from './check-target.js';
import type { Work } from './work.js';

type SendJob = Extract<JobHead, { type: 'send' }>;

export function sendWork(scope: Scope, job: SendJob): Work<Recipient> {
  const { type: _, ...message } = job;
  return {
    keyed: true,
    check: checkRecipient,
    namesOf: (to) => ('msisdn' in to ? [`+${to.msisdn}`] : spellingsOf(partsOf(to.sim).iccid)),
    async route(to, options) {
      const provider = await routeRecipient(scope, to, message.provider, options);
      if (!provider.messaging) throw unsupported('messaging.send', [provider.id]);
      return provider;
    },
    sizeAt: ({ simsPerCall }) => simsPerCall.send,
    call(provider, to, options) {
      const work = sendSpread(scope, { ...message, to }, (messaging, own) =>
        messaging.send({ ...message, to: own }, options),
      );
      return callOne(work, provider, to);
    },
    broken: (given, provider, error) => ({ provider, to: recipientIn(given), status: statusOf(error), error }),
    async readBack(provider, to, since, options): Promise<SendOutcome> {
      const found = await findMessage(provider, to, message.text, since, options);
      if (found) return { provider: provider.id, to, status: 'accepted', message: found.message };
      const what = 'whether the message was sent cannot be found out';
      return { provider: provider.id, to, status: 'unknown', error: cutOff(provider, what) };
    },
  };
}

function checkRecipient(raw: unknown, path: string): Recipient {
  const { sim, msisdn } = (typeof raw === 'object' && raw !== null ? raw : {}) as {
    readonly sim?: unknown;
    readonly msisdn?: unknown;
  };
  if (msisdn !== undefined)
    return { msisdn: isMsisdn(msisdn) ? msisdn : parseMsisdn(msisdn, { path: `${path}.msisdn` }) };
  if (sim !== undefined) return { sim: checkTarget(sim, `${path}.sim`) };
  throw inputError(path, 'has to be { sim } or { msisdn }');
}

/** What a caller gave, where it is a recipient. */
function recipientIn(given: unknown): Recipient | null {
  try {
    return checkRecipient(given, '');
  } catch {
    return null;
  }
}

/** A message that the vendor lists: same text, same recipient, not older than the call. */
async function findMessage(
  provider: Provider,
  to: Recipient,
  text: string,
  since: number,
  options: Parameters<Work<Recipient>['readBack']>[3],
): Promise<Delivery | undefined> {
  const { messaging } = provider;
  if (!messaging?.list) return undefined;
  // Vendors cut times to the second; the end is open for a vendor whose clock is ahead.
  const from = toInstant(Math.floor(since / 1000) * 1000);
  const filter = { window: { from, to: toInstant(since + 86_400_000) }, ...('sim' in to && { sim: to.sim }) };
  for await (const delivery of messaging.list(filter, options)) {
    const fits = delivery.direction === 'outbound' && delivery.text === text && isTo(delivery, to);
    if (fits && delivery.submittedAt !== null && delivery.submittedAt >= from) return delivery;
  }
  return undefined;
}

function isTo({ to: { iccid, msisdn } }: Delivery, to: Recipient): boolean {
  if ('msisdn' in to) return msisdn === to.msisdn;
  return iccid !== null && sameIccid(iccid, partsOf(to.sim).iccid);
}

import { checkWindow } from '@carrierkit/adapter-kit';
import type { Usage } from '@carrierkit/core';
import type { Account } from '../account.js';
import { targetIccid } from '../mapping/iccid.js';
import { joinedParts } from '../usage/joined-parts.js';
import { recordsPart } from '../usage/records-part.js';
import { reportPart } from '../usage/report-part.js';

/**
 * Data by day from the vendor's report; SMS one by one from call detail records (one call per SIM), or by day from a report with `smsUsage: report`.
 * Without a `grain` each kind comes as it is declared: there is one source for each. Grains that are not declared have no records.
 */
export function usage(account: Account): Usage {
  const { provider, settings } = account;
  const smsGrain = settings.smsUsage === 'report' ? 'day' : 'event';
  return {
    records({ window, kinds, grain, sims }, options = {}) {
      const isWanted = (kind: 'data' | 'sms', own: 'day' | 'event') =>
        (kinds?.includes(kind) ?? true) && (grain ?? own) === own && window.from < window.to && sims?.length !== 0;
      const partsOf = () => {
        checkWindow(window);
        const iccids = sims ? [...new Set(sims.map((sim) => targetIccid(provider, sim)))] : null;
        const query = { window, iccids };
        const sms = settings.smsUsage === 'report' ? reportPart(account, 'sms', query) : recordsPart(account, query);
        return [
          ...(isWanted('data', 'day') ? [reportPart(account, 'data', query)] : []),
          ...(isWanted('sms', smsGrain) ? [sms] : []),
        ];
      };
      return joinedParts(provider, partsOf, options);
    },
  };
}

import { json } from '../../framework/answer.js';
import type { Handler } from '../../framework/vendor.js';
import { notFound } from './answers.js';
import { contains, equal, listed, sameInstant } from './listing.js';
import type { Portal } from './portal.js';
import { instant } from './timestamps.js';

/** Devices are those of the SIMs: one each, known by 14 digits without the check digit. */
export function deviceHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  const { sims, startedAt } = portal;
  const texts = new Map<number, { readonly label?: string; readonly description?: string }>();
  const imei = (index: number): string => sims.imei(index) ?? '';
  const label = (index: number): string => texts.get(index)?.label ?? '';
  const description = (index: number): string => texts.get(index)?.description ?? '';
  const firstRegistered = (index: number): number => {
    const { firstActivation, provision } = sims.dates(index);
    return firstActivation ?? provision;
  };
  const latestUpdate = (index: number): number => Math.max(firstRegistered(index), startedAt - 3_600_000);
  const show = (index: number): object => ({
    imei: imei(index),
    organization: sims.organization(index),
    dateFirstRegistered: instant(firstRegistered(index)),
    dateLatestUpdate: instant(latestUpdate(index)),
    label: label(index),
    description: description(index),
    iccid: sims.iccid(index),
  });
  return {
    listDevices: (request) => {
      const rows: number[] = [];
      for (let index = 0; index < sims.size; index++) if (sims.imei(index) !== undefined) rows.push(index);
      return listed<number>(request, {
        length: rows.length,
        at: (place) => rows[place] as number,
        filters: {
          imei: equal(imei),
          organization: equal(sims.organization),
          dateFirstRegistered: sameInstant(firstRegistered),
          dateLatestUpdate: sameInstant(latestUpdate),
          label: equal(label),
          description: equal(description),
          iccid: contains(sims.iccid),
        },
        orderings: {
          imei,
          organization: sims.organization,
          dateFirstRegistered: firstRegistered,
          dateLatestUpdate: latestUpdate,
          label,
          description,
          iccid: (index) => index,
        },
        show,
      });
    },
    getDevice: (request) => {
      const index = sims.indexOfImei(request.params['imei'] ?? '');
      return index === undefined ? json(404, {}) : json(200, show(index));
    },
    updateDevice: (request) => {
      const index = sims.indexOfImei(request.params['imei'] ?? '');
      if (index === undefined) return notFound();
      const body = request.body as { readonly label?: string; readonly description?: string };
      const change = {
        ...(body.label === undefined || body.label === label(index) ? {} : { label: body.label }),
        ...(body.description === undefined || body.description === description(index)
          ? {}
          : { description: body.description }),
      };
      if (Object.keys(change).length === 0) return json(200, {});
      texts.set(index, { ...texts.get(index), ...change });
      portal.journal.audit(request, 'Device', imei(index), 'update', Object.keys(change).join(', '));
      request.effect({ subject: [sims.iccid(index)], detail: { fields: Object.keys(change) } });
      return json(200, {});
    },
  };
}

import { json } from '../../framework/answer.js';
import type { Handler } from '../../framework/vendor.js';
import { DAY_MS, dayOf, dayStart } from '../../world/days.js';
import { NETWORKS, type Network } from '../../world/networks.js';
import { notFound } from './answers.js';
import { retainedSince } from './cdrs.js';
import { dateRange, equal, listed, notAfter, notBefore, sameInstant } from './listing.js';
import type { Portal } from './portal.js';
import { instant } from './timestamps.js';

interface LocationUpdate {
  readonly id: number;
  readonly at: number;
  readonly network: Network;
}

interface Session {
  readonly index: number;
  readonly startedAt: number;
  readonly ipAddress: string;
  readonly network: Network;
}

/** Where SIMs were and are: both read from the usage truth, so that they agree with the usage records. */
export function locationHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  const { sims } = portal;
  const show = (index: number, update: LocationUpdate): object => ({
    id: update.id,
    simCard: sims.iccid(index),
    date: instant(update.at),
    country: update.network.countryName,
    networkName: update.network.operator,
  });
  return {
    listLocationUpdates: (request) => {
      const index = sims.indexOf(request.params['iccid'] ?? '');
      if (index === undefined) return notFound();
      const rows = updatesOf(portal, index).reverse();
      return listed<LocationUpdate>(request, {
        length: rows.length,
        at: (place) => rows[place] as LocationUpdate,
        filters: {
          id: equal(({ id }) => String(id)),
          date: sameInstant(({ at }) => at),
          country: equal(({ network }) => network.countryName),
          network_name: equal(({ network }) => network.operator),
          ...dateRange<LocationUpdate>('date', ({ at }) => at),
        },
        orderings: {
          id: ({ id }) => id,
          date: ({ at }) => at,
          country: ({ network }) => network.countryName,
          networkName: ({ network }) => network.operator,
        },
        show: (update) => show(index, update),
      });
    },
    getLocationUpdate: (request) => {
      const index = sims.indexOf(request.params['iccid'] ?? '');
      if (index === undefined) return notFound();
      const found = updatesOf(portal, index).find(({ id }) => String(id) === request.params['id']);
      return found === undefined ? notFound() : json(200, show(index, found));
    },
    listOngoingSessions: (request) => {
      const rows = sessions(portal);
      const duration = (session: Session): number =>
        Math.floor((portal.context.clock.now() - session.startedAt) / 1000);
      return listed<Session>(request, {
        length: rows.length,
        at: (place) => rows[place] as Session,
        filters: {
          iccid: equal(({ index }) => sims.iccid(index)),
          fromStartDate: notBefore(({ startedAt }) => startedAt),
          toStartDate: notAfter(({ startedAt }) => startedAt),
          ipAddress: equal(({ ipAddress }) => ipAddress),
          fromDuration: (value) => (session) => duration(session) >= Number(value),
          toDuration: (value) => (session) => duration(session) <= Number(value),
          mcc: equal(({ network }) => network.mcc),
          mnc: equal(({ network }) => threeDigits(network.mnc)),
        },
        show: (session) => ({
          iccid: sims.iccid(session.index),
          startDate: instant(session.startedAt),
          ipAddress: session.ipAddress,
          duration: String(duration(session)),
          mcc: session.network.mcc,
          mnc: threeDigits(session.network.mnc),
        }),
      });
    },
  };
}

/** One for each day on which the SIM was seen in another network than before. */
export function updatesOf(portal: Portal, index: number): LocationUpdate[] {
  const { usage, clock } = portal.context;
  const oldest = retainedSince(portal);
  const updates: LocationUpdate[] = [];
  for (let day = dayOf(oldest); day <= dayOf(clock.now()); day++) {
    const [fact] = usage.facts(index, day);
    if (fact === undefined || updates.at(-1)?.network === fact.network) continue;
    updates.push({ id: day * 10_000_000 + index, at: fact.startedAt, network: fact.network });
  }
  return updates;
}

/** One of five SIMs in traffic has a data session open since this morning (UTC), or since yesterday before six. */
function sessions(portal: Portal): Session[] {
  const { sims, context } = portal;
  const now = context.clock.now();
  const today = dayOf(now);
  const morning = dayStart(today) + 6 * 3_600_000;
  const found: Session[] = [];
  for (let index = 0; index < sims.size; index += 5) {
    if (sims.state(index) !== 'ACTIVE' || sims.service(index, 'data') !== 'ACTIVE') continue;
    const startedAt = (now < morning ? morning - DAY_MS : morning) - (index % 3600) * 1000;
    if (sims.stateSince(index) > startedAt) continue;
    const network = context.usage.facts(index, today - 1)[0]?.network ?? (NETWORKS[0] as Network);
    const ipAddress = `10.${(index >>> 16) & 255}.${(index >>> 8) & 255}.${index & 255}`;
    found.push({ index, startedAt, ipAddress, network });
  }
  return found;
}

/** The vendor pads: `025`. */
function threeDigits(mnc: string): string {
  return mnc.padStart(3, '0');
}

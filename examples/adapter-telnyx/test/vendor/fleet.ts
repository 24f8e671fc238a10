import { withLuhn } from './luhn.js';

/** A SIM as the played vendor keeps it: in the shape in which it is told. */
export interface PlayedSim {
  readonly id: string;
  readonly record_type: 'sim_card';
  readonly iccid: string;
  readonly imsi: string;
  readonly msisdn: string;
  readonly type: 'physical';
  status: { value: string; reason: string };
  tags: readonly string[];
  readonly sim_card_group_id: string;
  readonly current_imei: string;
  readonly pin_puk_codes: {
    readonly pin1: string;
    readonly pin2: string;
    readonly puk1: string;
    readonly puk2: string;
  };
}

export interface PlayedAction {
  readonly id: string;
  readonly record_type: 'sim_card_action';
  readonly sim_card_id: string;
  readonly action_type: string;
  status: { value: string; reason: string };
  readonly created_at: string;
  readonly endsAt: number;
}

export interface PlayedSession {
  readonly record_type: 'sim_card_usage';
  readonly id: string;
  readonly created_at: string;
  readonly closed_at: string;
  readonly sim_card_id: string;
  readonly uplink_data: number;
  readonly downlink_data: number;
  readonly data_unit: 'MB';
  readonly data_cost: number;
  readonly currency: 'USD';
  readonly mcc: string;
  readonly mnc: string;
}

/** Ids as the vendor's are: UUIDs. */
export const uuid = (kind: number, number: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

const rare = ['registered', 'disabled', 'standby', 'data_limit_exceeded', 'unauthorized_imei', 'quarantined'] as const;

/** Of ten SIMs four are enabled; the others are in one of the other statuses, one of which no page knows. */
function statusOf(number: number): string {
  return number % 10 < 4 ? 'enabled' : (rare[(number % 10) - 4] as string);
}

export function playedSims(count: number): PlayedSim[] {
  return Array.from({ length: count }, (_, index) => ({
    id: uuid(1, index + 1),
    record_type: 'sim_card',
    iccid: withLuhn(`8931041010654${String(index + 1).padStart(6, '0')}`),
    imsi: `3101700000${String(index + 1).padStart(5, '0')}`,
    msisdn: `+1310997${String(index + 1).padStart(4, '0')}`,
    type: 'physical',
    status: { value: statusOf(index), reason: 'as the fleet begins' },
    tags: index % 3 === 0 ? ['meters', 'north'] : index % 3 === 1 ? ['meters'] : [],
    sim_card_group_id: uuid(9, 1),
    current_imei: `45703228402${String(index + 1).padStart(4, '0')}`,
    pin_puk_codes: {
      pin1: String(3000 + index),
      pin2: String(5000 + index),
      puk1: String(71_000_000 + index),
      puk2: String(82_000_000 + index),
    },
  }));
}

/** Three sessions a day for each SIM that has service, over so many days before `now`. */
export function playedSessions(sims: readonly PlayedSim[], now: number, days: number): PlayedSession[] {
  const dayMs = 86_400_000;
  const online = sims.filter(({ status }) => status.value === 'enabled');
  const sessions: PlayedSession[] = [];
  for (let day = days; day >= 1; day--)
    for (const [position, sim] of online.entries())
      for (let session = 0; session < 3; session++) {
        const startedAt = now - day * dayMs + session * 6 * 3_600_000 + position * 60_000;
        const number = sessions.length + 1;
        sessions.push({
          record_type: 'sim_card_usage',
          id: uuid(2, number),
          created_at: new Date(startedAt).toISOString(),
          closed_at: new Date(startedAt + 3_600_000).toISOString(),
          sim_card_id: sim.id,
          uplink_data: (number % 7) / 8,
          downlink_data: (number % 11) / 4,
          data_unit: 'MB',
          data_cost: 0.0125,
          currency: 'USD',
          mcc: '310',
          mnc: '410',
        });
      }
  return sessions.sort((a, b) => a.created_at.localeCompare(b.created_at));
}

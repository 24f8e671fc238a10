import type { Iccid, Instant, Sim } from '@carrierkit/core';
import { toInstant, unknownServices, withCheckDigit } from '@carrierkit/core';
import fc from 'fast-check';

export const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), minLength, maxLength });

/** ICCIDs with their right check digit, 18 to 22 long. */
export const iccids: fc.Arbitrary<Iccid> = digits(15, 19).map((rest) => withCheckDigit(`89${rest}`) as Iccid);

/** 1970 to 2100: beyond that no vendor record lies. */
export const instants: fc.Arbitrary<Instant> = fc.integer({ min: 0, max: 4_102_444_800_000 }).map(toInstant);

export const aSim = (members: Partial<Sim> = {}): Sim => ({
  provider: 'iot',
  iccid: '8944500102198304826' as Iccid,
  ref: '1001',
  eid: null,
  imsis: [],
  msisdns: [],
  imei: null,
  state: { value: 'active', raw: 'ACTIVE' },
  services: unknownServices,
  label: null,
  ratePlan: null,
  account: null,
  tags: [],
  attributes: {},
  firstActivatedAt: null,
  raw: {},
  ...members,
});

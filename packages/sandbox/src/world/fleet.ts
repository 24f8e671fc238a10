import type { VendorName } from '@carrierkit/vendor-apis';
import { hashKeys, randomFrom } from '../framework/random.js';
import { luhnCheckDigit } from './luhn.js';

/** The SIMs of one vendor. Everything is computed from an index, so a fleet of any size needs no memory. */
export interface Fleet {
  readonly vendor: VendorName;
  /** SIMs at the start: indexes 0 to size - 1. Later ones (orders, batches) take indexes from `size` upwards. */
  readonly size: number;
  /** ICCID with its check digit. */
  iccid(index: number): string;
  /** ICCID without its check digit. */
  iccidBody(index: number): string;
  imsi(index: number): string;
  /** Digits without plus. */
  msisdn(index: number): string;
  /** 15 digits, check digit included. */
  imei(index: number): string;
  /** 32 digits. */
  eid(index: number): string;
  secrets(index: number): SimSecrets;
  /** Index of an ICCID with or without check digit, `undefined` for one that this vendor could not have issued. */
  indexOf(iccid: string): number | undefined;
  /** Index of an MSISDN, with or without plus. */
  indexOfMsisdn(msisdn: string): number | undefined;
}

/** Eight digits each: long enough not to stand in an output by chance. */
export interface SimSecrets {
  readonly pin1: string;
  readonly pin2: string;
  readonly puk1: string;
  readonly puk2: string;
}

interface Numbering {
  readonly iccidPrefix: string;
  /** Length of the ICCID without its check digit. */
  readonly iccidBodyLength: number;
  readonly imsiPrefix: string;
  readonly msisdnPrefix: string;
  readonly msisdnLength: number;
}

const NUMBERING: Readonly<Record<VendorName, Numbering>> = {
  truphone: {
    iccidPrefix: '894447',
    iccidBodyLength: 18,
    imsiPrefix: '23425',
    msisdnPrefix: '4474',
    msisdnLength: 12,
  },
  emnify: {
    iccidPrefix: '8988303',
    iccidBodyLength: 19,
    imsiPrefix: '29505',
    msisdnPrefix: '423663',
    msisdnLength: 15,
  },
  subscriptions: {
    iccidPrefix: '8931068',
    iccidBodyLength: 18,
    imsiPrefix: '20406',
    msisdnPrefix: '316',
    msisdnLength: 12,
  },
};

export function createFleet(vendor: VendorName, size: number, seed: number): Fleet {
  const numbering = NUMBERING[vendor];
  // A first serial number that depends on the seed: two sandboxes with different seeds share no SIM.
  const first = (hashKeys(seed, vendor, 'serial') % 80_000) * 1_000_000 + 100_000;
  const serialLength = numbering.iccidBodyLength - numbering.iccidPrefix.length;
  const iccidBody = (index: number): string =>
    numbering.iccidPrefix + String(first + index).padStart(serialLength, '0');
  const iccid = (index: number): string => {
    const body = iccidBody(index);
    return body + luhnCheckDigit(body);
  };
  // Eight digits of serial number are left in each: room for ninety million SIMs.
  const numbered = (prefix: string, length: number, index: number): string =>
    prefix + String(10_000_000 + index).padStart(length - prefix.length, '0');
  const msisdn = (index: number): string => numbered(numbering.msisdnPrefix, numbering.msisdnLength, index);

  return {
    vendor,
    size,
    iccid,
    iccidBody,
    imsi: (index) => numbered(numbering.imsiPrefix, 15, index),
    msisdn,
    imei: (index) => {
      const body = `3569380${String(index % 10_000_000).padStart(7, '0')}`;
      return body + luhnCheckDigit(body);
    },
    eid: (index) => `890${randomFrom(seed, vendor, 'eid', index).digits(29)}`,
    secrets: (index) => {
      const random = randomFrom(seed, vendor, 'secrets', index);
      return { pin1: random.digits(8), pin2: random.digits(8), puk1: random.digits(8), puk2: random.digits(8) };
    },
    indexOf: (value) => {
      if (!value.startsWith(numbering.iccidPrefix) || !/^\d+$/.test(value)) return undefined;
      const body = value.slice(0, numbering.iccidBodyLength);
      const index = Number(body.slice(numbering.iccidPrefix.length)) - first;
      if (index < 0) return undefined;
      return value === iccidBody(index) || value === iccid(index) ? index : undefined;
    },
    indexOfMsisdn: (value) => {
      const digits = value.startsWith('+') ? value.slice(1) : value;
      if (!/^\d+$/.test(digits) || !digits.startsWith(numbering.msisdnPrefix)) return undefined;
      const index = Number(digits.slice(numbering.msisdnPrefix.length)) - 10_000_000;
      return index >= 0 && msisdn(index) === digits ? index : undefined;
    },
  };
}

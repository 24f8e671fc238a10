/** A checked text. The key is a plain string, so that two installed copies of this package still agree on the type. */
export type Brand<B extends string> = string & { readonly __brand: B };

/** ICCID (ITU-T E.118) as printed on the card: WITH the check digit; adapters add it where the vendor leaves it out. So `===`, Map keys and joins work. */
export type Iccid = Brand<'Iccid'>;
/** Subscriber number, E.164 digits without the plus sign. */
export type Msisdn = Brand<'Msisdn'>;
/** International mobile subscriber identity (ITU-T E.212), up to 15 digits. */
export type Imsi = Brand<'Imsi'>;
/** Equipment identity (3GPP TS 23.003), 14 to 16 digits: some vendors leave the check digit out, some append the software version. */
export type Imei = Brand<'Imei'>;
/** eUICC identity (GSMA SGP.02), 32 digits. */
export type Eid = Brand<'Eid'>;
/** `2026-10-01T00:00:00.000Z`: fixed width, UTC, so text order is time order. */
export type Instant = Brand<'Instant'>;
/** The key under `providers:` in the config, never the adapter's name. */
export type ProviderId = string;

import type { Zod } from '@carrierkit/adapter-kit';

/** Ids are checked on the way out only: published samples break the published patterns. */
export const accountId = (z: Zod) => z.string().regex(/^acc_[0-9A-Z]{26}$/, 'expected acc_ and 26 capitals or digits');
export const subscriptionId = (z: Zod) =>
  z.string().regex(/^sub_[0-9A-Z]{26}$/, 'expected sub_ and 26 capitals or digits');
export const subscriberId = (z: Zod) =>
  z.string().regex(/^sbr_[0-9A-Z]{26}$/, 'expected sbr_ and 26 capitals or digits');
export const templateId = (z: Zod) =>
  z.string().regex(/^otpl_[0-9A-Z]{26}$/, 'expected otpl_ and 26 capitals or digits');

export const id = (z: Zod) => z.string();
/** A JSON number in samples, text on a public page. */
export const figure = (z: Zod) => z.union([z.number(), z.string()]);
export const link = (z: Zod) => z.object({ href: z.string().nullish() }).nullish();
export const pageLinks = (z: Zod) => z.object({ next: link(z) }).nullish();

/** Query of every cursor list: the documented maximum is 100, the default 10. */
export const page = (z: Zod) =>
  ({
    limit: z.int().min(1).max(100).optional(),
    cursor: z.string().min(1).max(128).optional(),
  }) as const;

export const phoneNumber = (z: Zod) => z.object({ msisdn: figure(z).nullish(), is_primary: z.boolean().nullish() });
export const phoneNumbers = (z: Zod) =>
  z.object({
    _embedded: z.object({ phone_numbers: z.array(phoneNumber(z)).nullish() }).nullish(),
  });
export const services = (z: Zod) =>
  z.object({
    _embedded: z
      .object({ services: z.array(z.object({ type: z.string().nullish(), enabled: z.boolean().nullish() })).nullish() })
      .nullish(),
  });
export const simProfile = (z: Zod) => z.object({ iccid: z.string().nullish() });

import { z } from 'zod';

/** Ids are checked on the way out only: published samples break the published patterns. */
export const accountId = z.string().regex(/^acc_[0-9A-Z]{26}$/, 'expected acc_ and 26 capitals or digits');
export const subscriptionId = z.string().regex(/^sub_[0-9A-Z]{26}$/, 'expected sub_ and 26 capitals or digits');
export const subscriberId = z.string().regex(/^sbr_[0-9A-Z]{26}$/, 'expected sbr_ and 26 capitals or digits');
export const templateId = z.string().regex(/^otpl_[0-9A-Z]{26}$/, 'expected otpl_ and 26 capitals or digits');

export const id = z.string();
/** A JSON number in samples, text on a public page. */
export const figure = z.union([z.number(), z.string()]);
export const link = z.object({ href: z.string().nullish() }).nullish();
export const pageLinks = z.object({ next: link }).nullish();

/** Query of every cursor list: the documented maximum is 100, the default 10. */
export const page = {
  limit: z.int().min(1).max(100).optional(),
  cursor: z.string().min(1).max(128).optional(),
} as const;

export const phoneNumber = z.object({ msisdn: figure.nullish(), is_primary: z.boolean().nullish() });
export const phoneNumbers = z.object({
  _embedded: z.object({ phone_numbers: z.array(phoneNumber).nullish() }).nullish(),
});
export const services = z.object({
  _embedded: z
    .object({ services: z.array(z.object({ type: z.string().nullish(), enabled: z.boolean().nullish() })).nullish() })
    .nullish(),
});
export const simProfile = z.object({ iccid: z.string().nullish() });

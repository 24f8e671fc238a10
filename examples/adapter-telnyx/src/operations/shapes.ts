import type { Zod } from '@carrierkit/adapter-kit';

/** The query of every list; `max` differs. */
export const page = (z: Zod, max: number) => ({
  'page[number]': z.int().min(1).optional(),
  'page[size]': z.int().min(1).max(max).optional(),
});

/** Beside the items of every list. */
export const meta = (z: Zod) =>
  z.object({ total_pages: z.int().nullish(), total_results: z.int().nullish(), page_number: z.int().nullish() });

export const text = (z: Zod) => z.string().nullish();

/** Amounts come as decimal text in some objects and as numbers in others. */
export const figure = (z: Zod) => z.union([z.number(), z.string()]).nullish();

import type { Zod } from '@carrierkit/adapter-kit';

/** Null text is `''` at this vendor; some members were also seen as null or left out. */
export const text = (z: Zod) => z.string().nullish();

/** Page numbers from 1, or the word `last`. */
export const paging = (z: Zod) =>
  ({
    page: z.union([z.int().min(1), z.literal('last')]).optional(),
    per_page: z.int().min(1).max(500).optional(),
  }) as const;

/** Field name, `-` in front for descending, several joined by commas. */
export const ordering = (z: Zod) => z.string().min(1).optional();

/** `YYYY-MM-DD HH:MM:SS`, in UTC (inferred); bounds are inclusive. */
export const dateBound = (z: Zod) =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, 'expected YYYY-MM-DD HH:MM:SS')
    .optional();

/** One ICCID is still a list. */
export const iccids = (z: Zod) => z.array(z.string().min(1)).min(1);

/** Scope user and operation, life 24 hours; within it the first answer comes again even to other parameters. */
export const keyHeader = 'Idempotency-Key';

/** What the key of an operation is called where a caller sets it himself. */
export const ownKey = (z: Zod) => ({ 'Idempotency-Key': z.string().min(1).optional() }) as const;

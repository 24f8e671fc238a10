import type { Zod } from '@carrierkit/adapter-kit';

/** Ids have up to 15 digits; one beyond 2^53 arrives as text. */
export const idSchema = (z: Zod) => z.union([z.int(), z.string()]);

/** A status or type: only the id decides, descriptions differ between releases. */
export const idDescription = (z: Zod) => z.object({ id: z.number(), description: z.string().nullish() });

/** An organisation or profile named by its id; `{}` and `{ id: null }` mean none where the vendor allows emptying. */
export const hasId = (z: Zod) => z.strictObject({ id: z.int().nullable().optional() });

/** Numbers that some lists send as text. */
export const figure = (z: Zod) => z.union([z.number(), z.string()]);

export const page = (z: Zod) => z.int().min(1).optional();

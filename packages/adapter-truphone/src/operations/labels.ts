import { operation, type Zod } from '@carrierkit/adapter-kit';
import { iccids } from './shapes.js';

/** Letters, digits and blanks only. */
const label = (z: Zod) => z.string().regex(/^[A-Za-z0-9\s]+$/, 'expected letters, digits and blanks only');
const definition = (z: Zod) => z.strictObject({ label: label(z), description: z.string().max(500) });
const simCards = (z: Zod) => z.strictObject({ simCards: iccids(z) });

/** Not marked idempotent; a label that is taken is refused. */
export const createTag = operation({
  method: 'POST',
  path: '/api/v2.0/tags/',
  answer: 'none',
  repeat: 'unsafe',
  lane: 'account',
  schemas: (z) => ({ body: definition(z) }),
});

export const assignTagToSimCards = operation({
  method: 'POST',
  path: '/api/v2.0/tags/{label}/sims/',
  answer: 'none',
  repeat: 'idempotent',
  lane: 'account',
  schemas: (z) => ({ body: simCards(z) }),
});

/** A DELETE with a body. */
export const unassignTagFromSimCards = operation({
  method: 'DELETE',
  path: '/api/v2.0/tags/{label}/sims/',
  answer: 'none',
  repeat: 'idempotent',
  lane: 'account',
  schemas: (z) => ({ body: simCards(z) }),
});

/** 409 for a label that is taken. */
export const createAttribute = operation({
  method: 'POST',
  path: '/api/v2.0/attributes/',
  answer: 'none',
  repeat: 'unsafe',
  lane: 'account',
  schemas: (z) => ({ body: z.strictObject({ label: label(z), description: z.string() }) }),
});

/** `''` unsets. */
export const setAttributeValue = operation({
  method: 'PATCH',
  path: '/api/v2.0/attributes/{label}/',
  answer: 'none',
  repeat: 'idempotent',
  lane: 'account',
  schemas: (z) => ({ body: z.strictObject({ simCards: iccids(z), value: z.string().optional() }) }),
});

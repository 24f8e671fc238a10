import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { iccids } from './shapes.js';

/** Letters, digits and blanks only. */
const label = z.string().regex(/^[A-Za-z0-9\s]+$/, 'expected letters, digits and blanks only');
const definition = z.strictObject({ label, description: z.string().max(500) });
const simCards = z.strictObject({ simCards: iccids });

/** Not marked idempotent; a label that is taken is refused. */
export const createTag = operation({
  method: 'POST',
  path: '/api/v2.0/tags/',
  answer: 'none',
  repeat: 'unsafe',
  lane: 'account',
  schemas: () => ({ body: definition }),
});

export const assignTagToSimCards = operation({
  method: 'POST',
  path: '/api/v2.0/tags/{label}/sims/',
  answer: 'none',
  repeat: 'idempotent',
  lane: 'account',
  schemas: () => ({ body: simCards }),
});

/** A DELETE with a body. */
export const unassignTagFromSimCards = operation({
  method: 'DELETE',
  path: '/api/v2.0/tags/{label}/sims/',
  answer: 'none',
  repeat: 'idempotent',
  lane: 'account',
  schemas: () => ({ body: simCards }),
});

/** 409 for a label that is taken. */
export const createAttribute = operation({
  method: 'POST',
  path: '/api/v2.0/attributes/',
  answer: 'none',
  repeat: 'unsafe',
  lane: 'account',
  schemas: () => ({ body: z.strictObject({ label, description: z.string() }) }),
});

/** `''` unsets. */
export const setAttributeValue = operation({
  method: 'PATCH',
  path: '/api/v2.0/attributes/{label}/',
  answer: 'none',
  repeat: 'idempotent',
  lane: 'account',
  schemas: () => ({ body: z.strictObject({ simCards: iccids, value: z.string().optional() }) }),
});

import type { Client } from '@carrierkit/adapter-kit';
import { describedOperations } from './described.js';
import { getSim, listSims, setSimStatus } from './sims.js';

/** The vendor's operations, by the operationId of its description. What is declared by hand stands in the place of what was described. */
export const operations = { ...describedOperations, listSims, getSim, setSimStatus };

/** The vendor's operations as typed calls. */
export type VendorNameClient = Client<typeof operations>;

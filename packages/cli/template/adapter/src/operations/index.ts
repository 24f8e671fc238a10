import type { Client } from '@carrierkit/adapter-kit';
import { getSim, listSims, setSimStatus } from './sims.js';

/** The vendor's operations, by the operationId of its description. */
export const operations = { listSims, getSim, setSimStatus };

/** The vendor's operations as typed calls. */
export type VendorNameClient = Client<typeof operations>;

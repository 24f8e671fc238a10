import type { Client } from '@carrierkit/adapter-kit';
import { authenticate } from './authentication.js';
import { registerSimBatchByBic, validateSimBatchByBic } from './batches.js';
import { createEndpoint, deleteEndpoint, getEndpoint, listEndpoints, updateEndpoint } from './endpoints.js';
import { listEndpointEvents, listSimEvents } from './events.js';
import { deleteSim, getSim, listSimStatuses, listSims, updateSim } from './sims.js';
import { cancelEndpointSms, getEndpointSms, listEndpointSms, sendEndpointSms } from './sms.js';
import { getSimDailyStats, getSimStats } from './statistics.js';

/** Every operation of the vendor's description, by its operationId. */
export const operations = {
  authenticate,
  listSims,
  listSimStatuses,
  getSim,
  updateSim,
  deleteSim,
  listSimEvents,
  getSimStats,
  getSimDailyStats,
  validateSimBatchByBic,
  registerSimBatchByBic,
  listEndpoints,
  createEndpoint,
  getEndpoint,
  updateEndpoint,
  deleteEndpoint,
  listEndpointEvents,
  listEndpointSms,
  sendEndpointSms,
  getEndpointSms,
  cancelEndpointSms,
};

/** The vendor's operations as typed calls. */
export type EmnifyClient = Client<typeof operations>;

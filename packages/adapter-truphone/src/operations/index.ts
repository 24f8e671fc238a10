import type { Client } from '@carrierkit/adapter-kit';
import { generatedOperations } from './generated.js';
import {
  assignTagToSimCards,
  createAttribute,
  createTag,
  setAttributeValue,
  unassignTagFromSimCards,
} from './labels.js';
import { getSimCard, getSimCardStatus, listSimCardStatuses, listSimCards, updateSimCard } from './sims.js';
import { getSmsDeliveryReport, listSmsDeliveryReports, sendSms } from './sms.js';
import { changeDataStatus, changeSimCardStatus, changeSmsService } from './status-changes.js';
import {
  getSimCardSubscription,
  listRatePlans,
  updateSimCardSubscription,
  updateSimCardSubscriptionV22,
} from './subscriptions.js';
import { downloadReport, generateReport, listCallDetailRecords } from './usage.js';

/** Every operation of the vendor's description, by its operationId. */
export const operations = {
  ...generatedOperations,
  listSimCards,
  getSimCard,
  updateSimCard,
  getSimCardStatus,
  listSimCardStatuses,
  changeSimCardStatus,
  changeDataStatus,
  changeSmsService,
  getSimCardSubscription,
  updateSimCardSubscription,
  updateSimCardSubscriptionV22,
  listRatePlans,
  sendSms,
  listSmsDeliveryReports,
  getSmsDeliveryReport,
  createTag,
  assignTagToSimCards,
  unassignTagFromSimCards,
  createAttribute,
  setAttributeValue,
  listCallDetailRecords,
  generateReport,
  downloadReport,
};

/** The vendor's operations as typed calls. */
export type TruphoneClient = Client<typeof operations>;

import type { Client } from '@carrierkit/adapter-kit';
import { DisableSimCard, EnableSimCard, GetSimCardAction, ListSimCardActions, SetSimCardStandby } from './actions.js';
import { SearchDetailRecords } from './detail-records.js';
import { DeleteSimCard, GetSimCard, GetSimCards, UpdateSimCard } from './sim-cards.js';

/** The vendor's operations that the ports need, by the operationId of its description. */
export const operations = {
  GetSimCards,
  GetSimCard,
  UpdateSimCard,
  DeleteSimCard,
  EnableSimCard,
  DisableSimCard,
  SetSimCardStandby,
  ListSimCardActions,
  GetSimCardAction,
  SearchDetailRecords,
};

/** The vendor's operations as typed calls. */
export type TelnyxClient = Client<typeof operations>;

import { operation, type Zod } from '@carrierkit/adapter-kit';
import { meta, page, text } from './shapes.js';

/** What the vendor does later, and how far it is: in-progress, completed, failed or interrupted. */
const action = (z: Zod) =>
  z.object({
    id: z.string().min(1),
    sim_card_id: text(z),
    action_type: text(z),
    status: z.object({ value: z.string(), reason: text(z) }),
    created_at: text(z),
  });

/** Asking for a move is answered before it is made; whether asking twice starts two actions is not told. */
export const EnableSimCard = operation({
  method: 'POST',
  server: '/v2',
  path: '/sim_cards/{id}/actions/enable',
  answer: 'json',
  repeat: 'unsafe',
  status: 202,
  lane: 'account',
  schemas: (z) => ({ response: z.object({ data: action(z) }) }),
});

export const DisableSimCard = operation({
  method: 'POST',
  server: '/v2',
  path: '/sim_cards/{id}/actions/disable',
  answer: 'json',
  repeat: 'unsafe',
  status: 202,
  lane: 'account',
  schemas: (z) => ({ response: z.object({ data: action(z) }) }),
});

export const SetSimCardStandby = operation({
  method: 'POST',
  server: '/v2',
  path: '/sim_cards/{id}/actions/set_standby',
  answer: 'json',
  repeat: 'unsafe',
  status: 202,
  lane: 'account',
  schemas: (z) => ({ response: z.object({ data: action(z) }) }),
});

export const ListSimCardActions = operation({
  method: 'GET',
  server: '/v2',
  path: '/sim_card_actions',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: (z) => ({
    query: {
      ...page(z, 250),
      'filter[sim_card_id]': z.string().min(1).optional(),
      'filter[status]': z.enum(['in-progress', 'completed', 'failed', 'interrupted']).optional(),
      'filter[action_type]': z.string().min(1).optional(),
      'filter[bulk_sim_card_action_id]': z.string().min(1).optional(),
    },
    response: z.object({ data: z.array(action(z)), meta: meta(z).nullish() }),
  }),
});

export const GetSimCardAction = operation({
  method: 'GET',
  server: '/v2',
  path: '/sim_card_actions/{id}',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  schemas: (z) => ({ response: z.object({ data: action(z) }) }),
});

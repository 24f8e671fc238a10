import type { SubscriberDetails } from './subscription-store.js';

export type OrderType = 'activate_subscription' | 'change_sim_profile' | 'suspend_subscription' | 'resume_subscription';

/** The body of `POST /orders`, checked against the description. */
export interface OrderRequest {
  readonly type: OrderType;
  readonly account_id: string;
  readonly template_id?: string;
  readonly subscription_id?: string;
  readonly subscriber?: Partial<SubscriberDetails>;
  readonly sim_profile?: { readonly sim_type: string; readonly delivery: Delivery };
  readonly reason?: string;
}

export interface Delivery {
  readonly type: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
}

export interface OrderRecord {
  readonly index: number;
  readonly request: OrderRequest;
  /** Subscription that it changes or will create. */
  readonly subscription: number;
  /** SIM that it brings, by its index in the fleet; `null` if it brings none. */
  readonly newSim: number | null;
  readonly template: number;
  readonly account: number;
  status: 'pending' | 'completed' | 'canceled';
}

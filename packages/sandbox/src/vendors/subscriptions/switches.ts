/** Where the vendor's documents contradict each other or say nothing: what this sandbox does. All have defaults. */
export interface SubscriptionsSwitches {
  /** How the status of a suspended subscription reads; not documented. */
  readonly suspendedReads: 'suspended' | 'active';
  /** Name of the id in the answer to an SMS: today's page against an older one. */
  readonly messageIdName: 'sms_id' | 'id';
  /** `foreign`: all links point to the vendor's staging host and its inner order path, as in public samples. */
  readonly links: 'own' | 'foreign';
  /** The `Prefer` header has no effect, as RFC 7240 allows. */
  readonly ignorePrefer: boolean;
  /** `Idempotency-Key` has no effect: a repeated POST acts again. */
  readonly ignoreIdempotencyKeys: boolean;
  /** `GET /orders` answers; the vendor documents no such call. */
  readonly listOrders: boolean;
  /** What becomes of every order. Those that cannot be carried out are canceled in any case. */
  readonly orders: 'complete' | 'cancel';
  /** Spelling of the failure state. */
  readonly canceledReads: 'canceled' | 'cancelled';
  /** `filled`: a pending order shows the ids it will get, as the vendor's sample does. */
  readonly pendingOrders: 'bare' | 'filled';
  /** JSON type of the numbers in usage items. */
  readonly usageMsisdn: 'number' | 'string';
  /** An empty page has an empty list, or no list at all. */
  readonly emptyPages: 'list' | 'missing';
  /** `early`: order templates as on an early page, outside `_embedded` and as a list also when read singly. */
  readonly templateShape: 'hal' | 'early';
  /** How long a POST takes in real milliseconds; meanwhile its `Idempotency-Key` is in use. */
  readonly postTakesMs: number;
}

export const DEFAULT_SWITCHES: SubscriptionsSwitches = {
  suspendedReads: 'suspended',
  messageIdName: 'sms_id',
  links: 'own',
  ignorePrefer: false,
  ignoreIdempotencyKeys: false,
  listOrders: false,
  orders: 'complete',
  canceledReads: 'canceled',
  pendingOrders: 'bare',
  usageMsisdn: 'number',
  emptyPages: 'list',
  templateShape: 'hal',
  postTakesMs: 0,
};

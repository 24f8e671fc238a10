import type { VendorRequest } from '../../framework/vendor.js';
import { embeddedAccount } from './accounts.js';
import { ACCOUNT_ID, SUBSCRIBER_ID, SUBSCRIPTION_ID } from './ids.js';
import type { Organisation } from './organisation.js';
import { phoneNumbersOf } from './phone-numbers.js';
import type { Transcludable } from './prefer.js';
import { subscriberOf } from './subscribers.js';
import { type SubscriptionRecord, simOf } from './subscription-store.js';
import { brokenTimestamp, microTimestamp, plainTimestamp } from './timestamps.js';

/** A subscription as the API shows it, with copies of the resources that were asked for. */
export function subscriptionOf(
  organisation: Organisation,
  request: VendorRequest,
  record: SubscriptionRecord,
  embed: ReadonlySet<Transcludable>,
) {
  const parts = { account, subscriber: subscriberOf, sim_profile: simProfileOf, phone_numbers: phoneNumbers, services };
  const embedded = [...embed].map((name) => [name, parts[name](organisation, request, record)]);
  return {
    id: idOf(organisation, record),
    status: statusOf(organisation, record),
    created_at: createdAtOf(record),
    ...terminatedAtOf(record),
    ...(embed.size > 0 ? { _embedded: Object.fromEntries(embedded) as object } : {}),
    _links: linksOf(organisation, request, record),
  };
}

/** As the API tells it. */
export function statusOf({ switches }: Organisation, { state }: SubscriptionRecord): string {
  return state === 'suspended' ? switches.suspendedReads : state;
}

export function simProfileOf(organisation: Organisation, request: VendorRequest, record: SubscriptionRecord) {
  return {
    iccid: organisation.context.fleet.iccid(simOf(record)),
    sim_type: 'esim',
    _links: { self: partLink(organisation, request, record, 'sim-profile') },
  };
}

/** A collection of its own, so that inside a subscription it stands in a second `_embedded`. */
export function phoneNumbers(organisation: Organisation, request: VendorRequest, record: SubscriptionRecord) {
  return {
    _links: { self: partLink(organisation, request, record, 'phone-numbers') },
    _embedded: { phone_numbers: phoneNumbersOf(organisation.context.fleet, record.index) },
  };
}

export function services(organisation: Organisation, request: VendorRequest, record: SubscriptionRecord) {
  return {
    _links: { self: partLink(organisation, request, record, 'services') },
    _embedded: { services: Object.entries(record.services).map(([type, enabled]) => ({ type, enabled })) },
  };
}

function account(organisation: Organisation, request: VendorRequest, record: SubscriptionRecord) {
  return embeddedAccount(organisation, request, record.account);
}

function linksOf(organisation: Organisation, request: VendorRequest, record: SubscriptionRecord) {
  const { ids, links } = organisation;
  const subscriber = links.to(request, `/subscribers/${ids.make(SUBSCRIBER_ID, record.index)}`);
  return {
    self: links.to(request, `/subscriptions/${idOf(organisation, record)}`),
    account: links.to(request, `/accounts/${ids.make(ACCOUNT_ID, record.account)}`),
    subscriber: { ...subscriber, method: 'GET' },
    sim_profile: partLink(organisation, request, record, 'sim-profile'),
    phone_numbers: partLink(organisation, request, record, 'phone-numbers'),
    services: partLink(organisation, request, record, 'services'),
  };
}

function partLink(organisation: Organisation, request: VendorRequest, record: SubscriptionRecord, part: string) {
  return organisation.links.to(request, `/subscriptions/${idOf(organisation, record)}/${part}`);
}

function idOf({ ids }: Organisation, { index }: SubscriptionRecord): string {
  return ids.make(SUBSCRIPTION_ID, index);
}

/** Two of three in the form that no ISO 8601 parser takes, the third with microseconds. */
function createdAtOf({ index, createdAt }: SubscriptionRecord): string {
  return index % 3 === 2 ? microTimestamp(createdAt) : brokenTimestamp(createdAt);
}

/** Null while not terminated, and in some cases absent. */
function terminatedAtOf({ index, terminatedAt }: SubscriptionRecord): { terminated_at?: string | null } {
  if (terminatedAt !== null) {
    return { terminated_at: index % 20 === 9 ? brokenTimestamp(terminatedAt) : plainTimestamp(terminatedAt) };
  }
  return index % 5 === 1 ? {} : { terminated_at: null };
}

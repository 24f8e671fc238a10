import { operations as described, description } from '@carrierkit/vendor-apis';
import { expect, it } from 'vitest';
import { clientId, clientSecret, vendorFor } from './support.js';

const vendor = await vendorFor();

/** The first of a page, in whichever member it is. */
function idIn(data: unknown): string {
  const parts = (data as { readonly _embedded: Readonly<Record<string, readonly { readonly id: string }[]>> })
    ._embedded;
  return String(Object.values(parts)[0]?.[0]?.id);
}

it('calls every operation of the vendor once, on the sandbox, and each answer is as declared', async () => {
  const { client, close } = vendor.provider();
  const { accounts, templates, senders } = vendor.sandbox.info;
  const account = String(accounts[0]);
  const called: string[] = [];
  const done = async <T extends { readonly status: number }>(name: string, call: Promise<T>): Promise<T> => {
    const reply = await call;
    expect(reply.status, name).toBeGreaterThanOrEqual(200);
    expect(reply.status, name).toBeLessThan(300);
    called.push(name);
    return reply;
  };

  const credentials = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret } as const;
  await done('requestAccessToken', client.requestAccessToken({ body: credentials }));
  await done('listAccounts', client.listAccounts({ limit: 2 }));
  await done('getAccount', client.getAccount({ id: account }));
  const subscriptions = await done('listSubscriptions', client.listSubscriptions({ limit: 1 }));
  const id = idIn(subscriptions.data);
  await done('getSubscription', client.getSubscription({ id }));
  await done('getSubscriptionSimProfile', client.getSubscriptionSimProfile({ id }));
  await done('listSubscriptionPhoneNumbers', client.listSubscriptionPhoneNumbers({ id }));
  await done('listSubscriptionServices', client.listSubscriptionServices({ id }));
  const subscribers = await done('listSubscribers', client.listSubscribers({ limit: 1 }));
  await done('getSubscriber', client.getSubscriber({ id: idIn(subscribers.data) }));
  await done('listOrderTemplates', client.listOrderTemplates({ limit: 1 }));
  await done('getOrderTemplate', client.getOrderTemplate({ id: String(templates[0]) }));
  const products = await done('listProducts', client.listProducts({ limit: 1 }));
  await done('getProduct', client.getProduct({ id: idIn(products.data) }));
  const placed = await done(
    'createOrder',
    client.createOrder({ body: { type: 'suspend_subscription', account_id: account, subscription_id: id } }),
  );
  await done('getOrder', client.getOrder({ id: (placed.data as { readonly id: string }).id }));
  const to = String(senders[1]).slice(1);
  await done(
    'sendMessage',
    client.sendMessage({ body: { from: String(senders[0]).slice(1), to: [to], text: 'hello' } }),
  );
  await done('listUsageItems', client.listUsageItems({ limit: 1 }));
  await close();

  expect(called.sort()).toEqual(
    described(description('subscriptions'))
      .map(({ operationId }) => operationId)
      .sort(),
  );
});

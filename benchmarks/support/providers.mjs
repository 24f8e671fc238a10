/** An account of the vendor at this address. It waits for nobody's allowance: the work is measured, not the limit. */
export async function providerOf(vendor, baseUrl, context = {}) {
  const create = await factories[vendor](baseUrl);
  return create({ id: 'bench', rates: { take: async () => ({ waitMs: 0 }) }, ...context });
}

/** Only what is asked for is loaded. */
const factories = {
  async truphone(baseUrl) {
    const { truphone } = await import('@carrierkit/adapter-truphone');
    return truphone({ token: '0'.repeat(40), baseUrl });
  },
  async emnify(baseUrl) {
    const { emnify } = await import('@carrierkit/adapter-emnify');
    return emnify({ applicationToken: 'bench', baseUrl });
  },
  async subscriptions(baseUrl) {
    const { subscriptions } = await import('@carrierkit/adapter-subscriptions');
    return subscriptions({ clientId: 'bench', clientSecret: 'bench', baseUrl });
  },
};

// How each vendor tells its SIMs: a few models from the sandbox, an item for every number made of them, and a page of such items as the vendor wraps it.
import { withCheckDigit } from './iccids.mjs';

const numberText = (number) => String(number).padStart(12, '0');

export const shapes = {
  truphone: {
    async models({ baseUrls, credentials }) {
      const headers = { authorization: `Token ${credentials.truphone.token}` };
      return (await json(`${baseUrls.truphone}/api/v2.2/sims/?per_page=100`, { headers })).map((sim) =>
        filled(sim, 'description'),
      );
    },
    item: (model, number) => ({ ...model, iccid: withCheckDigit(`894447${numberText(number)}`) }),
    pageOf: (url) => Number(url.searchParams.get('page') ?? 1),
    body: (items) => items,
    headers({ url, host, page, pageCount, size }) {
      const at = (number, rel) => `<http://${host}${url.pathname}?page=${number}&per_page=${size}>; rel="${rel}"`;
      return { link: [...(page < pageCount ? [at(page + 1, 'next')] : []), at(pageCount, 'last')].join(', ') };
    },
  },

  emnify: {
    async models({ baseUrls, credentials }) {
      const body = JSON.stringify({ application_token: credentials.emnify.applicationToken });
      const { auth_token: token } = await json(`${baseUrls.emnify}/api/v1/authenticate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const headers = { authorization: `Bearer ${token}` };
      return (await json(`${baseUrls.emnify}/api/v1/sim?per_page=100`, { headers })).map((sim) =>
        filled(sim, 'issuer_note'),
      );
    },
    // Without its check digit, as this vendor has it.
    item: (model, number) => ({ ...model, id: 1_000_000 + number, iccid: `8988303${numberText(number).slice(1)}` }),
    pageOf: (url) => Number(url.searchParams.get('page') ?? 1),
    body: (items) => items,
    headers: ({ pageCount, sims }) => ({ 'x-total-pages': pageCount, 'x-total-count': sims }),
  },

  subscriptions: {
    async models({ baseUrls, credentials }) {
      const root = baseUrls.subscriptions;
      const form = {
        grant_type: 'client_credentials',
        client_id: credentials.subscriptions.clientId,
        client_secret: credentials.subscriptions.clientSecret,
      };
      const { access_token: token } = await json(`${root}/auth/realms/enterprise-apis/protocol/openid-connect/token`, {
        method: 'POST',
        body: new URLSearchParams(form),
      });
      const prefer = 'transclude="subscriber;account;sim_profile;phone_numbers;services"';
      const headers = { authorization: `Bearer ${token}`, prefer };
      return (await json(`${root}/enterprise/subscriptions?limit=100`, { headers }))._embedded.subscriptions;
    },
    item(model, number) {
      const { sim_profile: profile, ...parts } = model._embedded;
      const iccid = withCheckDigit(`893108${numberText(number)}`);
      return {
        ...model,
        id: `sub_${numberText(number)}`,
        status: 'active',
        _embedded: { ...parts, sim_profile: { ...profile, iccid } },
      };
    },
    pageOf: (url) => Number(url.searchParams.get('cursor') ?? 1),
    body: (items, { page, pageCount }) => ({
      _links: page < pageCount ? { next: { href: `/enterprise/subscriptions?cursor=${page + 1}` } } : {},
      _embedded: { subscriptions: items },
    }),
    headers: () => ({}),
  },
};

async function json(url, init) {
  return (await fetch(url, init)).json();
}

/** Brought to about 1 KB. */
function filled(sim, member) {
  const missing = 1024 - JSON.stringify(sim).length - member.length - 6;
  return missing > 0 ? { ...sim, [member]: 'x'.repeat(missing) } : sim;
}

// Lists every SIM once, in one of several ways, and prints what that cost. Run as a process of its own.
// node support/list-client.mjs <way> <vendor> <base URL> <page size>
import { providerOf } from './providers.mjs';

const [way, vendor, baseUrl, pageSize] = process.argv.slice(2);
const size = Number(pageSize);

/** Where each vendor's list is, and how a client by hand goes on: `next` gives the query of the next page, or `null` after the last one. */
const lists = {
  truphone: {
    path: '/api/v2.2/sims/',
    first: { page: 1, per_page: size },
    items: (body) => body,
    next: (query, { headers }) =>
      String(headers.link).includes('rel="next"') ? { ...query, page: query.page + 1 } : null,
  },
  emnify: {
    path: '/api/v1/sim',
    first: { page: 1, per_page: size },
    items: (body) => body,
    next: (query, { headers }) =>
      query.page < Number(headers['x-total-pages']) ? { ...query, page: query.page + 1 } : null,
  },
  subscriptions: {
    path: '/enterprise/subscriptions',
    first: { limit: size },
    items: (body) => body._embedded.subscriptions,
    next: (query, { data }) =>
      data._links.next
        ? { ...query, cursor: new URL(data._links.next.href, baseUrl).searchParams.get('cursor') }
        : null,
  },
};
const { path, first, items, next } = lists[vendor];

/** Each gives the number of SIMs that it saw. */
const ways = {
  async carrierkit() {
    const provider = await providerOf(vendor, baseUrl);
    let count = 0;
    for await (const page of provider.inventory.list().pages({ size })) count += page.items.length;
    await provider.close();
    return count;
  },

  /** What somebody writes by hand in ten minutes: one page after the other, nothing checked, nothing mapped. */
  async axios() {
    const { default: axios } = await import('axios');
    const { Agent } = await import('node:http');
    const httpAgent = new Agent({ keepAlive: true });
    const client = axios.create({ baseURL: baseUrl, headers: { authorization: 'Token x' }, httpAgent });
    let count = 0;
    for (let params = first; params !== null; ) {
      const answer = await client.get(path, { params });
      count += items(answer.data).length;
      params = next(params, answer);
    }
    return count;
  },

  async got() {
    const { default: got } = await import('got');
    let count = 0;
    const pagination = { transform: ({ body }) => items(body) };
    const options = { searchParams: first, headers: { authorization: 'Token x' }, responseType: 'json', pagination };
    for await (const _ of got.paginate(baseUrl + path, options)) count += 1;
    return count;
  },

  async octokit() {
    const { Octokit } = await import('@octokit/core');
    const { paginateRest } = await import('@octokit/plugin-paginate-rest');
    const octokit = new (Octokit.plugin(paginateRest))({ baseUrl });
    let count = 0;
    for await (const { data } of octokit.paginate.iterator(`GET ${path}`, { per_page: size })) count += data.length;
    return count;
  },
};

const started = performance.now();
const count = await ways[way]();
const wallMs = performance.now() - started;
// Of the whole process: what a way has to load is part of its price.
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({ count, wallMs, cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 }),
);
process.exit(0);

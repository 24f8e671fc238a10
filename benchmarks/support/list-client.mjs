// Lists every SIM once, in one of several ways, and prints what that cost. Run as a process of its own.
// node support/list-client.mjs <way> <base URL> <page size>
const [way, baseUrl, size] = process.argv.slice(2);
const path = '/api/v2.2/sims/';

/** Each gives the number of SIMs that it saw. */
const ways = {
  async carrierkit() {
    const { truphone } = await import('@carrierkit/adapter-truphone');
    // No waiting for the vendor's allowance: the work is measured, not the limit.
    const rates = { take: async () => ({ waitMs: 0 }) };
    const provider = truphone({ token: '0'.repeat(40), baseUrl })({ id: 'bench', rates });
    return async () => {
      let count = 0;
      for await (const { items } of provider.inventory.list().pages({ size: Number(size) })) count += items.length;
      await provider.close();
      return count;
    };
  },

  /** What somebody writes by hand in ten minutes: one page after the other, nothing checked, nothing mapped. */
  async axios() {
    const { default: axios } = await import('axios');
    const { Agent } = await import('node:http');
    const client = axios.create({
      baseURL: baseUrl,
      headers: { authorization: 'Token x' },
      httpAgent: new Agent({ keepAlive: true }),
    });
    return async () => {
      let count = 0;
      for (let page = 1; ; page++) {
        const { data, headers } = await client.get(path, { params: { page, per_page: size } });
        count += data.length;
        if (!String(headers.link).includes('rel="next"')) return count;
      }
    };
  },

  async got() {
    const { default: got } = await import('got');
    return async () => {
      let count = 0;
      const options = { searchParams: { per_page: size }, headers: { authorization: 'Token x' } };
      for await (const _ of got.paginate(baseUrl + path, {
        ...options,
        responseType: 'json',
        pagination: { transform: ({ body }) => body },
      }))
        count += 1;
      return count;
    };
  },

  async octokit() {
    const { Octokit } = await import('@octokit/core');
    const { paginateRest } = await import('@octokit/plugin-paginate-rest');
    const octokit = new (Octokit.plugin(paginateRest))({ baseUrl });
    return async () => {
      let count = 0;
      for await (const { data } of octokit.paginate.iterator(`GET ${path}`, { per_page: size })) count += data.length;
      return count;
    };
  },
};

const list = await ways[way]();
const started = performance.now();
const count = await list();
const wallMs = performance.now() - started;
// Of the whole process: what a way has to load is part of its price.
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({ count, wallMs, cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 }),
);
process.exit(0);

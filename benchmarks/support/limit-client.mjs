// Makes as many calls as it may for some seconds. node support/limit-client.mjs <way> <vendor> read|write <sandbox URL> <seconds> <share of the allowance>
import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';

const [way, vendor, act, sandboxUrl, seconds, share] = process.argv.slice(2);
const WORKERS = 20;
const { credentials, baseUrls } = await (await fetch(`${sandboxUrl}/_sandbox/info`)).json();
const baseUrl = baseUrls[vendor];
const stop = new AbortController();
const { signal } = stop;
const options = { signal, priority: 'bulk' };

/** The SIMs that the workers change, one each. */
async function simsToChange() {
  const state = { truphone: 'ACTIVE', emnify: 'Activated' }[vendor];
  const sims = await (await fetch(`${sandboxUrl}/_sandbox/sims?adapter=${vendor}`)).json();
  return sims.filter((sim) => sim.state === state).slice(0, WORKERS);
}

/** A vendor's account, and one call of each kind; `turn` counts the calls of one worker. */
const vendors = {
  async truphone(settings, context) {
    const { truphone } = await import('@carrierkit/adapter-truphone');
    const { client } = truphone({ token: credentials.truphone.token, ...settings })(context);
    return {
      read: () => client.listTags({ per_page: 1 }, options),
      write: ({ iccid }, turn) => client.updateSimCard({ iccid, body: { label: `Unit ${turn}` } }, options),
    };
  },
  async emnify(settings, context) {
    const { emnify } = await import('@carrierkit/adapter-emnify');
    const { client } = emnify({ applicationToken: credentials.emnify.applicationToken, ...settings })(context);
    return {
      read: () => client.listSims({ per_page: 1 }, options),
      write: ({ vendorId }, turn) =>
        client.updateSim({ sim_id: vendorId, body: { status: { id: 1 + ((turn + 1) % 2) } } }, options),
    };
  },
  async subscriptions(settings, context) {
    const { subscriptions } = await import('@carrierkit/adapter-subscriptions');
    const { client } = subscriptions({ ...credentials.subscriptions, ...settings })(context);
    return { read: () => client.listSubscriptions({ limit: 1 }, options) };
  },
};

/** Each gives one call; twenty of them wait at any time, as in a bulk job. */
const ways = {
  carrierkit: async () => (await vendors[vendor]({ baseUrl, rateShare: Number(share) }, { id: 'bench' }))[act],

  /** One budget for all workers, each of which may have it all: the share is Redis' business. */
  async redis() {
    const { redisRateStore } = await import('@carrierkit/adapter-kit/redis');
    const { Redis } = await import('ioredis');
    const rates = redisRateStore(new Redis({ path: process.env.REDIS_SOCKET }));
    return (await vendors[vendor]({ baseUrl }, { id: 'bench', rates }))[act];
  },

  async 'p-queue'() {
    const { default: PQueue } = await import('p-queue');
    const queue = new PQueue({ intervalCap: 300 * share, interval: 60_000, concurrency: 10 });
    return () => queue.add(byHand);
  },

  async bottleneck() {
    const { default: Bottleneck } = await import('bottleneck');
    const refresh = { reservoirRefreshAmount: 300 * share, reservoirRefreshInterval: 60_000 };
    const limiter = new Bottleneck({ reservoir: 300 * share, ...refresh, maxConcurrent: 10 });
    return () => limiter.schedule(byHand);
  },
};

function byHand() {
  const headers = { authorization: `Token ${credentials.truphone.token}` };
  return axios.get(`${baseUrl}/api/v2.0/tags/?per_page=1`, { headers, signal });
}

const call = await ways[way]();
const sims = act === 'write' ? await simsToChange() : [];
async function worker(sim) {
  for (let turn = 0; !signal.aborted; turn++) await call(sim, turn).catch(() => {});
}
for (let index = 0; index < WORKERS; index++) if (act === 'read' || sims[index]) void worker(sims[index]);
await pause(Number(seconds) * 1000);
stop.abort();
console.log('{}');
process.exit(0);

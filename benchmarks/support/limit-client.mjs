// Makes as many calls as it may for some seconds. node support/limit-client.mjs <way> <sandbox URL> <seconds> <share of the allowance>
import axios from 'axios';

const [way, baseUrl, seconds, share] = process.argv.slice(2);
const part = Number(share);
const perMinute = 300 * part;
const signal = AbortSignal.timeout(Number(seconds) * 1000);
const token = '0123456789abcdef0123456789abcdef01234567';
const root = `${baseUrl}/truphone`;

/** Each gives one call; twenty of them wait at any time, as in a bulk job. */
const ways = {
  async carrierkit() {
    const { truphone } = await import('@carrierkit/adapter-truphone');
    const { client } = truphone({ token, baseUrl: root, rateShare: part })({ id: 'bench' });
    return () => client.listTags({ per_page: 1 }, { signal, priority: 'bulk' });
  },
  /** One budget for all workers, each of which may have it all: the share is Redis' business. */
  async redis() {
    const { truphone } = await import('@carrierkit/adapter-truphone');
    const { redisRateStore } = await import('@carrierkit/adapter-kit/redis');
    const { Redis } = await import('ioredis');
    const rates = redisRateStore(new Redis({ path: process.env.REDIS_SOCKET }));
    const { client } = truphone({ token, baseUrl: root })({ id: 'bench', rates });
    return () => client.listTags({ per_page: 1 }, { signal, priority: 'bulk' });
  },
  async 'p-queue'() {
    const { default: PQueue } = await import('p-queue');
    const queue = new PQueue({ intervalCap: perMinute, interval: 60_000, concurrency: 10 });
    return () => queue.add(byHand);
  },
  async bottleneck() {
    const { default: Bottleneck } = await import('bottleneck');
    const refresh = { reservoirRefreshAmount: perMinute, reservoirRefreshInterval: 60_000 };
    const limiter = new Bottleneck({ reservoir: perMinute, ...refresh, maxConcurrent: 10 });
    return () => limiter.schedule(byHand);
  },
};

function byHand() {
  return axios.get(`${root}/api/v2.0/tags/?per_page=1`, { headers: { authorization: `Token ${token}` }, signal });
}

const call = await ways[way]();
async function worker() {
  while (!signal.aborted) await call().catch(() => {});
}
for (let index = 0; index < 20; index++) void worker();
await new Promise((resolve) => signal.addEventListener('abort', resolve));
console.log('{}');
process.exit(0);

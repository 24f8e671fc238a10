import { measured, served, withRedis } from './support/processes.mjs';

/** What each vendor allows within a period, by its real rules, and the calls that are counted. */
const allowances = {
  truphone: { calls: 300, minutes: 1, read: 'listTags', write: 'updateSimCard' },
  emnify: { calls: 2000, minutes: 5, read: 'listSims', write: 'updateSim' },
  subscriptions: { calls: 1000, minutes: 1, read: 'listSubscriptions' },
};

const ours = { way: 'carrierkit', workers: 1, goal: { atLeast: 0.98 } };
const contenders = [
  { ...ours, vendor: 'truphone', act: 'read', who: 'one worker' },
  { ...ours, vendor: 'truphone', act: 'write', who: 'one worker' },
  { ...ours, vendor: 'truphone', act: 'read', who: 'four workers with `rateShare` 0.25', workers: 4 },
  { ...ours, vendor: 'emnify', act: 'read', who: 'one worker' },
  { ...ours, vendor: 'emnify', act: 'write', who: 'one worker' },
  { ...ours, vendor: 'subscriptions', act: 'read', who: 'one worker' },
  { way: 'p-queue', workers: 1, vendor: 'truphone', act: 'read', who: 'p-queue' },
  { way: 'bottleneck', workers: 1, vendor: 'truphone', act: 'read', who: 'bottleneck' },
];
const onRedis = { ...ours, way: 'redis', vendor: 'truphone', act: 'read', who: 'four workers on Redis', workers: 4 };

/**
 * Some of each vendor's periods: how much of the allowance is used, and what was refused. One vendor after the other, for two dozen processes that start at once would disturb each
 * other's first seconds; the contenders for one mostly wait, and go side by side.
 */
export async function limits({ periods = { truphone: 2, emnify: 1, subscriptions: 1 } } = {}) {
  const results = [];
  for (const [vendor, count] of Object.entries(periods)) {
    const own = contenders.filter((contender) => contender.vendor === vendor);
    const shared = vendor === onRedis.vendor ? withRedis((env) => compete({ ...onRedis, env }, count)) : null;
    const told = await Promise.all([...own.map((contender) => compete(contender, count)), shared]);
    results.push(...told.filter((result) => result !== null));
  }
  return results;
}

async function compete({ way, workers, vendor, act, who, goal, env }, periods) {
  const { calls, minutes, [act]: operation } = allowances[vendor];
  const sandbox = await served('sandbox-server.mjs', 300);
  const seconds = periods * minutes * 60;
  const client = () => measured({ env }, 'limit-client.mjs', way, vendor, act, sandbox.url, seconds, 1 / workers);
  await Promise.all(Array.from({ length: workers }, client));
  const { rows } = await (await fetch(`${sandbox.url}/_sandbox/stats`)).json();
  sandbox.close();
  const count = (wanted) =>
    rows
      .filter(({ operationId, status }) => operationId === operation && wanted(status))
      .reduce((sum, row) => sum + row.count, 0);
  const used = count((status) => status < 400);
  const refused = count((status) => status === 429);
  return {
    what: `allowance used, ${vendor}, bulk ${act}: ${who}`,
    ratio: used / (calls * periods),
    rival: `what the vendor allows in ${minutes * periods} minutes (${used} of ${calls * periods} calls, ${refused} refused)`,
    ...goal,
    ...(goal && refused > 0 && { missed: true }),
  };
}

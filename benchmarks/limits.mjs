import { measured, served } from './support/processes.mjs';

const ALLOWED = 300;

/** Two minutes of Truphone's 300 calls a minute, by its real rules: how much of it is used, and what was refused. */
export async function limits({ minutes = 2 } = {}) {
  const contenders = [
    ['carrierkit', 1],
    ['carrierkit', 4],
    ['p-queue', 1],
    ['p-queue', 4],
    ['bottleneck', 1],
  ];
  const results = [];
  for (const [way, workers] of contenders) {
    const vendor = await served('sandbox-server.mjs', 30);
    const client = () => measured('limit-client.mjs', way, vendor.url, minutes * 60, 1 / workers);
    await Promise.all(Array.from({ length: workers }, client));
    const { rows } = await (await fetch(`${vendor.url}/_sandbox/stats`)).json();
    vendor.close();
    const count = (status) =>
      rows
        .filter((row) => row.operationId === 'listTags' && row.status === status)
        .reduce((sum, row) => sum + row.count, 0);
    const who = `${way}, ${workers === 1 ? 'one worker' : `${workers} workers with a share each`}`;
    const ours = way === 'carrierkit';
    results.push({
      what: `allowance used in ${minutes} minutes: ${who}`,
      ratio: count(200) / (ALLOWED * minutes),
      rival: `what the vendor allows (${count(200)} of ${ALLOWED * minutes} calls, ${count(429)} refused)`,
      ...(ours && { atLeast: 0.98 }),
      ...(ours && count(429) > 0 && { missed: 'calls were refused' }),
    });
  }
  return results;
}

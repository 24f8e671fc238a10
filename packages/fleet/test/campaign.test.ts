import { expect, test } from 'vitest';
import { campaign } from './campaign/campaign.js';
import { startVendors } from './support/vendors.js';

const vendors = await startVendors({ sims: 90 });
const seed = Number(process.env['CARRIERKIT_SEED'] ?? 20261115);
const moves = Number(process.env['CARRIERKIT_MOVES'] ?? 2000);

test(`${moves} writes on bad days: nothing doubled, nothing denied, nothing lost (seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  const { items, byStatus, untruths } = await campaign(vendors, seed, moves);
  console.log(`campaign: seed ${seed}, ${moves} writes of ${items} items:`, byStatus);
  expect(untruths).toEqual([]);
  expect(items).toBeGreaterThan(moves * 2);
});

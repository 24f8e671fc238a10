import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectivityError, type UsageRecord } from '@carrierkit/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type HtmlReportOptions,
  htmlReport,
  type Ledger,
  openLedger,
  renderReport,
  syncUsage,
  usageReport,
} from '../src/index.js';
import { at, data, FakeCarrier, iccid, NOW, record, sim, source } from './fake-provider.js';

const OCTOBER = { from: '2026-10-01', to: '2026-11-01' };
const YEAR = { from: '2025-12-01', to: '2026-12-01' };
let folder: string;
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function synced(carriers: readonly FakeCarrier[], window: typeof OCTOBER = OCTOBER): Promise<void> {
  const providers = carriers.map(({ provider }) => provider);
  await syncUsage({ providers, ledger, window, clock: () => NOW });
}

function page(over: Partial<HtmlReportOptions> = {}): Promise<string> {
  return htmlReport({ ledger, window: OCTOBER, clock: () => NOW, ...over });
}

const section = (text: string, heading: string) =>
  text.split('<section').find((part) => part.includes(`<h2>${heading}</h2>`)) ?? '';
const titles = (text: string) => [...text.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title]) => title);

/** A carrier of single events with one SIM for each record. */
function eventCarrier(kind: UsageRecord['kind'], facts: readonly Partial<UsageRecord>[]): FakeCarrier {
  return new FakeCarrier('one', {
    sims: facts.map((_, index) => sim('one', index)),
    sources: [source({ kinds: [kind], grain: 'event' })],
    records: facts.map((fact, index) =>
      record({
        kind,
        grain: 'event',
        id: `e${index}`,
        iccid: iccid(index),
        startedAt: at('2026-10-05T10:00:00Z'),
        ...fact,
      }),
    ),
  });
}

describe('a page about many carriers and a long time', () => {
  // Carrier k used 2^k MB in a country of its own, the last two in the same, and costs k EUR.
  const CODES = ['DE', 'FR', 'NL', 'GB', 'US', 'ES', 'IT', 'PL', 'AT', 'nowhere'];
  beforeEach(async () => {
    const carriers = CODES.map((country, k) => {
      const used = data(2 ** k * 1e6, {
        provider: `c${k}`,
        iccid: iccid(k),
        startedAt: at(k % 2 === 0 ? '2026-02-03' : '2026-10-03'),
        country,
        cost: { amount: `${k}`, currency: 'EUR' },
      });
      return new FakeCarrier(`c${k}`, { sims: [sim(`c${k}`, k)], records: [used] });
    });
    for (const [rest, window] of [{ from: '2026-02-01', to: '2026-03-01' }, OCTOBER].entries())
      await synced(
        carriers.filter((_, k) => k % 2 === rest),
        window,
      );
  });

  it('draws seven of them apart and the others as one, with the sum of these', async () => {
    const text = section(await page({ window: YEAR }), 'Usage over time, by carrier');
    expect(text.match(/<ul class="legend">.*?<\/ul>/)?.[0].match(/<li>/g)).toHaveLength(8);
    // c7 and c9 in October, c8 in February.
    expect(titles(text)).toEqual(
      expect.arrayContaining(['2026-10, others: 640 MB', '2026-02, others: 256 MB', '2026-02, c6: 64.0 MB']),
    );
  });

  it('has a table by month, and every carrier in it', async () => {
    const text = section(await page({ window: YEAR }), 'Usage over time, by carrier');
    expect(text).toContain('<th scope="col">Month</th>');
    expect(text).toContain('<th scope="row">2026-10</th>');
    for (const k of CODES.keys()) expect(text).toContain(`<th scope="col" class="figure">c${k}</th>`);
    expect(await page({ window: YEAR })).toContain('1 December 2025 to 30 November 2026');
  });

  it('ranks countries by use, names them, and leaves a code that is none as it was told', async () => {
    const text = section(await page({ window: YEAR }), 'By country');
    const names = [...text.matchAll(/<th scope="row">([^<]*)<\/th>/g)].map(([, name]) => name);
    expect(names.slice(0, 3)).toEqual(['nowhere', 'Austria', 'Poland']);
    expect(names.slice(-2)).toEqual(['Germany', 'Sum']);
    expect(titles(text)).toEqual(expect.arrayContaining(['nowhere, others: 512 MB']));
  });

  it('adds the costs of the carriers that are drawn as one', async () => {
    const text = section(await page({ window: YEAR }), 'Cost by currency');
    expect(titles(text)).toEqual(expect.arrayContaining(['others: 24.00 EUR', 'c6: 6.00 EUR']));
    expect(text).toMatch(/<th scope="row">c9<\/th><td class="figure">9.00<\/td>/);
  });
});

it('a page tells which countries stand in its table alone', async () => {
  const codes = ['DE', 'FR', 'NL', 'GB', 'US', 'ES', 'IT', 'PL', 'AT', 'BE', 'CH', 'CZ', 'DK'];
  const records = [...codes, null].map((country, index) =>
    data(index === 1 ? 100 : 10, { startedAt: at('2026-10-03'), country }),
  );
  await synced([new FakeCarrier('one', { records })]);
  const text = section(await page(), 'By country');
  expect(text).toContain('2 more in the table.');
  const names = [...text.matchAll(/<th scope="row">([^<]*)<\/th>/g)].map(([, name]) => name);
  // France used most; equals stand by name.
  expect(names.slice(0, 3)).toEqual(['France', 'Austria', 'Belgium']);
  expect(names).toHaveLength(14 + 1);
});

describe('a page about messages alone', () => {
  beforeEach(() =>
    synced([
      eventCarrier(
        'sms',
        Array.from({ length: 12 }, (_, index) => ({ messages: 1 + index, country: 'DE' })),
      ),
    ]),
  );

  it('ranks by messages: the SIMs with most of them, the highest first', async () => {
    const text = section(await page(), 'Top consumers');
    expect(text).toContain('The 10 SIMs with most SMS of 12 that were used.');
    const sims = [...text.matchAll(/<th scope="row">(\d+)<\/th>/g)].map(([, id]) => id);
    expect(sims).toEqual(Array.from({ length: 10 }, (_, index) => iccid(11 - index)));
    expect(text).toContain('15.4 %');
    expect(text).not.toContain('class="legend"');
  });

  it('has weeks where these are asked for, and no cost that nobody told', async () => {
    const text = await page({ per: 'week' });
    expect(section(text, 'Usage over time, by carrier')).toContain('<th scope="col">Week</th>');
    expect(section(text, 'Cost by currency')).toContain('That is not the same as no cost.');
    expect(titles(text)).toEqual(expect.arrayContaining(['2026-W41, one: 78']));
  });
});

describe('a page about voice alone', () => {
  it.each([
    [50, '50 s', /\b[1-5]0 s</],
    [600, '10 min 00 s', /\b12 min</],
    [86_400, '24 h 00 min', /\b2[04] h</],
  ])('of %i seconds counts in a unit that fits', async (seconds, told, axis) => {
    await synced([eventCarrier('voice', [{ seconds }])]);
    const text = await page();
    expect(titles(text)).toContain(`2026-10-05, one: ${told}`);
    expect(section(text, 'Usage over time, by carrier')).toMatch(axis);
    expect(section(text, 'Top consumers')).toContain('The SIM with most Voice of 1 that were used.');
  });

  it('without a second has no shares of nothing', async () => {
    await synced([eventCarrier('voice', [{ seconds: 0 }])]);
    const text = section(await page(), 'Top consumers');
    expect(text).toContain('Share of seconds');
    expect(text).not.toContain('%<');
  });
});

describe('the period on a page', () => {
  it.each([
    [{ from: '2026-10-05', to: '2026-10-06' }, '5 October 2026'],
    [{ from: '2026-10-05', to: '2026-10-08' }, '5 to 7 October 2026'],
    [{ from: '2026-10-05', to: '2026-11-08' }, '5 October to 7 November 2026'],
    [{ from: '2026-10-05T10:00:00Z', to: '2026-10-06T00:00:00Z' }, '5 Oct 2026, 10:00 to 6 Oct 2026, 00:00'],
  ])('of %j is %s', async (window, text) => {
    expect(await page({ window })).toContain(`<p class="lead">${text}</p>`);
  });
});

describe('what could not be read', () => {
  it('stands on the page, in the CSV and in the spreadsheet', async () => {
    const one = new FakeCarrier('one', { records: [data(5, { startedAt: at('2026-10-03') })] });
    one.failInventory = () => {
      throw new ConnectivityError('unavailable', '=the inventory is away');
    };
    await synced([one]);
    const text = await page();
    expect(text).toContain('⚠ Incomplete');
    const coverage = section(text, 'Coverage');
    expect(coverage).toContain('>inventory</td>');
    expect(coverage).toContain('0 of ?');
    expect(coverage).toContain('nothing');
    expect(coverage).toContain('never');

    const report = await usageReport({ ledger, window: OCTOBER, clock: () => NOW });
    expect(report.coverage.find(({ source: name }) => name === 'inventory')).toMatchObject({
      grain: null,
      sims: { expected: null, read: 0 },
      error: { kind: 'unavailable' },
    });
    expect(report.warnings.join('\n')).toMatch(
      /one \(inventory\): the inventory was never read, .*=the inventory is away/,
    );
    expect(renderReport(report, 'csv')).toMatch(/^coverage,.*=the inventory is away/m);
    expect(renderReport(report, 'csv-excel')).toMatch(
      /inventory[;,\t]0 of \?[;,\t]0[;,\t]nothing[;,\t]never.*'=the inventory is away/,
    );
  });

  it('is counted where single SIMs failed', async () => {
    const one = new FakeCarrier('one', {
      sims: [1, 2, 3].map((index) => sim('one', index)),
      sources: [source({ scope: 'sim' })],
      records: [data(5, { startedAt: at('2026-10-03') })],
    });
    one.failWhen = ({ sims }) => {
      if (sims?.some((target) => typeof target === 'object' && target.ref === 'ref-2'))
        throw new ConnectivityError('not-found', 'no such SIM');
    };
    await synced([one]);
    expect(section(await page(), 'Coverage')).toMatch(/2 of 3, 1 failed/);
  });
});

it('a page with details of many groups shows the first of them and says so', async () => {
  const records = Array.from({ length: 501 }, (_, index) =>
    data(index, { startedAt: at('2026-10-03'), iccid: iccid(index) }),
  );
  await synced([
    new FakeCarrier('one', {
      sims: records.map((_, index) => sim('one', index, { attributes: { site: 'Bonn', b: '2', a: '1' } })),
      records,
    }),
  ]);
  const text = await page({ groupBy: ['sim', 'attribute:site'] });
  expect(text).toContain('The first 500 of 501 groups; the other formats hold all.');
  expect(text).toContain('<h2>Details by SIM (ICCID), Site</h2>');
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Workplace } from './support/cli.js';

const place = new Workplace();
afterAll(() => place.remove());

test('the demo does the main job on all three vendors and leaves its report, and nothing else', {
  timeout: 180_000,
}, async () => {
  const { code, out } = await place.run(['demo']);
  expect(code, out).toBe(0);
  for (const words of [
    'sims list',
    'batches register',
    'orders place',
    'sms send',
    'lifecycle set suspended',
    'usage sync',
    'usage report',
  ])
    expect(out).toContain(`$ carrierkit ${words}`);
  expect(out).toMatch(/… and 291 more/);
  expect(out).toMatch(/10 applied\n/);
  expect(out.match(/3 applied/g)).toHaveLength(2);
  expect(out).toMatch(/3 accepted/);
  expect(out).toMatch(/delivered/);
  expect(readdirSync(place.folder)).toEqual(['carrierkit-usage-report.html']);
  const report = readFileSync(join(place.folder, 'carrierkit-usage-report.html'), 'utf8');
  for (const id of ['emea', 'iot', 'staff']) expect(report).toContain(id);
  expect(report).toContain('<svg');
});

test('an interrupted demo ends with 130 and leaves nothing', async () => {
  const other = new Workplace();
  const stop = new AbortController();
  const { code } = await other.run(['demo'], {
    signal: stop.signal,
    onOut: (text) => text.includes('2. ') && stop.abort(),
  });
  expect(code).toBe(130);
  expect(existsSync(join(other.folder, 'carrierkit-usage-report.html'))).toBe(false);
  other.remove();
});
